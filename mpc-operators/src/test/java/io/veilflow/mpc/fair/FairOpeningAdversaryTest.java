package io.veilflow.mpc.fair;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.testing.Outcome;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * One party stops or lies on the bulletin at every step, in virtual time. In every case either both honest parties get the right
 * outputs, or neither does and no honest component was ever posted, so that the cheater knows nothing more either.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FairOpeningAdversaryTest {
    private static final long AFTER_T1 = 8 * FairWorld.LARGEST_DELAY;
    private static final long NEVER_IN_TIME = 1_000;

    private final FairTrial trial = new FairTrial();

    @AfterAll
    void stop() {
        trial.close();
    }

    @Test
    void withoutACheaterAllOpenAndNobodyWaitsForT1() {
        for (long seed = FairTrial.SEED; seed < FairTrial.SEED + 20; seed++) {
            FairWorld world = new FairWorld(PartyId.P2, new FairCheat() {}, seed);
            for (Outcome<long[]> outcome : trial.outcomes(world)) {
                assertArrayEquals(world.outputs(), outcome.result(), "seed " + seed);
            }
        }
    }

    @Test
    @DisplayName(
            "D15: the clock of any one party is wrong by half a minute or an hour: nothing is opened, and nobody is accused")
    void clocksThatAreWrong() {
        for (PartyId wrong : PartyId.values()) {
            for (long millis : new long[] {30_000, -30_000, 3_600_000, -3_600_000}) {
                FairWorld world = new FairWorld(wrong, new FairCheat() {}, FairTrial.SEED);
                world.setClock(wrong, millis);
                String where = wrong + " is wrong by " + millis;
                for (Outcome<long[]> outcome : trial.outcomes(world)) {
                    ProtocolAbortException abort =
                            assertInstanceOf(ProtocolAbortException.class, outcome.failure(), where);
                    assertEquals(Optional.empty(), abort.accused(), where);
                }
                assertFalse(world.honestComponentSeen(), where);
            }
        }
    }

    @Test
    @DisplayName("C22: READY withheld from one or both, or late: all honest parties get the outputs or nobody does")
    void readyIsWithheldOrLate() {
        for (long toNext : new long[] {0, AFTER_T1, NEVER_IN_TIME}) {
            for (long toPrevious : new long[] {0, AFTER_T1, NEVER_IN_TIME}) {
                FairTrial.End expected = toNext == 0 || toPrevious == 0 ? FairTrial.End.OPENED : FairTrial.End.ABORTED;
                trial.forEveryCheater(expected, cheater -> new FairCheat() {
                    @Override
                    Optional<Delivery> onBulletin(PartyId to, FairMessage message) {
                        long late = to == cheater.next() ? toNext : toPrevious;
                        boolean ready = message instanceof FairMessage.Ready;
                        return Optional.of(new Delivery(message, ready ? late : 0));
                    }
                });
            }
        }
    }

    @Test
    @DisplayName("C22: READY kept back for good, and nothing after it either")
    void readyIsNeverPosted() {
        trial.forEveryCheater(FairTrial.End.ABORTED, cheater -> new FairCheat() {
            @Override
            Optional<Delivery> onBulletin(PartyId to, FairMessage message) {
                return Optional.empty();
            }
        });
    }

    @Test
    @DisplayName("C22: a READY over other hashes, other times or with another's signature is none")
    void readySaysSomethingElse() {
        for (int variant = 0; variant < 3; variant++) {
            int wrong = variant;
            for (boolean both : new boolean[] {true, false}) {
                trial.forEveryCheater(both ? FairTrial.End.ABORTED : FairTrial.End.OPENED, cheater -> new FairCheat() {
                    @Override
                    Optional<Delivery> onBulletin(PartyId to, FairMessage message) {
                        boolean lies = message instanceof FairMessage.Ready && (both || to == cheater.next());
                        return Optional.of(
                                new Delivery(lies ? changed((FairMessage.Ready) message, wrong) : message, 0));
                    }
                });
            }
        }
    }

    private static FairMessage changed(FairMessage.Ready ready, int how) {
        byte[] hashes = ready.hashes().clone();
        byte[] signature = ready.signature().clone();
        FairTimes times = ready.times();
        switch (how) {
            case 0 -> hashes[0] ^= 1;
            case 1 -> signature[0] ^= 1;
            default -> times = new FairTimes(times.ready() + 1, times.echo() + 1);
        }
        return new FairMessage.Ready(ready.epoch(), times, hashes, signature);
    }

    @Test
    @DisplayName("C22: the countersignature withheld from one, forged, or its own")
    void echoIsWithheldOrWrong() {
        for (int variant = 0; variant < 3; variant++) {
            int wrong = variant;
            for (boolean both : new boolean[] {true, false}) {
                trial.forEveryCheater(FairTrial.End.OPENED, cheater -> new FairCheat() {
                    @Override
                    Optional<Delivery> onBulletin(PartyId to, FairMessage message) {
                        if (message instanceof FairMessage.Echo echo && (both || to == cheater.next())) {
                            return wrong == 0 ? Optional.empty() : Optional.of(new Delivery(wrong(echo), 0));
                        }
                        return Optional.of(new Delivery(message, 0));
                    }

                    private FairMessage wrong(FairMessage.Echo echo) {
                        return wrong == 1
                                ? new FairMessage.Echo(echo.signer(), echo.signature(), new byte[64])
                                : new FairMessage.Echo(cheater, echo.signature(), echo.countersignature());
                    }
                });
            }
        }
    }

    @Test
    @DisplayName("C5: READY withheld, but its signer countersigns it itself: nobody goes on")
    void itsOwnCountersignatureCountsForNothing() {
        trial.forEveryCheater(FairTrial.End.ABORTED, cheater -> new FairCheat() {
            @Override
            Optional<Delivery> onBulletin(PartyId to, FairMessage message) {
                return message instanceof FairMessage.Ready ready
                        ? Optional.of(
                                new Delivery(new FairMessage.Echo(cheater, ready.signature(), ready.signature()), 0))
                        : Optional.empty();
            }
        });
    }

    @Test
    @DisplayName("C5: another party's READY posted as its own is none")
    void aCopiedReadyIsNone() {
        trial.forEveryCheater(FairTrial.End.ABORTED, cheater -> new FairCheat() {
            @Override
            Optional<Delivery> onBulletin(PartyId to, FairMessage message) {
                if (!(message instanceof FairMessage.Ready ready)) {
                    return Optional.empty();
                }
                PartyId victim = cheater.next();
                byte[] stolen = new FairWorld.TestSignatures(victim)
                        .sign(FairStatement.of(ready.epoch(), FairWorld.CONTEXT, "outputs")
                                .ready(victim, ready.times(), ready.hashes()));
                return Optional.of(
                        new Delivery(new FairMessage.Ready(ready.epoch(), ready.times(), ready.hashes(), stolen), 0));
            }
        });
    }

    @Test
    @DisplayName("C4, C22: who speaks last in step 4 changes nothing: wrong components, wrong salts or none")
    void componentsAreWrongOrMissing() {
        for (int variant = 0; variant < 4; variant++) {
            int wrong = variant;
            for (boolean both : new boolean[] {true, false}) {
                trial.forEveryCheater(FairTrial.End.OPENED, cheater -> new FairCheat() {
                    @Override
                    Optional<Delivery> onBulletin(PartyId to, FairMessage message) {
                        if (message instanceof FairMessage.Opened opened && (both || to == cheater.next())) {
                            return wrong == 3 ? Optional.empty() : Optional.of(new Delivery(changed(opened, wrong), 0));
                        }
                        return Optional.of(new Delivery(message, 0));
                    }
                });
            }
        }
    }

    private static FairMessage changed(FairMessage.Opened opened, int how) {
        byte[] own = opened.own().value().clone();
        byte[] next = opened.next().value().clone();
        byte[] salt = opened.own().salt().clone();
        switch (how) {
            case 0 -> own[own.length - 1] ^= 1;
            case 1 -> next[0] = (byte) 0xff;
            default -> salt[0] ^= 1;
        }
        return new FairMessage.Opened(
                new FairMessage.Component(how == 2 ? new byte[0] : own, salt),
                new FairMessage.Component(next, opened.next().salt()));
    }

    @Test
    @DisplayName("C22: noise on the bulletin changes nothing")
    void noise() {
        trial.forEveryCheater(FairTrial.End.OPENED, cheater -> new FairCheat() {
            @Override
            int noise() {
                return 500;
            }
        });
    }

    @Test
    @DisplayName("C22: a thousand cheaters drawn at random, each with its own choice for every message and recipient")
    void randomCheats() {
        int opened = 0;
        for (int k = 0; k < 1_000; k++) {
            PartyId cheater = PartyId.of(k % 3);
            FairTrial.End end = trial.run(
                    "random cheat " + k, cheater, new RandomCheat(cheater, FairTrial.SEED + k), FairTrial.SEED + k);
            opened += end == FairTrial.End.OPENED ? 1 : 0;
        }
        assertTrue(opened > 100 && opened < 900, opened + " of 1000 opened: the cheats are too strong or too weak");
    }

    /** Mostly honest, so that every step is reached often. */
    private static final class RandomCheat extends FairCheat {
        private final Random random;
        private final PartyId cheater;

        RandomCheat(PartyId cheater, long seed) {
            this.random = new Random(seed);
            this.cheater = cheater;
        }

        @Override
        synchronized Optional<byte[]> onLink(PartyId to, String label, byte[] payload) {
            byte[] out = payload.clone();
            if (random.nextInt(20) == 0) {
                out[random.nextInt(out.length)] ^= (byte) (1 + random.nextInt(255));
            }
            return random.nextInt(40) == 0 ? Optional.empty() : Optional.of(out);
        }

        @Override
        synchronized Optional<Delivery> onBulletin(PartyId to, FairMessage message) {
            long delay = random.nextBoolean() ? 0 : random.nextInt(80);
            if (random.nextInt(4) == 0) {
                return Optional.empty();
            }
            if (random.nextInt(4) > 0) {
                return Optional.of(new Delivery(message, delay));
            }
            if (message instanceof FairMessage.Ready ready) {
                return Optional.of(new Delivery(changed(ready, random.nextInt(3)), delay));
            }
            if (message instanceof FairMessage.Opened opened) {
                return Optional.of(new Delivery(changed(opened, random.nextInt(3)), delay));
            }
            return Optional.of(new Delivery(new FairMessage.Echo(cheater, new byte[64], new byte[64]), delay));
        }

        @Override
        synchronized boolean killsLinksBefore(int step) {
            return random.nextInt(20) == 0;
        }
    }
}
