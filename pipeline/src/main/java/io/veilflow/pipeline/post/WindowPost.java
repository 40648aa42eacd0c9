package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultKey;
import io.veilflow.pipeline.sign.ResultMessage;
import java.util.List;

/**
 * A window's proven result: everything that one call of {@code postWindow} carries.
 *
 * @param message the signed statement, proven
 * @param proof {@code A || B || C || D || PoK}, 384 bytes, or {@code A || B || C || D || D2 || PoK}, 448; D is the statement's
 * @param signatures of two parties over the statement, by ascending party index, 65 bytes each
 */
public record WindowPost(ResultMessage message, ByteString proof, List<ByteString> signatures) implements Post {
    /** Of a proof with one in-proof commitment, and of one with two. */
    public static final int PROOF_BYTES = 384;

    public static final int LONG_PROOF_BYTES = 448;
    public static final int SIGNATURES = 2;
    private static final int COMMITMENT_OFFSET = 256;
    private static final int COMMITMENT_BYTES = 64;

    public WindowPost {
        signatures = List.copyOf(signatures);
        if (message.assurance() != Assurance.PROVEN) {
            throw new IllegalArgumentException("the statement says " + message.assurance());
        }
        if (proof.size() != LONG_PROOF_BYTES) {
            require("proof", proof, PROOF_BYTES);
        }
        if (!commitment(proof).equals(message.commitment())) {
            throw new IllegalArgumentException("the proof's commitment is not the statement's");
        }
        if (signatures.size() != SIGNATURES) {
            throw new IllegalArgumentException(signatures.size() + " signatures, expected " + SIGNATURES);
        }
        for (ByteString signature : signatures) {
            require("signature", signature, ResultKey.SIGNATURE_BYTES);
        }
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
