package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Rules for property tests, from a seed: three small roles (one with owners, one with as many slots, one with a single slot), all
 * kinds of bounds, every node. Proposals that the analysis refuses are dropped. Conditions of {@code greatest} fall as the candidate
 * grows, as a rule promises. Small enough to be read on shares and as constraints: values below 2^140, comparisons of at most 100 bits.
 */
public final class RandomRule {
    private static final int PROPOSALS = 40;
    private static final int NODES = 34;
    private static final int VALUE_BITS = 140;
    private static final int WIDTH = 100;
    private static final int BANK = 0;
    private static final int FUND = 1;
    private static final int MODEL = 2;
    /** Of a bank; read by nothing but a masked output. */
    private static final int MASK_FIELD = 0;

    private final Random random;
    private final List<Role> roles = new ArrayList<>();
    private final List<PublicInput> publicInputs = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private List<NodeOperation> operations = new ArrayList<>();
    private List<RuleNode> nodes = List.of();

    private RandomRule(long seed) {
        this.random = new Random(seed);
    }

    /** With ranges by bits for even seeds, by limbs of 4 to 8 bits for odd ones. */
    public static Rule of(long seed) {
        int limbBits = seed % 2 == 0 ? 0 : RuleLimits.LIMB_BITS_MIN + (int) Math.floorMod(seed / 2, 5L);
        return of(seed, limbBits);
    }

    /** @param limbBits 0, or 4 to 8 */
    public static Rule of(long seed, int limbBits) {
        RandomRule rule = new RandomRule(seed);
        rule.addInputs();
        for (int proposal = 0; proposal < PROPOSALS && rule.operations.size() < NODES; proposal++) {
            rule.append(rule.proposal());
        }
        rule.addOutputs();
        return rule.build("random-" + Long.toUnsignedString(seed), limbBits);
    }

    /** Inputs of a rule within their bounds: both ends, zero, one, and anything between; any slots in use. */
    public static ClearInputs inputs(Rule rule, Random random) {
        List<BigInteger> book = new ArrayList<>();
        for (Role role : rule.roles()) {
            for (int slot = 0; slot < role.slots(); slot++) {
                role.fields().forEach(field -> book.add(value(field.minimum(), field.maximum(), random)));
            }
        }
        List<BigInteger> publics = rule.publicInputs().stream()
                .map(input ->
                        value(BigInteger.ZERO, Interval.ofBits(input.bits()).max(), random))
                .toList();
        List<BitSet> used = new ArrayList<>();
        for (Role role : rule.roles()) {
            BitSet slots = new BitSet();
            for (int slot = 0; slot < role.slots(); slot++) {
                slots.set(slot, random.nextInt(3) > 0);
            }
            used.add(slots);
        }
        return new ClearInputs(book, publics, UsedSlots.of(rule, used));
    }

    private static BigInteger value(BigInteger minimum, BigInteger maximum, Random random) {
        BigInteger count = maximum.subtract(minimum).add(BigInteger.ONE);
        return switch (random.nextInt(6)) {
            case 0 -> minimum;
            case 1 -> maximum;
            case 2 -> BigInteger.ZERO;
            case 3 -> maximum.signum() > 0 ? BigInteger.ONE : BigInteger.ZERO;
            default -> minimum.add(new BigInteger(count.bitLength() + 64, random).mod(count));
        };
    }

