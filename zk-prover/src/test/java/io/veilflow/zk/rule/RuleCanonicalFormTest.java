package io.veilflow.zk.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.veilflow.rule.v1.Constant;
import io.veilflow.rule.v1.Node;
import io.veilflow.rule.v1.Operands;
import io.veilflow.rule.v1.RuleProgram;
import io.veilflow.zk.rule.job.MarketHealthRule;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One rule, one string of bytes. */
class RuleCanonicalFormTest {
    private final Rule rule = MarketHealthRule.of(3, 16).rule();

    private static RuleProgram program(Rule rule) {
        try {
            return RuleProgram.parseFrom(rule.canonicalBytes());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private RuleException refusedAfter(UnaryOperator<RuleProgram.Builder> change) {
        byte[] changed = change.apply(program(rule).toBuilder()).build().toByteArray();
        return assertThrows(RuleException.class, () -> Rule.decode(changed));
    }

    @Test
    void decodingGivesTheSameRule() {
        Rule decoded = Rule.decode(rule.canonicalBytes());
        assertEquals(rule, decoded);
        assertArrayEquals(rule.hash(), decoded.hash());
        assertEquals(rule.nodes(), decoded.nodes());
        assertEquals(rule.describe(), decoded.describe());
    }

    /** A snapshot: if it changes, every job, key and commitment made before belongs to another rule. */
    @Test
    void theHashOfMarketHealthIsPinned() {
        assertEquals(
                "a0a7ab934674b89236efc52c935acf325826fee626badefa5a15955fde7a0329",
                HexFormat.of().formatHex(rule.hash()));
    }

    @Test
    void everyParameterOfARuleChangesItsHash() {
        assertNotEquals(rule, MarketHealthRule.of(3, 17).rule());
        assertNotEquals(rule, MarketHealthRule.of(4, 16).rule());
    }

    @Test
    void negativeAndZeroConstantsHaveOneForm() {
        RuleBuilder builder = RuleBuilder.named("constants");
        Expression amount = builder.role("slot", 1).secret("amount", 8);
        Expression shifted = amount.plus(builder.constant(-256)).plus(builder.constant(0));
        Rule constants = builder.output(
                        "flag", shifted.lessThan(builder.constant(-1)).sumOverSlots())
                .build();
        Rule decoded = Rule.decode(constants.canonicalBytes());
        assertEquals(
                new NodeOperation.Constant(BigInteger.valueOf(-256)),
                decoded.nodes().get(1).operation());
        assertEquals(
                new NodeOperation.Constant(BigInteger.ZERO),
                decoded.nodes().get(3).operation());
    }

    /** Every node and shape, bounds with and without zero, owners, a mask, limbs. */
    private static Rule everything() {
        RuleBuilder builder = RuleBuilder.named("everything");
        RoleBuilder bank = builder.role("bank", List.of(1, 2));
        RoleBuilder fund = builder.role("fund", 3);
        Expression amount = bank.secret("amount", -7, 0);
        Expression share = fund.secret("share", 0, 12);
        Expression mask = bank.secret("mask", 64);
        Expression one = builder.role("model", 1).secret("weight", 5).broadcast();
        Expression flag = amount.lessThan(builder.constant(-3)).or(amount.equalTo(builder.constant(-1)));
        Expression chosen = flag.and(bank.used()).select(share.zipTo(bank), one);
        Expression ofEach = bank.greatestOfEach(9, h -> h.atMost(chosen));
        Expression ofOwner = bank.greatestOfEachOwner(15, h -> h.lessThan(chosen.sumByOwner()));
        Expression median =
                builder.greatest(31, h -> chosen.lessThan(h).sumOverSlots().atMost(one));
        return builder.outputEach("each", ofEach)
                .outputEach("owner", ofOwner)
                .output("median", median)
                .outputEachToOwner("masked", flag.not(), mask)
                .rangesByLimbs(5)
                .build();
    }

    @Test
    void everyNodeShapeAndBoundIsReadBackAsItWas() {
        Rule built = everything();
        Rule decoded = Rule.decode(built.canonicalBytes());
        assertEquals(built, decoded);
        assertEquals(built.nodes(), decoded.nodes());
        assertEquals(built.outputs(), decoded.outputs());
        assertEquals(built.roles(), decoded.roles());
        assertEquals(5, decoded.limbBits());
        assertEquals(built.describe(), decoded.describe());
        Set<Class<?>> operations = new HashSet<>();
        built.nodes().forEach(node -> operations.add(node.operation().getClass()));
        Set<Class<?>> all = new HashSet<>(List.of(NodeOperation.class.getPermittedSubclasses()));
        all.removeAll(operations);
        assertEquals(
                Set.of(NodeOperation.PublicValue.class, NodeOperation.Multiply.class, NodeOperation.Subtract.class),
                all);
    }

    @Test
    void boundsOwnersAndShapesThatAreWrittenTwoWaysAreRefused() {
        RuleProgram program = program(everything());
        // a bound of zero written out
        assertNotCanonical(withRole(
                program,
                1,
                role -> role.setFields(0, role.getFields(0).toBuilder().setMinimum(Constant.getDefaultInstance()))));
        // owners that no node asks for
        assertNotCanonical(withRole(program, 1, role -> role.addOwnerSlots(3)));
        assertNotCanonical(withRole(program, 0, role -> role.clearOwnerSlots()));
        int candidate = 0;
        while (!program.getNodes(candidate).hasCandidate()) {
            candidate++;
        }
        for (int shape : new int[] {-1, 7, 8, 1 << 30}) {
            Node.Builder changed = program.getNodes(candidate).toBuilder();
            changed.getCandidateBuilder().setShape(shape);
            assertNotCanonical(program.toBuilder().setNodes(candidate, changed).build());
        }
        for (int mask : new int[] {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1}) {
            io.veilflow.rule.v1.Output masked =
                    program.getOutputs(3).toBuilder().setMask(mask).build();
            assertNotCanonical(program.toBuilder().setOutputs(3, masked).build());
        }
        assertNotCanonical(program.toBuilder().setLimbBits(-5).build());
    }

    private static RuleProgram withRole(
            RuleProgram program, int role, UnaryOperator<io.veilflow.rule.v1.Role.Builder> change) {
        return program.toBuilder()
                .setRoles(role, change.apply(program.getRoles(role).toBuilder()))
                .build();
    }

    private static void assertNotCanonical(RuleProgram program) {
        RuleException refused = assertThrows(RuleException.class, () -> Rule.decode(program.toByteArray()));
        assertTrue(refused.getMessage().length() > 10);
    }

    @Test
    void anUnknownFieldIsRefused() {
        RuleException refused = refusedAfter(program -> program.setUnknownFields(UnknownFieldSet.newBuilder()
                .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build()));
        assertEquals(RuleException.Reason.NOT_CANONICAL, refused.reason());
    }

    @Test
    void fieldsInAnotherOrderAreRefused() {
        byte[] bytes = rule.canonicalBytes();
        // version is the first field, two bytes: the same message with it at the end
        byte[] moved = Arrays.copyOfRange(bytes, 2, bytes.length + 2);
        System.arraycopy(bytes, 0, moved, moved.length - 2, 2);
        assertEquals(
                RuleException.Reason.NOT_CANONICAL,
                assertThrows(RuleException.class, () -> Rule.decode(moved)).reason());
    }

    @Test
    void aDefaultThatIsWrittenIsRefused() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(rule.canonicalBytes());
        // an output message (field 6) whose node 0 is written out
        bytes.writeBytes(new byte[] {0x32, 0x05, 0x0a, 0x01, 'x', 0x10, 0x00});
        assertThrows(RuleException.class, () -> Rule.decode(bytes.toByteArray()));
    }

    @Test
    @DisplayName("E4: zero has one encoding, and minus zero is refused, in constants and in bounds")
    void constantsWithLeadingZeroOrNegativeZeroAreRefused() {
        RuleException padded = refusedAfter(program -> program.addNodes(Node.newBuilder()
                .setConstant(Constant.newBuilder().setMagnitude(ByteString.copyFrom(new byte[] {0, 1})))));
        assertEquals(RuleException.Reason.NOT_CANONICAL, padded.reason());
        RuleException negativeZero = refusedAfter(program -> program.addNodes(
                Node.newBuilder().setConstant(Constant.newBuilder().setNegative(true))));
        assertEquals(RuleException.Reason.NOT_CANONICAL, negativeZero.reason());
        assertTrue(negativeZero.getMessage().contains("negative zero"), negativeZero.getMessage());
        RuleException bound = refusedAfter(program -> {
            program.getRolesBuilder(0)
                    .getFieldsBuilder(0)
                    .setMinimum(Constant.newBuilder().setNegative(true));
            return program;
        });
        assertTrue(bound.getMessage().contains("minimum of collateral-0 is a negative zero"), bound.getMessage());
    }

    @Test
    void anOperandThatComesLaterIsRefusedByNode() {
        int last = rule.nodes().size();
        RuleException refused = refusedAfter(program -> program.addNodes(
                Node.newBuilder().setAdd(Operands.newBuilder().addNodes(0).addNodes(last))));
        assertEquals(RuleException.Reason.MALFORMED, refused.reason());
        assertTrue(refused.getMessage().contains("node n" + last), refused.getMessage());
    }

    @Test
    void operandsReferencesAndVersionsAreChecked() {
        refusedAfter(program -> program.setVersion(1));
        refusedAfter(program -> program.addNodes(Node.newBuilder()));
        refusedAfter(program -> program.addNodes(Node.newBuilder().setPublicInput(99)));
        refusedAfter(program -> program.addNodes(
                Node.newBuilder().setMultiply(Operands.newBuilder().addNodes(0))));
        refusedAfter(program -> program.setPublicInputs(
                0, program.getPublicInputs(0).toBuilder().setOriginValue(7)));
        refusedAfter(program -> program.setPublicInputs(
                0, program.getPublicInputs(0).toBuilder().setOriginValue(0)));
        refusedAfter(RuleProgram.Builder::clearOutputs);
        refusedAfter(RuleProgram.Builder::clearRoles);
    }

    @Test
    void aChangedByteIsRefusedOrAnotherRule() {
        long seed = 20260417;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = rule.canonicalBytes();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            try {
                assertNotEquals(rule, Rule.decode(bytes), "seed " + seed + ", round " + round);
            } catch (RuleException e) {
                assertTrue(e.getMessage().length() > 10, "seed " + seed + ", round " + round);
            }
        }
    }

