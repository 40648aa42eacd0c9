package io.veilflow.pipeline.bench;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;

/** What can be measured. */
public enum Benchmark {
    COMPARISON64(
            "comparison64", 1 << 18, 40, 15, "a < b of 64-bit values from integer shares", ComparisonWorkload::new),
    COMPARISON64_SMALL("comparison64-small", 1_000, 4_000, 301, "the same in a small batch", ComparisonWorkload::new),
    AND("and", 1 << 24, 40, 15, "AND of bits", AndWorkload::new),
    MULTIPLY_FR(
            "multiplyFr",
            1 << 16,
            40,
            15,
            "products in the scalar field of BN254",
            (self, batch) -> new ProductWorkload(PrimeField.FR, self, batch)),
    MULTIPLY_F61(
            "multiplyF61",
            1 << 20,
            40,
            15,
            "products modulo 2^61 - 1",
            (self, batch) -> new ProductWorkload(PrimeField.P61, self, batch)),
    BIT_TO_FR("bitToFr", 1 << 16, 40, 15, "shared bits into the scalar field", BitToFrWorkload::new),
    FROST_SIGN("frostSign", 1, 400, 101, "signatures of two parties, over their link", FrostSignWorkload::new),
    FROST_KEY_GENERATION(
            "frostKeyGeneration", 1, 200, 101, "group keys of three parties", FrostKeyGenerationWorkload::new),
    ECDSA_PRESIGN("ecdsaPresign", 64, 40, 15, "presignatures of the group's account", PresignatureWorkload::new),
    ECDSA_SIGN(
            "ecdsaSign",
            1,
            200,
            101,
            "its signatures, one after another, presignatures included",
            SignatureWorkload::new);

    private final String text;
    private final int batch;
    private final Runs runs;
    private final String what;
    private final BiFunction<PartyId, Integer, Workload> workload;

    Benchmark(
            String text,
            int batch,
            int warmUps,
            int runs,
            String what,
            BiFunction<PartyId, Integer, Workload> workload) {
        this.text = text;
        this.batch = batch;
        this.runs = new Runs(warmUps, runs);
        this.what = what;
        this.workload = workload;
    }

    public static Optional<Benchmark> of(String text) {
        return Arrays.stream(values())
                .filter(benchmark -> benchmark.text.equals(text))
                .findFirst();
    }

    public String text() {
        return text;
    }

    /** Whether it exists in this profile: nothing is signed over products that nobody verifies. */
    public boolean isIn(Profile profile) {
        return profile == Profile.M || this != ECDSA_PRESIGN && this != ECDSA_SIGN;
    }

    /** Items of one run. */
    public int batch() {
        return batch;
    }

    public Runs runs() {
        return runs;
    }

    public String what() {
        return what;
    }

    Workload workload(PartyId self, int batch) {
        return workload.apply(self, batch);
    }
}
