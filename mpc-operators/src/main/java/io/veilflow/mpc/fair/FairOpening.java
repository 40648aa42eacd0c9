package io.veilflow.mpc.fair;

import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.Session;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * Opens final outputs so that either all honest parties get them or nobody does (PROTOCOLS 4.3).
 *
 * <pre>
 * 0  every product of the session is verified; all three sign T1 and T2                               links, 2 rounds
 * 1  both holders of component i send h_i to P_{i+1}, which compares them                              links, 1 round
 * 2  READY, journalled before, and only if it still arrives by T1                                     bulletin
 * 3  countersigned READYs of the others, by T1; decision by {@link FairDecision}                      bulletin
 * 4  both components and salts, after the decision was journalled; the missing one is taken from
 *    whichever holder's matches h                                                                      bulletin
 * </pre>
 *
 * <p><b>Security.</b> One corrupted party of any behaviour, also one that ends its links at any moment. Agreement and
 * fairness need the bound of {@link FairLimits} between honest parties; privacy and correctness do not. Salts come from the PRSS, so
 * hashes show nothing to whom lacks a component. Until the first component is
 * posted nobody has learnt anything; it is posted only after the decision, and then the two honest parties decide
 * alike.
 *
 * <p><b>Deviation.</b> PROTOCOLS sends steps 2 to 4 over the links. Here a party that ends its own links ends all links of the
 * epoch, so it could keep two honest parties from hearing each other between READY and components. Steps 2 to 4 therefore go
 * over a bulletin which it cannot silence, and need the links no more. READY signs all three hashes instead of the two of one
 * component, so that "the same READY" means the same values.
 *
 * <p><b>Cost.</b> 3 rounds and at most 272 bytes on links; 4 postings (READY, two countersignatures, components) and 2 journal entries, each
 * forced to disk, and 4 signatures a party. In an honest run nobody waits for T1. <b>Failure.</b> {@link ProtocolAbortException}: whatever links give; HOLDERS_DISAGREE in step 1; CHECK_FAILED if it is
 * too late for READY or somebody is not ready; TIMEOUT if the delay bound was broken in step 4. The shares are wiped in every
 * case.
 */
public final class FairOpening {
    private static final String HASH = "hash";
    private static final int SALT_WORDS = FairStatement.SALT_BYTES / Long.BYTES;

    private final Operation operation;
    private final FairStatement statement;
    private final FairPorts ports;
    private final PartyId self;

    /** @param path of the operation; one opening each */
    public FairOpening(Session session, String path, FairPorts ports) {
        this.operation = session.operation(path);
        this.statement = FairStatement.of(operation.epoch(), session.context(), path);
        this.ports = ports;
        this.self = session.self();
    }

    /**
     * @param outputs wiped when this returns or throws
     * @return flat elements, the same at all honest parties
     * @throws io.veilflow.mpc.ledger.UnverifiedException if a product of the session is not verified
     */
    public long[] open(ElementShares outputs) {
        FairMessage.Opened mine = null;
        boolean going = false;
        try {
            operation.ledger().requireSettled(operation.path());
            mine = new FairMessage.Opened(
                    component(self.index(), outputs.ownBytes()),
                    component(self.next().index(), outputs.nextBytes()));
            FairTimes times = new FairStart(operation, statement, ports).agree();
            byte[] hashes = compareHashes(mine);
            FairReading reading = new FairReading(self, statement, ready(times, hashes), ports);
            requireReady(reading.decide(), "not all are ready");
            ports.journal().going();
            going = true;
            ports.bulletin().post(mine);
            byte[] missing = missing(reading, hashes);
            return outputs.field()
                    .add(
                            outputs.field().add(outputs.own(), outputs.next()),
                            outputs.field().decode(missing));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw abort(Reason.TIMEOUT, "interrupted");
        } finally {
            outputs.wipe();
            if (mine != null && !going) {
                Arrays.fill(mine.own().value(), (byte) 0);
                Arrays.fill(mine.next().value(), (byte) 0);
            }
        }
    }

    private FairMessage.Component component(int index, byte[] value) {
        long[] salt = new long[SALT_WORDS];
        operation.stream(index, "salt").words(salt, 0, SALT_WORDS);
        return new FairMessage.Component(value, Words.encode(salt));
    }

    /** Step 1. What this party can compute it has not to ask for. */
    private byte[] compareHashes(FairMessage.Opened mine) {
        byte[] own = statement.hash(self.index(), mine.own());
        byte[] next = statement.hash(self.next().index(), mine.next());
        operation.send(self.next(), HASH, own.clone());
        operation.send(self.previous(), HASH, next.clone());
        byte[] first = operation.receive(self.previous(), HASH, FairStatement.HASH_BYTES);
        byte[] second = operation.receive(self.next(), HASH, FairStatement.HASH_BYTES);
        require(MessageDigest.isEqual(first, second), Reason.HOLDERS_DISAGREE, HASH);
        byte[] hashes = new byte[FairStatement.HASHES_BYTES];
        put(hashes, self.index(), own);
        put(hashes, self.next().index(), next);
        put(hashes, self.previous().index(), first);
        return hashes;
    }

    /** Step 2. Journalling takes time too, so the clock is read after it. */
    private FairMessage.Ready ready(FairTimes times, byte[] hashes) {
        byte[] signature = ports.signatures().sign(statement.ready(self, times, hashes));
        FairMessage.Ready ready = new FairMessage.Ready(statement.epoch(), times, hashes, signature);
        ports.journal().ready(ready);
        boolean arrives = ports.clock().millis() + ports.limits().travel() <= times.ready();
        requireReady(arrives, "too late for READY");
        ports.bulletin().post(ready);
        return ready;
    }

    private byte[] missing(FairReading reading, byte[] hashes) throws InterruptedException {
        int component = self.previous().index();
        int from = component * FairStatement.HASH_BYTES;
        Optional<FairMessage.Component> found =
                reading.await(component, Arrays.copyOfRange(hashes, from, from + FairStatement.HASH_BYTES));
        return found.orElseThrow(() -> abort(Reason.TIMEOUT, "component " + component))
                .value();
    }

    private void requireReady(boolean holds, String what) {
        if (!holds) {
            ports.journal().aborted();
        }
        require(holds, Reason.CHECK_FAILED, what);
    }

    private static void put(byte[] hashes, int component, byte[] hash) {
        System.arraycopy(hash, 0, hashes, component * FairStatement.HASH_BYTES, FairStatement.HASH_BYTES);
    }

    private void require(boolean holds, Reason reason, String what) {
        if (!holds) {
            throw abort(reason, what);
        }
    }

    private ProtocolAbortException abort(Reason reason, String what) {
        return new ProtocolAbortException(reason, null, operation.path() + "/" + what);
    }
}
