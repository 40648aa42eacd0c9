package io.veilflow.nativelib;

import java.nio.ByteBuffer;

/**
 * One party's joint prover beside gnark's own prover, each alone on the machine; wall times in nanoseconds, medians.
 *
 * @param walk witness walk and the terms of the row check
 * @param transform the quotient of the rows
 * @param multiply the multi-scalar multiplications
 * @param party all steps of the party
 * @param gnark gnark's prover on the same inputs, which are mostly small numbers
 * @param gnarkDense gnark's prover on random numbers in the same number of wires and rows: what a share is
 */
public record ProverTimes(long walk, long transform, long multiply, long party, long gnark, long gnarkDense) {
    static ProverTimes decode(byte[] encoded) {
        if (encoded.length != 6 * Long.BYTES) {
            throw new NativeException(NativeStatus.INTERNAL, "times of " + encoded.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(encoded);
        return new ProverTimes(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }
}
