package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.zk.rule.PublicPart;
import io.veilflow.zk.rule.PublicWords;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a registry has fixed for a window of a job, for parties and auditors to hold against the job file.
 *
 * @param verifier address, 20 bytes
 * @param keyDigest keccak256 of the verifying key
 * @param basisDigest SHA-256 of the commitment basis
 * @param groupKey signs for the group, compressed, 33 bytes
 * @param outputs where the outputs stand
 * @param wordBits bits in use of each variable word
 * @param parameterWords 32 bytes each
 * @param policy times and price checks
 */
public record RegisteredTerms(
        ByteString verifier,
        ByteString keyDigest,
        ByteString ruleHash,
        ByteString basisDigest,
        ByteString groupKey,
        OutputShape outputs,
        List<Integer> wordBits,
        List<ByteString> parameterWords,
        RegisteredPolicy policy) {
    private static final int WORD = 32;

    public RegisteredTerms {
        wordBits = List.copyOf(wordBits);
        parameterWords = List.copyOf(parameterWords);
    }

    /** What the registry must hold for this job, with this verifier. */
    public static RegisteredTerms of(JobTerms terms, ByteString verifier) {
        JobDefinition job = terms.definition();
        PublicWords words = terms.rule().publicWords();
        return new RegisteredTerms(
                verifier,
                job.keyDigest(),
                terms.ruleHash(),
                job.basisDigest(),
                job.group().resultKey(),
                OutputShape.of(words),
                wordBits(words),
                parameterWords(terms),
                RegisteredPolicy.of(terms));
    }

    /** The same terms, signed for with another key. */
    public RegisteredTerms withGroupKey(ByteString other) {
        return new RegisteredTerms(
                verifier, keyDigest, ruleHash, basisDigest, other, outputs, wordBits, parameterWords, policy);
    }

    /**
     * Names of the parts in which the two differ, the verifier's address apart (its key counts). Empty: the registry holds
     * the same terms.
     */
    public List<String> differencesTo(RegisteredTerms other) {
        List<String> names = new ArrayList<>();
        compare(names, "key digest", keyDigest, other.keyDigest);
        compare(names, "rule hash", ruleHash, other.ruleHash);
        compare(names, "basis digest", basisDigest, other.basisDigest);
        compare(names, "group key", groupKey, other.groupKey);
        compare(names, "outputs", outputs, other.outputs);
        compare(names, "word bits", wordBits, other.wordBits);
        compare(names, "parameter words", parameterWords, other.parameterWords);
        compare(names, "policy", policy, other.policy);
        return names;
    }

    private static void compare(List<String> names, String name, Object own, Object other) {
        if (!own.equals(other)) {
            names.add(name);
        }
    }

    /** Parts follow each other without gaps, so a word's bits in use end with its last part. */
    private static List<Integer> wordBits(PublicWords words) {
        Integer[] bits = new Integer[words.variableWords()];
        for (PublicPart part : words.parts()) {
            if (part.word() < bits.length) {
                bits[part.word()] = part.offset() + part.width();
            }
        }
        return List.of(bits);
    }

    /** Words of the rule's PARAMETER inputs, the same in every window, 32 bytes each. */
    public static List<ByteString> parameterWords(JobTerms terms) {
        List<BigInteger> feedValues = Collections.nCopies(terms.feedInputs().size(), BigInteger.ZERO);
        List<BigInteger> publicInputs = terms.publicInputs(feedValues);
        return terms.rule().publicWords().packParameters(publicInputs).stream()
                .map(word -> Hex.number(word, WORD))
                .toList();
    }
}
