package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultKey;
import io.veilflow.pipeline.sign.ResultMessage;
import java.util.List;

/**
 * Everything that one call of {@code postWindow} carries. Public.
 *
 * @param jobId 32 bytes
 * @param window from 0
 * @param manifestRoot 32 bytes
 * @param variableWords outputs and feed values as packed public inputs, 32 bytes big-endian each
 * @param proof {@code A || B || C || D || PoK}, 384 bytes, or {@code A || B || C || D || D2 || PoK}, 448
 * @param signatures of two parties over the {@link ResultMessage}, by ascending party index, 65 bytes each
 */
public record WindowPost(
        ByteString jobId,
        long window,
        ByteString manifestRoot,
        List<ByteString> variableWords,
        ByteString proof,
        List<ByteString> signatures) {
    /** Of a proof with one in-proof commitment, and of one with two. */
    public static final int PROOF_BYTES = 384;

    public static final int LONG_PROOF_BYTES = 448;
    public static final int SIGNATURES = 2;
    private static final int HASH_BYTES = 32;
    private static final int COMMITMENT_OFFSET = 256;
    private static final int COMMITMENT_BYTES = 64;

    public WindowPost {
        variableWords = List.copyOf(variableWords);
        signatures = List.copyOf(signatures);
        require("job id", jobId, HASH_BYTES);
        require("manifest root", manifestRoot, HASH_BYTES);
        if (proof.size() != LONG_PROOF_BYTES) {
            require("proof", proof, PROOF_BYTES);
        }
        for (ByteString word : variableWords) {
            require("variable word", word, HASH_BYTES);
        }
        if (signatures.size() != SIGNATURES) {
            throw new IllegalArgumentException(signatures.size() + " signatures, expected " + SIGNATURES);
        }
        for (ByteString signature : signatures) {
            require("signature", signature, ResultKey.SIGNATURE_BYTES);
        }
    }

    /** D of the proof, {@code x || y}. */
    public ByteString commitment() {
        return proof.substring(COMMITMENT_OFFSET, COMMITMENT_OFFSET + COMMITMENT_BYTES);
    }

    /** The statement that this post makes at a registry. */
    public ResultMessage message(long chainId, ByteString registry, ByteString ruleHash) {
        return new ResultMessage(
                chainId,
                registry,
                jobId,
                window,
                manifestRoot,
                ruleHash,
                commitment(),
                variableWords,
                Assurance.PROVEN);
    }

    private static void require(String name, ByteString value, int length) {
        if (value.size() != length) {
            throw new IllegalArgumentException(name + " has " + value.size() + " bytes, expected " + length);
        }
    }
}
