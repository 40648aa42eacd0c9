package io.veilflow.mpc.fair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.testing.Outcome;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What one party says on its links before anybody is ready, and what becomes of the opening when links end at any step. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FairOpeningLinkAdversaryTest {
    private final FairTrial trial = new FairTrial();

    @AfterAll
    void stop() {
        trial.close();
    }

    @Test
    @DisplayName("C22: wrong hashes, to one or to both: the victim is not ready, so nobody is")
    void hashesAreWrong() {
        for (int victims = 1; victims < 4; victims++) {
            int mask = victims;
            trial.forEveryCheater(FairTrial.End.ABORTED, cheater -> new FairCheat() {
                @Override
                Optional<byte[]> onLink(PartyId to, String label, byte[] payload) {
                    boolean lies = label.equals("hash") && (mask & (to == cheater.next() ? 1 : 2)) != 0;
                    byte[] out = payload.clone();
                    out[5] ^= lies ? 1 : 0;
                    return Optional.of(out);
                }
            });
        }
    }

    @Test
    @DisplayName("C4, C22: who changes its component before it is hashed is found out before anybody shows anything")
    void anotherComponentIsHashed() {
        trial.forEveryCheater(FairTrial.End.ABORTED, cheater -> new FairCheat() {
            @Override
            boolean changesItsComponent() {
                return true;
            }
        });
    }

    @Test
    @DisplayName(
            "C9, C22: all links ended before and after every message: nobody has an output that others cannot have")
    void linksEndAtEveryStep() {
        int opened = 0;
        for (int step = 0; step < 10; step++) {
            int last = step;
            for (PartyId cheater : PartyId.values()) {
                FairTrial.End end = trial.run(
                        "links end before step " + step,
                        cheater,
                        new FairCheat() {
                            @Override
                            boolean killsLinksBefore(int step) {
                                return step == last;
                            }
                        },
                        FairTrial.SEED + step);
                opened += end == FairTrial.End.OPENED ? 1 : 0;
                assertTrue(end == FairTrial.End.ABORTED || step >= 4, "opened though links ended before READY");
            }
        }
        assertTrue(opened >= 3 * 4, "after READY the links are needed no more");
    }

    @Test
    @DisplayName("C9, C22: links ended between one honest party's READY and another's, with READY shown to one alone")
    void linksEndWhenOnlyOneHasReadReady() {
        trial.forEveryCheater(FairTrial.End.OPENED, cheater -> new FairCheat() {
            @Override
            boolean killsLinksBefore(int step) {
                // before its first countersignature, when both honest parties have posted READY
                return step == 5;
            }

            @Override
            Optional<Delivery> onBulletin(PartyId to, FairMessage message) {
                return to == cheater.next() && message instanceof FairMessage.Ready
                        ? Optional.of(new Delivery(message, 0))
                        : Optional.empty();
            }
        });
    }

    @Test
    @DisplayName(
            "C9, C22: every message on the links changed, cut or kept back: abort, and never an honest party accused")
    void everyLinkMessageIsChanged() {
        for (String label : new String[] {"start", "hash"}) {
            for (int variant = 0; variant < 3; variant++) {
                int wrong = variant;
                for (boolean toNext : new boolean[] {true, false}) {
                    trial.forEveryCheater(FairTrial.End.ABORTED, cheater -> new FairCheat() {
                        @Override
                        Optional<byte[]> onLink(PartyId to, String sent, byte[] payload) {
                            if (!sent.equals(label) || toNext != (to == cheater.next())) {
                                return Optional.of(payload);
                            }
                            byte[] out = payload.clone();
                            out[out.length - 1] ^= 1;
                            return switch (wrong) {
                                case 0 -> Optional.of(out);
                                case 1 -> Optional.of(new byte[payload.length - 1]);
                                default -> Optional.empty();
                            };
                        }
                    });
                }
            }
        }
    }

    @Test
    @DisplayName("C22: P0 that signs two times for two parties is accused, and by its own signature")
    void twoStartsAreAContradiction() {
        FairWorld world = new FairWorld(PartyId.P0, startShiftedBy(PartyId.P1, 1), FairTrial.SEED);
        List<Outcome<long[]>> outcomes = trial.outcomes(world);
        for (PartyId honest : new PartyId[] {PartyId.P1, PartyId.P2}) {
            ProtocolAbortException abort = assertInstanceOf(
                    ProtocolAbortException.class, outcomes.get(honest.index()).failure());
            assertEquals(Reason.CONTRADICTION, abort.reason());
            assertEquals(Optional.of(PartyId.P0), abort.accused());
        }
    }

    @Test
    @DisplayName("C22: times that leave too little time, or hold up the others for long, are not signed")
    void implausibleTimesAreNotSigned() {
        for (long shift : new long[] {-10_000, -35, 5, 100_000}) {
            for (PartyId victim : new PartyId[] {PartyId.P1, PartyId.P2}) {
                assertEquals(
                        FairTrial.End.ABORTED,
                        trial.run(
                                "times shifted by " + shift,
                                PartyId.P0,
                                startShiftedBy(victim, shift),
                                FairTrial.SEED));
            }
        }
    }

    /** Well signed by P0. */
    private static FairCheat startShiftedBy(PartyId victim, long shift) {
        return new FairCheat() {
            @Override
            Optional<byte[]> onLink(PartyId to, String label, byte[] payload) {
                if (!label.equals("start") || to != victim) {
                    return Optional.of(payload);
                }
                ByteBuffer in = ByteBuffer.wrap(payload);
                FairTimes times = new FairTimes(in.getLong() + shift, in.getLong() + shift);
                byte[] signature = new FairWorld.TestSignatures(PartyId.P0)
                        .sign(FairStatement.of(new byte[] {1}, FairWorld.CONTEXT, "outputs")
                                .start(times));
                return Optional.of(ByteBuffer.allocate(payload.length)
                        .put(FairStatement.bytes(times))
                        .put(signature)
                        .array());
            }
        };
    }
}
