package io.veilflow.mpc.fair;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.testing.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * One party stops or lies at every step, in virtual time. In every case either both honest parties get the right outputs, or
 * neither does and no honest component was ever posted, so that the cheater knows nothing more either.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FairOpeningAdversaryTest {
    private static final long SEED = 20_261_122;
    private static final long AFTER_T1 = 8 * FairWorld.LARGEST_DELAY;
    private static final long NEVER_IN_TIME = 1_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(3);

    @AfterAll
    void stop() {
        threads.shutdownNow();
    }

    /** What both honest parties came to. */
    private enum End {
        OPENED,
        ABORTED
    }

    @Test
    void withoutACheaterAllOpenAndNobodyWaitsForT1() {
        for (long seed = SEED; seed < SEED + 20; seed++) {
            FairWorld world = new FairWorld(PartyId.P2, new FairCheat() {}, seed);
            for (Outcome<long[]> outcome : outcomes(world)) {
                assertArrayEquals(world.outputs(), outcome.result(), "seed " + seed);
            }
        }
    }

    @Test
    @DisplayName("C22: READY withheld from one or both, or late: all honest parties get the outputs or nobody does")
    void readyIsWithheldOrLate() {
        for (long toNext : new long[] {0, AFTER_T1, NEVER_IN_TIME}) {
            for (long toPrevious : new long[] {0, AFTER_T1, NEVER_IN_TIME}) {
                End expected = toNext == 0 || toPrevious == 0 ? End.OPENED : End.ABORTED;
                forEveryCheater(expected, cheater -> new FairCheat() {
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
        forEveryCheater(End.ABORTED, cheater -> new FairCheat() {
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
                forEveryCheater(both ? End.ABORTED : End.OPENED, cheater -> new FairCheat() {
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
                forEveryCheater(End.OPENED, cheater -> new FairCheat() {
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
        forEveryCheater(End.ABORTED, cheater -> new FairCheat() {
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
        forEveryCheater(End.ABORTED, cheater -> new FairCheat() {
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
    @DisplayName("C22: wrong hashes, to one or to both: the victim is not ready, so nobody is")
    void hashesAreWrong() {
        for (int victims = 1; victims < 4; victims++) {
            int mask = victims;
            forEveryCheater(End.ABORTED, cheater -> new FairCheat() {
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
        forEveryCheater(End.ABORTED, cheater -> new FairCheat() {
            @Override
            boolean changesItsComponent() {
                return true;
            }
        });
    }

    @Test
    @DisplayName("C4, C22: who speaks last in step 4 changes nothing: wrong components, wrong salts or none")
    void componentsAreWrongOrMissing() {
        for (int variant = 0; variant < 4; variant++) {
            int wrong = variant;
            for (boolean both : new boolean[] {true, false}) {
                forEveryCheater(End.OPENED, cheater -> new FairCheat() {
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
    @DisplayName(
            "C9, C22: all links ended before and after every message: nobody has an output that others cannot have")
    void linksEndAtEveryStep() {
        int opened = 0;
        for (int step = 0; step < 10; step++) {
            int last = step;
            for (PartyId cheater : PartyId.values()) {
                End end = run(
                        "links end before step " + step,
                        cheater,
                        new FairCheat() {
                            @Override
                            boolean killsLinksBefore(int step) {
                                return step == last;
                            }
                        },
                        SEED + step);
                opened += end == End.OPENED ? 1 : 0;
                assertTrue(end == End.ABORTED || step >= 4, "opened though links ended before READY");
            }
        }
        assertTrue(opened >= 3 * 4, "after READY the links are needed no more");
    }

    @Test
    @DisplayName("C9, C22: links ended between one honest party's READY and another's, with READY shown to one alone")
    void linksEndWhenOnlyOneHasReadReady() {
        forEveryCheater(End.OPENED, cheater -> new FairCheat() {
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
                    forEveryCheater(End.ABORTED, cheater -> new FairCheat() {
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
        FairWorld world = new FairWorld(PartyId.P0, startShiftedBy(PartyId.P1, 1), SEED);
        List<Outcome<long[]>> outcomes = outcomes(world);
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
                        End.ABORTED, run("times shifted by " + shift, PartyId.P0, startShiftedBy(victim, shift), SEED));
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

    @Test
    @DisplayName("C22: noise on the bulletin changes nothing")
    void noise() {
        forEveryCheater(End.OPENED, cheater -> new FairCheat() {
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
            End end = run("random cheat " + k, cheater, new RandomCheat(cheater, SEED + k), SEED + k);
            opened += end == End.OPENED ? 1 : 0;
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

    private interface Cheats {
        FairCheat by(PartyId cheater);
    }

    private void forEveryCheater(End expected, Cheats cheats) {
        for (PartyId cheater : PartyId.values()) {
            for (long seed = SEED; seed < SEED + 3; seed++) {
                assertEquals(expected, run("cheat", cheater, cheats.by(cheater), seed), cheater + ", seed " + seed);
            }
        }
    }

    /** Runs it and holds the two honest parties to the promise. */
    private End run(String what, PartyId cheater, FairCheat cheat, long seed) {
        FairWorld world = new FairWorld(cheater, cheat, seed);
        List<Outcome<long[]>> outcomes = outcomes(world);
        String where = what + " of " + cheater + ", seed " + seed;
        List<End> ends = new ArrayList<>();
        for (PartyId honest : new PartyId[] {cheater.next(), cheater.previous()}) {
            Outcome<long[]> outcome = outcomes.get(honest.index());
            if (outcome.failed()) {
                ProtocolAbortException abort = assertInstanceOf(
                        ProtocolAbortException.class, outcome.failure(), () -> where + ": " + outcome.failure());
                assertTrue(abort.accused().filter(accused -> accused != cheater).isEmpty(), where + ": " + abort);
            } else {
                assertArrayEquals(world.outputs(), outcome.result(), where);
            }
            ends.add(outcome.failed() ? End.ABORTED : End.OPENED);
            requireJournalledFirst(world.journal(honest), where);
        }
        assertEquals(ends.get(0), ends.get(1), where + ": the honest parties are split");
        if (ends.get(0) == End.ABORTED) {
            assertFalse(world.honestComponentSeen(), where + ": the cheater alone learns the outputs");
        }
        return ends.get(0);
    }

    private static void requireJournalledFirst(List<String> journal, String where) {
        for (int k = 0; k < journal.size(); k++) {
            if (journal.get(k).equals("Ready")) {
                assertEquals("journal READY", journal.get(k - 1), where);
            }
            if (journal.get(k).equals("Opened")) {
                assertEquals("journal GO", journal.get(k - 1), where);
            }
        }
    }

    private List<Outcome<long[]>> outcomes(FairWorld world) {
        try {
            return world.run(threads);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
