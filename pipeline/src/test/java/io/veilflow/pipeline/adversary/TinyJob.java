package io.veilflow.pipeline.adversary;

import com.google.protobuf.ByteString;
import io.veilflow.datasets.schema.Asset;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.nativelib.ProvingKeyHandle;
import io.veilflow.pipeline.board.SampleWriters;
import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.identity.KdfParameters;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.identity.PublicIdentity;
import io.veilflow.pipeline.job.ChainBinding;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.EnrolledFeeder;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.Environment;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.PostingPolicy;
import io.veilflow.pipeline.job.SampleJob;
import io.veilflow.pipeline.job.WindowPolicy;
import io.veilflow.pipeline.submission.DecryptionKey;
import io.veilflow.pipeline.submission.EncryptionPublicKey;
import io.veilflow.zk.key.JobKeys;
import io.veilflow.zk.key.KeyCache;
import io.veilflow.zk.rule.job.MarketHealthRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The smallest job there is, with its keys: one asset, two contributors with one slot each. Serves one world after the other. */
final class TinyJob implements AutoCloseable {
    private static final long CHAIN_ID = 31_337;
    private static final int PORTS_BELOW = 32_000;
    private static final int PORTS_FROM = 20_000;

    private final JobKeys keys;
    private final ProvingKeyHandle provingKey;
    private final List<PartyIdentity> identities = new ArrayList<>();
    private final JobTerms terms;

    /** A job that takes proven results only. */
    TinyJob(Path directory, Path keyCache, Profile profile) {
        this(directory, keyCache, profile, PostingPolicy.provenOnly());
    }

    TinyJob(Path directory, Path keyCache, Profile profile, PostingPolicy posting) {
        make(directory);
        keys = new KeyCache(keyCache).keysOf(MarketHealthRule.of(1, 2).rule());
        provingKey = keys.loadProvingKey();
        SecureRandom random = new SecureRandom();
        for (PartyId party : PartyId.values()) {
            Path passphrase = directory.resolve(EnrolledParty.writer(party) + ".pass");
            Path file = directory.resolve(EnrolledParty.writer(party) + ".keys");
            IdentityFile.createPassphrase(passphrase, random);
            IdentityFile.createParty(file, party, passphrase, new KdfParameters(16 << 10, 1, 1), Instant.now(), random);
            identities.add(IdentityFile.openParty(file, party, passphrase));
        }
        terms = new JobTerms(definition(profile, posting, random));
    }

    JobTerms terms() {
        return terms;
    }

    JobKeys keys() {
        return keys;
    }

    ProvingKeyHandle provingKey() {
        return provingKey;
    }

    List<PartyIdentity> identities() {
        return identities;
    }

    List<EncryptionPublicKey> encryptionKeys() {
        List<EncryptionPublicKey> known = new ArrayList<>();
        for (PartyIdentity identity : identities) {
            try (DecryptionKey key = new DecryptionKey(identity.exposeEncryptionKey())) {
                known.add(key.publicKey());
            }
        }
        return known;
    }

    @Override
    public void close() {
        identities.forEach(PartyIdentity::close);
        provingKey.close();
    }

    private static void make(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private JobDefinition definition(Profile profile, PostingPolicy posting, SecureRandom random) {
        List<EnrolledParty> parties = new ArrayList<>();
        for (PartyIdentity identity : identities) {
            PublicIdentity known = identity.publicIdentity();
            PublicIdentity.PartyKeys partyKeys = known.party().orElseThrow();
            parties.add(new EnrolledParty(
                    identity.party(),
                    "127.0.0.1",
                    freePort(random),
                    ByteString.copyFrom(known.identityKey().bytes()),
                    ByteString.copyFrom(partyKeys.certificatePin())));
        }
        return new JobDefinition(
                "market-health",
                profile,
                Environment.DEVELOPMENT,
                SampleJob.market(List.of(new Asset("weth", 6, 8_250)), 500, 2_500, 6_000),
                List.of(
                        new EnrolledContributor(
                                WindowWorld.GOOD_BANK, SampleWriters.publicKey(WindowWorld.GOOD_BANK), 0, 0, 1),
                        new EnrolledContributor(
                                WindowWorld.BAD_BANK, SampleWriters.publicKey(WindowWorld.BAD_BANK), 0, 1, 1)),
                parties,
                SampleJob.group(),
                new EnrolledFeeder("feeder", SampleWriters.publicKey("feeder")),
                new WindowPolicy(0, 1_000, 1, OptionalInt.empty(), 4, posting),
                new ChainBinding(CHAIN_ID, ByteString.copyFrom(new byte[20])),
                ByteString.copyFrom(keys.verifyingKey().digest()),
                ByteString.copyFrom(keys.basis().digest()));
    }

    /** Below the range that the system gives to outgoing connections: worlds bind it again and again. */
    private static int freePort(SecureRandom random) {
        while (true) {
            int port = PORTS_FROM + random.nextInt(PORTS_BELOW - PORTS_FROM);
            try (ServerSocket free = new ServerSocket(port)) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // the next one, then
            }
        }
    }
}
