package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import java.util.List;

/**
 * What a registry fixed for a job at its registration, for the parties to hold against their own job file.
 *
 * @param verifier address, 20 bytes
 * @param keyDigest keccak256 of the verifying key
 * @param basisDigest SHA-256 of the commitment basis
 * @param resultAddresses of party 0, 1, 2, 20 bytes each
 * @param outputBits bits of all outputs together, at the bottom of variable word 0
 * @param wordBits bits in use of each variable word
 * @param parameterWords 32 bytes each
 */
public record RegisteredJob(
        ByteString verifier,
        ByteString keyDigest,
        ByteString ruleHash,
        ByteString basisDigest,
        List<ByteString> resultAddresses,
        int outputBits,
        List<Integer> wordBits,
        List<ByteString> parameterWords) {
    public RegisteredJob {
        resultAddresses = List.copyOf(resultAddresses);
        wordBits = List.copyOf(wordBits);
        parameterWords = List.copyOf(parameterWords);
    }
}
