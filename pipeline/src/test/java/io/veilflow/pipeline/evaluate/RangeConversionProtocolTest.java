package io.veilflow.pipeline.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.pipeline.shares.ShareScope;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleBuilder;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Limbs, counts and bits of numbers in range against the clear reading, in chunks of any size. */
class RangeConversionProtocolTest {
    private static final int SLOTS = 7;
    private static final int WIDEST = 64;

    /** Every range is one of an input, or of a public one: narrow ones by bits, wide ones by limbs with every kind of top limb. */
    private static Rule rule() {
        RuleBuilder rule = RuleBuilder.named("ranges");
        var bank = rule.role("bank", SLOTS);
        rule.feed("price", 13);
        rule.parameter("limit", 2);
        rule.output(
                "total",
                bank.secret("flag", 1)
                        .plus(bank.secret("digit", 3))
                        .plus(bank.secret("amount", WIDEST))
                        .plus(bank.secret("code", 10))
                        .sumOverSlots());
        return rule.rangesByLimbs(5).build();
    }

    @Test
    @DisplayName(
            "E2: limbs, counts with public inputs and shifted tops, and bits are those of the clear reading for every chunk")
    void chunksMakeNoDifference() {
        long seed = 51;
        Random random = new Random(seed);
        Rule rule = rule();
        List<BigInteger> book = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            rule.roles().get(0).fields().forEach(field -> book.add(new BigInteger(field.bits(), random)));
        }
        ClearInputs inputs =
                ClearInputs.allUsed(rule, book, List.of(new BigInteger(13, random), new BigInteger(2, random)));
        ClearReading clear = rule.evaluate(inputs);
        List<BitShares> shared = Clear.shareBits(book, WIDEST, random);
        int rounds = 0;
        for (int chunk : new int[] {1000, 60, 9}) {
            ThreePartyWorld world = ThreePartyWorld.seeded(seed).withProfile(Profile.M);
            List<RangeConversion.Converted> converted = world.run(session -> {
                BitNumbers numbers =
                        BitNumbers.ofPlanes(shared.get(session.self().index()));
                try (ShareScope scope = new ShareScope()) {
                    return new RangeConversion(session, rule.ranges(), numbers, inputs.publicInputs(), scope, chunk)
                            .convert();
                }
            });
            String where = "seed " + seed + ", chunks of " + chunk;
            assertEquals(
                    clear.limbs(),
                    Clear.openFr(converted.stream()
                            .map(RangeConversion.Converted::limbs)
                            .toList()),
                    where);
            assertEquals(
                    clear.counts(),
                    Clear.openFr(converted.stream()
                            .map(RangeConversion.Converted::counts)
                            .toList()),
                    where);
            assertEquals(
                    clear.bits(),
                    Clear.openFr(converted.stream()
                            .map(RangeConversion.Converted::bits)
                            .toList()),
                    where);
            boolean verified =
                    world.messages().stream().anyMatch(message -> message.path().endsWith("/before"));
            assertEquals(chunk < 100, verified, "only what is large is verified on the way");
            assertTrue(world.rounds() > rounds, where);
            rounds = world.rounds();
        }
    }
}