    private void addInputs() {
        int slots = 2 + random.nextInt(3);
        List<Integer> owners = random.nextBoolean() ? List.of(1, slots - 1) : List.of(slots);
        List<InputField> ofBank = new ArrayList<>(List.of(InputField.ofBits("mask", 64)));
        ofBank.addAll(List.of(field("amount"), field("debt"), InputField.ofBits("flag", 1)));
        roles.add(new Role("bank", slots, ofBank, owners));
        roles.add(new Role("fund", slots, List.of(field("share"), field("vote")), List.of()));
        roles.add(new Role("model", 1, List.of(field("weight")), List.of()));
        publicInputs.add(new PublicInput("price", 1 + random.nextInt(20), Origin.FEED));
        publicInputs.add(new PublicInput("rate", 1 + random.nextInt(6), Origin.FEED));
        publicInputs.add(new PublicInput("limit", 1 + random.nextInt(14), Origin.PARAMETER));
        for (int role = 0; role < roles.size(); role++) {
            for (int input = role == BANK ? 1 : 0;
                    input < roles.get(role).fields().size();
                    input++) {
                append(List.of(new NodeOperation.SecretInput(role, input)));
            }
        }
        for (int input = 0; input < publicInputs.size(); input++) {
            append(List.of(new NodeOperation.PublicValue(input)));
        }
        append(List.of(new NodeOperation.Used(random.nextBoolean() ? BANK : FUND)));
        append(List.of(new NodeOperation.Constant(BigInteger.valueOf(random.nextInt(200) - 100))));
        append(List.of(new NodeOperation.Zip(0, FUND)));
        append(List.of(new NodeOperation.Broadcast(nodes.stream()
                .filter(node -> node.operation().equals(new NodeOperation.SecretInput(MODEL, 0)))
                .findFirst()
                .orElseThrow()
                .index())));
    }

    private InputField field(String name) {
        BigInteger large = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
        return switch (random.nextInt(8)) {
            case 0 -> InputField.ofBits(name, 64);
            case 1 -> new InputField(name, large.negate(), large);
            case 2 -> new InputField(name, BigInteger.valueOf(-5), BigInteger.valueOf(9));
            case 3 -> new InputField(name, BigInteger.valueOf(-1000), BigInteger.ZERO);
            case 4 -> new InputField(name, BigInteger.ZERO, BigInteger.valueOf(99));
            case 5 -> InputField.ofBits(name, 1 + random.nextInt(3));
            default -> InputField.ofBits(name, 4 + random.nextInt(30));
        };
    }

    private List<NodeOperation> proposal() {
        int any = pick(node -> true);
        return switch (random.nextInt(14)) {
            case 0 -> List.of(new NodeOperation.Add(List.of(any, partner(any), partner(any))));
            case 1 -> List.of(new NodeOperation.Subtract(any, partner(any)));
            case 2 -> List.of(new NodeOperation.Multiply(any, partner(any)));
            case 3, 4 -> List.of(new NodeOperation.LessThan(any, partner(any)));
            case 5 -> List.of(new NodeOperation.Equal(any, partner(any)));
            case 6 -> List.of(new NodeOperation.Both(bit(), bit()));
            case 7 -> List.of(new NodeOperation.Either(bit(), bit()));
            case 8 -> List.of(new NodeOperation.Not(bit()));
            case 9 -> List.of(new NodeOperation.Select(bit(), any, partner(any)));
            case 10 -> List.of(new NodeOperation.Sum(pick(node -> !node.shape().isScalar())));
            case 11 ->
                List.of(new NodeOperation.SumByOwner(pick(node -> node.shape().equals(Shape.perSlotOf(BANK)))));
            default -> greatest();
        };
    }

    /** h times or plus something, or a count of what lies below h; at most a limit. */
    private List<NodeOperation> greatest() {
        List<NodeOperation> block = new ArrayList<>();
        Shape shape =
                switch (random.nextInt(5)) {
                    case 0 -> Shape.perSlotOf(BANK);
                    case 1 -> Shape.perSlotOf(FUND);
                    case 2 -> Shape.perOwnerOf(BANK);
                    default -> Shape.SCALAR;
                };
        int candidate = add(block, new NodeOperation.Candidate(1 + random.nextInt(12), shape));
        Predicate<RuleNode> sameShape =
                node -> node.shape().equals(shape) || node.shape().isScalar();
        Predicate<RuleNode> notNegative =
                sameShape.and(node -> node.interval().min().signum() >= 0);
        int rising = candidate;
        for (int step = random.nextInt(3); step > 0; step--) {
            rising = switch (random.nextInt(4)) {
                case 0 -> add(block, new NodeOperation.Multiply(rising, pick(notNegative)));
                case 1 -> add(block, new NodeOperation.Add(List.of(pick(sameShape), rising)));
                case 2 ->
                    add(block, new NodeOperation.Select(pick(sameShape.and(RandomRule::isBit)), rising, candidate));
                default -> countBelow(block, rising);
            };
        }
        int limit = pick(sameShape);
        int holds = random.nextBoolean()
                ? add(block, new NodeOperation.LessThan(rising, limit))
                : add(block, new NodeOperation.Not(add(block, new NodeOperation.LessThan(limit, rising))));
        if (random.nextInt(3) == 0) {
            int other = add(block, new NodeOperation.LessThan(candidate, pick(sameShape)));
            holds = random.nextBoolean()
                    ? add(block, new NodeOperation.Both(holds, other))
                    : add(block, new NodeOperation.Either(holds, other));
        }
        add(block, new NodeOperation.Greatest(candidate, holds));
        return block;
    }

