package io.veilflow.mpc.verification;

import io.veilflow.mpc.ledger.Ledger;
import io.veilflow.mpc.session.Operation;
import java.util.List;

/**
 * Distributed zero-knowledge proofs that every product in the session's ledger is right (PROTOCOLS 4.5, after Boyle,
 * Gilboa, Ishai, Nof, ePrint 2019/1390). Each party proves its own products to the two others, who hold what it
 * multiplied and share coins that it lacks: per prover one proof for the ANDs (over F_p61) and one for the products of
 * each field.
 *
 * <p>Model: one of the three parties corrupted, malicious, static; security with abort. A prover's verifiers are then
 * both honest, or the prover is. Soundness: a wrong product passes with probability at most {@code (62 + 6*levels +
 * 10)/p} for ANDs, about 2^-54 for 2^24 of them, and {@code (6*levels + 11)/|F|} for products over F (1 of it for
 * their random weights); challenges are interactive, so nothing can be tried offline. Zero knowledge: a verifier sees
 * additive shares of G, masked last values, and sums that are zero.
 *
 * <p>Order (a) of 4.5, hashes of openings settled and inputs compared before this, is the caller's: {@code Opening}
 * compares at once, {@code InputAgreement} compares inputs. Order (b) is kept here: no verifier's clear values leave
 * before the prover has said that both verifiers told it the same.
 *
 * <p>Rounds: 2 per level, 5 for the last, 1 for the seed of products; the proofs run side by side. Bytes per proof: 2K
 * elements a level, K = 32 at the first level of ANDs, else 4; then 9 + 6 elements and 35 bytes: 1.2 KB for 2^20 ANDs.
 * Memory: 256 bytes a word of ANDs and a term of Fr, beside the ledger. {@code VerificationBenchmark} measures the
 * work.
 *
 * <p>More than 2^24 ANDs or 2^18 terms of a field are verified one part after another; the first bears the name
 * itself, the next ones {@code <name>/part/2}, {@code <name>/part/3}, .. A part holds whole sums.
 *
 * <p>Nothing in the ledger: no message. Failure condemns the ledger: nothing of the session can be opened any more.
 */
public final class Verification {
    private static final LedgerPart.Limits LIMITS = new LedgerPart.Limits(1 << 18, 1 << 18);

    private final Operation operation;
    private final String name;
    private final LedgerPart.Limits limits;

    /** @param name stands for PRSS streams and message labels: once in an operation */
    public Verification(Operation operation, String name) {
        this(operation, name, LIMITS);
    }

    Verification(Operation operation, String name, LedgerPart.Limits limits) {
        this.operation = operation;
        this.name = name;
        this.limits = limits;
    }

    /**
     * Verifies and empties the ledger.
     *
     * @throws io.veilflow.mpc.session.ProtocolAbortException CHECK_FAILED, accusing nobody, if a product is wrong or a message of a
     *     proof was changed; NOT_CANONICAL or LENGTH, naming the sender
     * @throws IllegalStateException if the name was used in this operation before
     */
    public void run() {
        Ledger ledger = operation.ledger();
        if (ledger.isSettled()) {
            return;
        }
        ledger.beginVerification(operation.path() + "/" + name);
        boolean passed = false;
        try {
            int count = 0;
            for (LedgerPart part : LedgerPart.of(ledger, limits)) {
                count++;
                verify(new ProofBuilder(operation, count == 1 ? name : name + "/part/" + count, part).build());
            }
            passed = true;
        } finally {
            if (passed) {
                ledger.wipe();
            } else {
                ledger.condemn();
            }
        }
    }

    private static void verify(List<Proof> proofs) {
        try {
            int rounds =
                    proofs.stream().mapToInt(proof -> proof.plan().size()).max().orElseThrow();
            for (int round = 0; round < rounds; round++) {
                for (Proof proof : proofs) {
                    proof.send(round);
                }
                for (Proof proof : proofs) {
                    proof.receive(round);
                }
            }
        } finally {
            proofs.forEach(proof -> proof.role().wipe());
        }
    }
}
