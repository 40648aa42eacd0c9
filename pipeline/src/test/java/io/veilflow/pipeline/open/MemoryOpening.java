package io.veilflow.pipeline.open;

import io.veilflow.mpc.fair.FairClock;
import io.veilflow.mpc.fair.FairLimits;
import io.veilflow.mpc.fair.FairMessage;
import io.veilflow.mpc.fair.FairOpening;
import io.veilflow.mpc.fair.FairPorts;
import io.veilflow.mpc.fair.OpeningBulletin;
import io.veilflow.mpc.fair.OpeningJournal;
import io.veilflow.mpc.fair.PartySignatures;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.session.Session;
import io.veilflow.pipeline.encoding.Hashes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The fair opening without a board: for three parties in one JVM, one object for each run that all three share. */
public final class MemoryOpening implements OutputOpener {
    private static final FairLimits LIMITS = new FairLimits(Duration.ofMillis(250), Duration.ofMillis(10));

    private final Map<PartyId, List<FairMessage>> posted = new EnumMap<>(PartyId.class);

    public MemoryOpening() {
        for (PartyId party : PartyId.values()) {
            posted.put(party, new ArrayList<>());
        }
    }

    @Override
    public long[] open(Session session, ElementShares outputs) {
        FairPorts ports = new FairPorts(
                new Tags(session.self()), new Bulletin(session.self()), new NoJournal(), new SystemClock(), LIMITS);
        return new FairOpening(session, WindowOpening.PATH, ports).open(outputs);
    }

    private final class Bulletin implements OpeningBulletin {
        private final PartyId self;
        private final Map<PartyId, Integer> read = new EnumMap<>(PartyId.class);

        Bulletin(PartyId self) {
            this.self = self;
        }

        @Override
        public void post(FairMessage message) {
            synchronized (posted) {
                posted.get(self).add(message);
            }
        }

        @Override
        public List<FairMessage> read(PartyId peer) {
            synchronized (posted) {
                List<FairMessage> log = posted.get(peer);
                int from = read.getOrDefault(peer, 0);
                read.put(peer, log.size());
                return List.copyOf(log.subList(from, log.size()));
            }
        }
    }

    /** Nothing survives a test. */
    private static final class NoJournal implements OpeningJournal {
        @Override
        public void ready(FairMessage.Ready ready) {}

        @Override
        public void going() {}

        @Override
        public void aborted() {}
    }

    private static final class SystemClock implements FairClock {
        @Override
        public long millis() {
            return System.currentTimeMillis();
        }

        @Override
        public void pause(long millis) throws InterruptedException {
            Thread.sleep(millis);
        }
    }

    /** In place of signatures: these tests change messages, they do not forge. */
    private record Tags(PartyId self) implements PartySignatures {
        @Override
        public byte[] sign(byte[] message) {
            return tag(self, message);
        }

        @Override
        public boolean verify(PartyId signer, byte[] message, byte[] signature) {
            return Arrays.equals(tag(signer, message), signature);
        }

        private static byte[] tag(PartyId signer, byte[] message) {
            byte[] hash = Hashes.sha256Fields("test signature", new byte[] {(byte) signer.index()}, message);
            return Arrays.copyOf(hash, 64);
        }
    }
}
