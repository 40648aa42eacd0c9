package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.WindowRegistry;
import io.veilflow.pipeline.post.RegisteredPolicy.RegisteredPriceCheck;
import java.math.BigInteger;

/** {@link RegisteredTerms} as the registry's wrapper carries them. */
final class ContractTerms {
    private static final int WORD = 32;
    /** First byte of a compressed point with even y. */
    private static final int EVEN = 2;

    private ContractTerms() {}

    static WindowRegistry.GroupKey key(RegisteredTerms terms) {
        return new WindowRegistry.GroupKey(
                Hex.number(terms.groupKey().substring(1)),
                BigInteger.valueOf(terms.groupKey().byteAt(0) - EVEN));
    }

    static WindowRegistry.JobTerms write(RegisteredTerms terms) {
        RegisteredPolicy policy = terms.policy();
        return new WindowRegistry.JobTerms(
                Hex.text(terms.verifier()),
                terms.keyDigest().toByteArray(),
                terms.ruleHash().toByteArray(),
                terms.basisDigest().toByteArray(),
                BigInteger.valueOf(terms.outputs().words()),
                BigInteger.valueOf(terms.outputs().bits()),
                terms.wordBits().stream().map(BigInteger::valueOf).toList(),
                terms.parameterWords().stream().map(Hex::number).toList(),
                new WindowRegistry.WindowPolicy(
                        BigInteger.valueOf(policy.startMillis()),
                        BigInteger.valueOf(policy.windowMillis()),
                        BigInteger.valueOf(policy.proofDeadlineMillis()),
                        BigInteger.valueOf(policy.rotationDelaySeconds())),
                policy.priceChecks().stream().map(ContractTerms::write).toList());
    }

    static RegisteredTerms read(WindowRegistry.JobTerms terms, BigInteger keyX, BigInteger keyParity) {
        ByteString prefix = ByteString.copyFrom(new byte[] {(byte) (EVEN + keyParity.intValueExact())});
        return new RegisteredTerms(
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
                        terms.priceChecks.stream().map(ContractTerms::read).toList()));
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