    private int countBelow(List<NodeOperation> block, int rising) {
        int below =
                add(block, new NodeOperation.LessThan(pick(node -> !node.shape().isScalar()), rising));
        return add(block, new NodeOperation.Sum(below));
    }

    private int add(List<NodeOperation> block, NodeOperation operation) {
        block.add(operation);
        return operations.size() + block.size() - 1;
    }

    /** An earlier node outside every candidate, rather a late one; node 0 if there is none of the kind. */
    private int pick(Predicate<RuleNode> kind) {
        List<RuleNode> fitting = nodes.stream()
                .filter(node -> node.candidate().isEmpty())
                .filter(kind)
                .toList();
        if (fitting.isEmpty()) {
            return 0;
        }
        int place = Math.max(random.nextInt(fitting.size()), random.nextInt(fitting.size()));
        return fitting.get(place).index();
    }

    private int partner(int node) {
        Shape shape = nodes.get(node).shape();
        return pick(other ->
                shape.isScalar() || other.shape().isScalar() || other.shape().equals(shape));
    }

    private int bit() {
        return pick(RandomRule::isBit);
    }

    private static boolean isBit(RuleNode node) {
        return node.interval().equals(Interval.ofBits(1));
    }

    /** @return whether the analysis takes them */
    private boolean append(List<NodeOperation> more) {
        List<NodeOperation> all = new ArrayList<>(operations);
        all.addAll(more);
        List<RuleNode> analysed;
        try {
            analysed = NodeAnalysis.of(roles, publicInputs, all);
        } catch (RuleException refused) {
            return false;
        }
        boolean small = analysed.stream()
                .allMatch(node -> node.interval().magnitudeBits() <= VALUE_BITS && node.comparisonWidth() <= WIDTH);
        if (small) {
            operations = all;
            nodes = analysed;
        }
        return small;
    }

    private void addOutputs() {
        for (int output = 0; output < 1 + random.nextInt(4); output++) {
            int node = pick(RandomRule::isPublishable);
            if (isPublishable(nodes.get(node))) {
                outputs.add(Output.plain("output-" + output, node));
            }
        }
        if (outputs.isEmpty() || random.nextInt(3) == 0) {
            addMaskedOutput();
        }
    }

    private static boolean isPublishable(RuleNode node) {
        return node.kind() != NodeKind.PUBLIC
                && node.candidate().isEmpty()
                && node.interval().min().signum() >= 0;
    }

    /** The flag of a bank is always short enough. */
    private void addMaskedOutput() {
        int value = pick(node -> node.shape().equals(Shape.perSlotOf(BANK))
                && node.candidate().isEmpty()
                && node.interval().min().signum() >= 0
                && node.interval().magnitudeBits() <= 20);
        int mask = operations.size();
        append(List.of(new NodeOperation.SecretInput(BANK, MASK_FIELD), new NodeOperation.Add(List.of(value, mask))));
        outputs.add(new Output("masked", mask + 1, OptionalInt.of(mask)));
    }

    private Rule build(String name, int limbBits) {
        List<Role> needed = new ArrayList<>();
        for (int role = 0; role < roles.size(); role++) {
            Role declared = roles.get(role);
            List<Integer> owners = RuleForm.isReadByOwner(role, nodes) ? declared.ownerSlots() : List.of();
            needed.add(new Role(declared.name(), declared.slots(), declared.fields(), owners));
        }
        return new Rule(name, needed, publicInputs, operations, outputs, limbBits);
    }
}
