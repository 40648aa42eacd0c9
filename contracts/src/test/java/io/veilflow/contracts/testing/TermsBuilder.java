package io.veilflow.contracts.testing;

import io.veilflow.contracts.WindowRegistry.JobTerms;
import io.veilflow.contracts.WindowRegistry.PriceCheck;
import io.veilflow.contracts.WindowRegistry.WindowPolicy;
import java.math.BigInteger;
import java.util.List;

/** Terms of a job, each part of which a test may change. Windows of a minute from 1970 on; no result without a proof. */
public final class TermsBuilder {
    public static final long WINDOW_MILLIS = 60_000;

    private String verifier;
    private byte[] keyDigest;
    private byte[] ruleHash;
    private int outputWords;
    private int outputBits;
    private List<Integer> wordBits = List.of();
    private List<BigInteger> parameterWords = List.of();
    private long startMillis;
    private long windowMillis = WINDOW_MILLIS;
    private long proofDeadlineMillis;
    private long rotationDelaySeconds;
    private List<PriceCheck> priceChecks = List.of();

    TermsBuilder(String verifier, byte[] keyDigest, byte[] ruleHash) {
        verifier(verifier, keyDigest);
        rule(ruleHash);
    }

    public TermsBuilder verifier(String address, byte[] digest) {
        verifier = address;
        keyDigest = digest.clone();
        return this;
    }

    public TermsBuilder rule(byte[] hash) {
        ruleHash = hash.clone();
        return this;
    }

    public TermsBuilder outputs(int words, int bits, List<Integer> bitsOfWords) {
        outputWords = words;
        outputBits = bits;
        wordBits = bitsOfWords;
        return this;
    }

    public TermsBuilder parameters(List<BigInteger> words) {
        parameterWords = words;
        return this;
    }

    public TermsBuilder windows(long start, long length) {
        startMillis = start;
        windowMillis = length;
        return this;
    }

    public TermsBuilder proofDeadline(long millis) {
        proofDeadlineMillis = millis;
        return this;
    }

    public TermsBuilder rotationDelay(long seconds) {
        rotationDelaySeconds = seconds;
        return this;
    }

    public TermsBuilder priceChecks(PriceCheck... checks) {
        priceChecks = List.of(checks);
        return this;
    }

    public JobTerms build() {
        return new JobTerms(
                verifier,
                keyDigest,
                ruleHash,
                TestJob.hash("basis"),
                BigInteger.valueOf(outputWords),
                BigInteger.valueOf(outputBits),
                wordBits.stream().map(BigInteger::valueOf).toList(),
                parameterWords,
                new WindowPolicy(
                        BigInteger.valueOf(startMillis),
                        BigInteger.valueOf(windowMillis),
                        BigInteger.valueOf(proofDeadlineMillis),
                        BigInteger.valueOf(rotationDelaySeconds)),
                priceChecks);
    }
}
