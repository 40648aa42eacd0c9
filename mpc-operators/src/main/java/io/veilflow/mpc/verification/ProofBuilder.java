package io.veilflow.mpc.verification;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.ledger.AndProducts;
import io.veilflow.mpc.ledger.FieldProducts;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds this party's role in each proof of a part of the ledger and builds its view of the statement. Proofs come in
 * the order in which they speak within a round: by prover, then ANDs, then the fields.
 */
final class ProofBuilder {
    private final Operation operation;
    private final String name;
    private final LedgerPart part;
    private final Map<PrimeField, Interpolation> interpolations = new HashMap<>();

    ProofBuilder(Operation operation, String name, LedgerPart part) {
        this.operation = operation;
        this.name = name;
        this.part = part;
    }

    List<Proof> build() {
        List<Proof> out = new ArrayList<>();
        for (PartyId prover : PartyId.values()) {
            if (part.words() > 0) {
                out.add(ands(prover));
            }
            for (LedgerPart.FieldPart field : part.fields()) {
                List<ProductRun> runs = field.runs().stream()
                        .filter(run -> !run.cheap() || prover == PartyId.P0)
                        .toList();
                if (!runs.isEmpty()) {
                    out.add(products(prover, field.products(), runs));
                }
            }
        }
        return out;
    }

    private Proof ands(PartyId prover) {
        ProofChannel channel = new ProofChannel(operation, PrimeField.P61, name, "and", prover);
        Interpolation interpolation = interpolation(PrimeField.P61);
        AndProducts ands = operation.ledger().ands();
        int from = part.firstWord();
        int words = part.words();
        Role role;
        if (operation.self() == prover) {
            role = new Prover(channel, AndStatement.ofProver(interpolation, ands, from, words));
        } else if (operation.self() == channel.left()) {
            role = new LeftVerifier(channel, AndStatement.ofLeft(interpolation, ands, from, words), interpolation);
        } else {
            role = new RightVerifier(channel, AndStatement.ofRight(interpolation, ands, from, words), interpolation);
        }
        return new Proof(role, Step.plan(AndStatement.sizeOf(words)));
    }

    private Proof products(PartyId prover, FieldProducts products, List<ProductRun> runs) {
        PrimeField field = products.field();
        ProofChannel channel = new ProofChannel(operation, field, name, field.label(), prover);
        Interpolation interpolation = interpolation(field);
        Role role;
        if (operation.self() == prover) {
            role = new Prover(
                    channel, new ProductStatement(ProductStatement.Part.PROVER, interpolation, products, runs));
        } else if (operation.self() == channel.left()) {
            role = new LeftVerifier(
                    channel,
                    new ProductStatement(ProductStatement.Part.LEFT, interpolation, products, runs),
                    interpolation);
        } else {
            role = new RightVerifier(
                    channel,
                    new ProductStatement(ProductStatement.Part.RIGHT, interpolation, products, runs),
                    interpolation);
        }
        return new Proof(role, Step.plan(ProductStatement.sizeOf(runs)));
    }

    private Interpolation interpolation(PrimeField field) {
        boolean ands = field == PrimeField.P61 && part.words() > 0;
        int largest = Step.pointsOf(ands ? AndSide.BLOCK : Step.LAST_BLOCK);
        return interpolations.computeIfAbsent(field, any -> new Interpolation(field, largest));
    }
}
