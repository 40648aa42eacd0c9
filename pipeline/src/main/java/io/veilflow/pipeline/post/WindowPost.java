package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultMessage;

/**
 * A window's proven result: everything that one call of {@code postWindow} carries.
 *
 * @param message the signed statement, proven
 * @param proof {@code A || B || C || D || PoK}, 384 bytes, or {@code A || B || C || D || D2 || PoK}, 448; D is the statement's
 * @param signature of the group over the statement, {@value AttestedPost#SIGNATURE_BYTES} bytes
 */
public record WindowPost(ResultMessage message, ByteString proof, ByteString signature) implements Post {
    /** Of a proof with one in-proof commitment, and of one with two. */
    public static final int PROOF_BYTES = 384;

    public static final int LONG_PROOF_BYTES = 448;
    private static final int COMMITMENT_OFFSET = 256;
    private static final int COMMITMENT_BYTES = 64;

    public WindowPost {
        if (message.assurance() != Assurance.PROVEN) {
            throw new IllegalArgumentException("the statement says " + message.assurance());
        }
        if (proof.size() != LONG_PROOF_BYTES) {
            require("proof", proof, PROOF_BYTES);
        }
        if (!commitment(proof).equals(message.commitment())) {
            throw new IllegalArgumentException("the proof's commitment is not the statement's");
        }
        require("signature", signature, AttestedPost.SIGNATURE_BYTES);
    }

    /** D of a proof, {@code x || y}. */
    public static ByteString commitment(ByteString proof) {
        return proof.substring(COMMITMENT_OFFSET, COMMITMENT_OFFSET + COMMITMENT_BYTES);
    }

    @Override
    public long chainId() {
        return message.chainId();
    }

    @Override
    public ByteString registry() {
        return message.registry();
    }

    @Override
    public ByteString jobId() {
        return message.jobId();
    }

    @Override
    public long window() {
        return message.window();
    }

    @Override
    public <R> R read(Reader<R> reader) {
        return reader.proven(this);
    }

    private static void require(String name, ByteString value, int length) {
        if (value.size() != length) {
            throw new IllegalArgumentException(name + " has " + value.size() + " bytes, expected " + length);
        }
    }
}