    @Test
    void tooManyBytesAreRefusedUnread() {
        assertEquals(
                RuleException.Reason.NOT_CANONICAL,
                assertThrows(RuleException.class, () -> Rule.decode(new byte[(1 << 20) + 1]))
                        .reason());
    }

    @Test
    void theDescriptionShowsNamesWidthsAndWords() {
        String text = rule.describe();
        assertTrue(text.contains("role position, 16 slots: collateral-0 (64 bits)"), text);
        assertTrue(text.contains("price-0 * threshold-0"), text);
        assertTrue(text.contains("compares 144 bits and a sign"), text);
        assertTrue(text.contains("word 0, bits 0 to 1: level (OUTPUT)"), text);
        assertTrue(text.contains("public inputs: 3, context and words"), text);
        assertTrue(text.contains("in-proof commitment"), text);
        assertTrue(text.contains("estimate: "), text);
    }

    @Test
    void theDescriptionNamesOwnersCandidatesMasksAndLimbs() {
        String text = everything().describe();
        assertTrue(text.contains("role bank, 3 slots of 2 owners: amount (-7 to 0), mask (64 bits)"), text);
        assertTrue(text.contains("candidate of 4 bits  ; FIELD, for the owners of bank"), text);
        assertTrue(text.contains(" and at the next number"), text);
        assertTrue(text.contains("under the owner's mask bank.mask"), text);
        assertTrue(text.contains("limbs of 5 bits with "), text);
        assertTrue(text.contains("bank[0].used to bank[2].used (USED)"), text);
        assertTrue(text.contains("word 0, bits 0 to 11: each[0] to each[2] (OUTPUT)"), text);
    }
}
