package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.config.PartyConfiguration;
import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.identity.Passphrase;
import io.veilflow.pipeline.job.GroupKeys;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.key.GroupKeyStore;
import io.veilflow.pipeline.key.GroupShare;
import io.veilflow.pipeline.key.KeyPurpose;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a party holds in secret: its identity, and its shares of the group's keys. One passphrase opens all, and is read once.
 *
 * @param result of the key that signs results
 * @param nextResult of the key that follows it, while a rotation is under way
 * @param account of the group's Ethereum account, if the job has one
 * @param sign of the signing service's key, if the job has one
 */
record OpenedKeys(
        PartyIdentity identity,
        GroupShare result,
        Optional<GroupShare> nextResult,
        Optional<GroupShare> account,
        Optional<GroupShare> sign)
        implements AutoCloseable {
    /**
     * Opens and checks against the job; what is wrong is noted.
     *
     * @return empty if something is wrong
     */
    static Optional<OpenedKeys> open(PartyConfiguration configuration, Optional<JobTerms> terms, StartChecks checks) {
        return checks.attempt("passphraseFile", () -> Passphrase.read(configuration.passphraseFile()))
                .flatMap(passphrase -> {
                    try (passphrase) {
                        return new Opening(configuration, passphrase, checks).open(terms);
                    }
                });
    }

    /** The next result key, 33 bytes, if this party has a share of it. */
    Optional<ByteString> nextResultKey() {
        return nextResult.map(share -> ByteString.copyFrom(share.key().point()));
    }

    @Override
    public void close() {
        identity.close();
        result.close();
        Stream.of(nextResult, account, sign).flatMap(Optional::stream).forEach(GroupShare::close);
    }

    @Override
    public String toString() {
        return "OpenedKeys[" + identity.name() + "]";
    }

    private record Opening(PartyConfiguration configuration, Passphrase passphrase, StartChecks checks) {
        Optional<OpenedKeys> open(Optional<JobTerms> terms) {
            PartyId party = configuration.party();
            Optional<PartyIdentity> identity =
                    checks.attempt("keyFile", () -> IdentityFile.openParty(configuration.keyFile(), party, passphrase));
            terms.ifPresent(known -> identity.ifPresent(opened -> checks.requireEnrolled(
                    opened.publicIdentity(), known.definition().party(party))));
            Optional<GroupKeys> group = terms.map(known -> known.definition().group());
            Optional<GroupShare> result = share(
                    KeyPurpose.RESULT,
                    Optional.of(configuration.resultKeyStore()),
                    group.map(GroupKeys::resultKey),
                    group.isPresent());
            Optional<GroupShare> nextResult = configuration
                    .nextResultKeyStore()
                    .flatMap(file -> checks.attempt(
                            "nextResultKeyStore",
                            () -> GroupKeyStore.openShare(file, KeyPurpose.RESULT, party, passphrase)));
            Optional<GroupShare> account = share(
                    KeyPurpose.ACCOUNT,
                    configuration.accountKeyStore(),
                    group.flatMap(GroupKeys::accountKey),
                    group.isPresent());
            Optional<GroupShare> sign = share(
                    KeyPurpose.SIGN,
                    configuration.signKeyStore(),
                    group.flatMap(GroupKeys::signKey),
                    group.isPresent());
            return identity.flatMap(
                    opened -> result.map(share -> new OpenedKeys(opened, share, nextResult, account, sign)));
        }

        private Optional<GroupShare> share(
                KeyPurpose purpose, Optional<Path> store, Optional<ByteString> enrolled, boolean known) {
            String setting = purpose.text() + "KeyStore";
            if (known && store.isPresent() != enrolled.isPresent()) {
                checks.refuse(
                        setting,
                        store.isPresent()
                                ? "there is a store of the " + purpose.text() + " key, and the job has no such key;"
                                        + " leave it out"
                                : "the job has a " + purpose.text() + " key, and the configuration names no "
                                        + setting);
            }
            Optional<GroupShare> share = store.flatMap(file -> checks.attempt(
                    setting, () -> GroupKeyStore.openShare(file, purpose, configuration.party(), passphrase)));
            share.ifPresent(opened -> enrolled.ifPresent(key -> checks.requireGroupKey(opened.key(), key)));
            return share;
        }
    }
}
