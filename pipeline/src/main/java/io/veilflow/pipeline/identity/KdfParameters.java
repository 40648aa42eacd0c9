package io.veilflow.pipeline.identity;

/**
 * Cost of Argon2id (RFC 9106). The parameters stand in the file; the bounds keep a foreign file from asking for memory
 * without end and a careless one from being cheap to guess.
 *
 * @param memoryKib 16 MiB to 1 GiB
 * @param passes 1 to 16
 * @param lanes 1 to 4
 */
public record KdfParameters(int memoryKib, int passes, int lanes) {
    public KdfParameters {
        if (memoryKib < 16 << 10 || memoryKib > 1 << 20 || passes < 1 || passes > 16 || lanes < 1 || lanes > 4) {
            throw new IllegalArgumentException("Argon2id with " + memoryKib + " KiB, " + passes + " passes, " + lanes
                    + " lanes is outside 16384..1048576, 1..16, 1..4");
        }
    }

    /** 64 MiB, 3 passes, 1 lane: the second recommended choice of RFC 9106, with one lane. */
    public static KdfParameters standard() {
        return new KdfParameters(64 << 10, 3, 1);
    }
}
