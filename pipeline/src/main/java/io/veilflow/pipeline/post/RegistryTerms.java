package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.WindowRegistry;
import io.veilflow.pipeline.post.RegisteredPolicy.RegisteredPriceCheck;
import java.math.BigInteger;

/** A {@link RegisteredJob} as the registry's wrapper carries it. */
final class RegistryTerms {
    private static final int WORD = 32;
    /** First byte of a compressed point with even y. */
    private static final int EVEN = 2;

    private RegistryTerms() {}

    static WindowRegistry.GroupKey key(RegisteredJob job) {
        return new WindowRegistry.GroupKey(
                Hex.number(job.groupKey().substring(1)),
                BigInteger.valueOf(job.groupKey().byteAt(0) - EVEN));
    }

    static WindowRegistry.JobTerms write(RegisteredJob job) {
        RegisteredPolicy policy = job.policy();
        return new WindowRegistry.JobTerms(
                Hex.text(job.verifier()),
                job.keyDigest().toByteArray(),
                job.ruleHash().toByteArray(),
                job.basisDigest().toByteArray(),
                BigInteger.valueOf(job.outputs().words()),
                BigInteger.valueOf(job.outputs().bits()),
                job.wordBits().stream().map(BigInteger::valueOf).toList(),
                job.parameterWords().stream().map(Hex::number).toList(),
                new WindowRegistry.WindowPolicy(
                        BigInteger.valueOf(policy.startMillis()),
                        BigInteger.valueOf(policy.windowMillis()),
                        BigInteger.valueOf(policy.proofDeadlineMillis()),
                        BigInteger.valueOf(policy.rotationDelaySeconds())),
                policy.priceChecks().stream().map(RegistryTerms::write).toList());
    }

    static RegisteredJob read(WindowRegistry.JobTerms terms, BigInteger keyX, BigInteger keyParity) {
        ByteString prefix = ByteString.copyFrom(new byte[] {(byte) (EVEN + keyParity.intValueExact())});
        return new RegisteredJob(
                Hex.bytes(terms.verifier),
                ByteString.copyFrom(terms.keyDigest),
                ByteString.copyFrom(terms.ruleHash),
                ByteString.copyFrom(terms.basisDigest),
                prefix.concat(Hex.number(keyX, WORD)),
                new OutputShape(terms.outputWords.intValueExact(), terms.outputBits.intValueExact()),
                terms.wordBits.stream().map(BigInteger::intValueExact).toList(),
                terms.parameterWords.stream()
                        .map(word -> Hex.number(word, WORD))
                        .toList(),
                new RegisteredPolicy(
                        terms.policy.startMillis.longValueExact(),
                        terms.policy.windowMillis.longValueExact(),
                        terms.policy.proofDeadlineMillis.longValueExact(),
                        terms.policy.rotationDelaySeconds.longValueExact(),
                        terms.priceChecks.stream().map(RegistryTerms::read).toList()));
    }

    private static WindowRegistry.PriceCheck write(RegisteredPriceCheck check) {
        return new WindowRegistry.PriceCheck(
                Hex.text(check.feed()),
                BigInteger.valueOf(check.place().word()),
                BigInteger.valueOf(check.place().offset()),
                BigInteger.valueOf(check.place().bits()),
                BigInteger.valueOf(check.decimals()),
                BigInteger.valueOf(check.maximumDeviationBps()),
                BigInteger.valueOf(check.maximumAgeSeconds()));
    }

    private static RegisteredPriceCheck read(WindowRegistry.PriceCheck check) {
        return new RegisteredPriceCheck(
                Hex.bytes(check.feed),
                new PublishedPlace(
                        check.word.intValueExact(), check.offset.intValueExact(), check.bits.intValueExact()),
                check.decimals.intValueExact(),
                check.deviationBasisPointsMax.intValueExact(),
                check.ageSecondsMax.longValueExact());
    }
}
