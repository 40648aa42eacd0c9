package io.veilflow.zk.key;

import io.veilflow.nativelib.CircuitSummary;
import io.veilflow.nativelib.NativeProver;
import io.veilflow.nativelib.ProvingKeyHandle;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.statement.CircuitLayout;
import java.util.Arrays;

/**
 * All keys of one job's rule, with the circuit they belong to and where they come from. Nothing in here is secret, but a
 * key of {@link SetupOrigin#UNSAFE_LOCAL} convinces nobody who distrusts the machine that made it. Thread-safe.
 */
public final class JobKeys {
    private final Rule rule;
    private final CircuitSummary circuit;
    private final SetupOrigin origin;
    private final byte[] provingKey;
    private final VerifyingKey verifyingKey;
    private final CommitmentBasis basis;

    JobKeys(Rule rule, CircuitSummary circuit, KeyFile file) {
        this.rule = rule;
        this.circuit = circuit;
        this.origin = file.origin();
        this.provingKey = file.provingKey();
        this.verifyingKey = VerifyingKey.of(file.verifyingKey());
        this.basis = CommitmentBasis.of(file.basis());
        CircuitLayout layout = CircuitLayout.of(rule);
        layout.requireSame(rule, circuit);
        if (verifyingKey.publicInputs() != 1 + layout.words()
                || verifyingKey.commitments() != circuit.commitments()
                || basis.wires() != layout.book()) {
            throw new KeyException(
                    KeyException.Reason.MALFORMED,
                    "keys with " + verifyingKey.publicInputs() + " public inputs, " + verifyingKey.commitments()
                            + " commitments and " + basis.wires() + " basis points for " + layout);
        }
    }

    public Rule rule() {
        return rule;
    }

    public CircuitSummary circuit() {
        return circuit;
    }

    public CircuitLayout layout() {
        return CircuitLayout.of(rule);
    }

    public SetupOrigin origin() {
        return origin;
    }

    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    public CommitmentBasis basis() {
        return basis;
    }

    /** Checks the proving key on the native side and keeps it there; the caller closes it. Takes a while: once a process. */
    public ProvingKeyHandle loadProvingKey() {
        return NativeProver.loadProvingKey(rule.canonicalBytes(), provingKey, verifyingKey.bytes());
    }

    /** @throws KeyException DIGEST_MISMATCH if these are not the keys that the job names */
    public JobKeys requireDigests(byte[] keyDigest, byte[] basisDigest) {
        if (!Arrays.equals(keyDigest, verifyingKey.digest())) {
            throw new KeyException(KeyException.Reason.DIGEST_MISMATCH, this + ": the job names another key");
        }
        basis.requireDigest(basisDigest);
        return this;
    }

    /** @throws KeyException UNSAFE if these keys come from a local setup */
    public JobKeys requireCeremony() {
        if (origin != SetupOrigin.CEREMONY) {
            throw new KeyException(KeyException.Reason.UNSAFE, this + ": a key of a ceremony is needed");
        }
        return this;
    }

    @Override
    public String toString() {
        return origin.warning() + ", " + verifyingKey + " of " + rule;
    }
}
