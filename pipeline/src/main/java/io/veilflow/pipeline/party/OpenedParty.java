package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.config.PartyConfiguration;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.Environment;
import io.veilflow.pipeline.job.JobFile;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.EthereumChain;
import io.veilflow.pipeline.post.FeePolicy;
import io.veilflow.pipeline.post.PosterAccount;
import io.veilflow.pipeline.post.PosterOptions;
import io.veilflow.pipeline.service.OperatorLogs;
import io.veilflow.pipeline.service.SigningTerms;
import io.veilflow.zk.key.JobKeys;
import io.veilflow.zk.key.KeyCache;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a party process has opened and checked before anything is started. Whoever opened it closes secrets, chain and board.
 *
 * @param jobFile canonical bytes
 */
record OpenedParty(JobTerms terms, OpenedKeys secrets, JobKeys keys, EthereumChain chain, Board board, byte[] jobFile) {
    private static final Duration INCLUSION_DEADLINE = Duration.ofSeconds(30);

    /**
     * Opens and checks everything; nothing is started, sent or written.
     *
     * @throws ConfigurationException with every reason at once
     */
    static OpenedParty open(PartyConfiguration configuration) {
        StartChecks checks = new StartChecks();
        checks.requirePrivate("stateDirectory", configuration.stateDirectory());
        checks.requirePrivate("posterKeyFile", configuration.posterKeyFile());
        checks.requireNativeLibrary();
        checks.requireFree(configuration.operation());
        Optional<byte[]> jobFile = checks.attempt("jobFile", () -> jobFile(configuration));
        Optional<JobTerms> terms = jobFile.flatMap(bytes -> checks.attempt(
                "jobFile",
                () -> new JobTerms(JobFile.read(configuration.jobFile().toString(), bytes))));
        Optional<OpenedKeys> secrets = OpenedKeys.open(configuration, terms, checks);
        Optional<PosterAccount> account =
                checks.attempt("posterKeyFile", () -> PosterKeyFile.read(configuration.posterKeyFile()));
        Optional<Board> board = checks.attempt("boardDirectory", () -> FileBoard.open(configuration.boardDirectory()));
        terms.ifPresent(known -> requireNothingOfTests(configuration, known, checks));
        Optional<EthereumChain> chain = terms.flatMap(
                known -> account.flatMap(payer -> checks.attempt("rpcUrl", () -> chain(configuration, known, payer))));
        chain.ifPresent(known -> secrets.ifPresent(opened -> board.ifPresent(
                open -> checks.requireRegistered(known, terms.get(), rotatedKey(opened, terms.get(), open)))));
        Optional<JobKeys> keys =
                terms.flatMap(known -> checks.attempt("keyCacheDirectory", () -> keys(configuration, known)));
        checks.finish(EnrolledParty.writer(configuration.party()));
        return new OpenedParty(
                terms.orElseThrow(),
                secrets.orElseThrow(),
                keys.orElseThrow(),
                chain.orElseThrow(),
                board.orElseThrow(),
                jobFile.orElseThrow());
    }

    PartyIdentity identity() {
        return secrets.identity();
    }

    /** The next key, if this party has a share of it and operators have approved of it on this board. */
    private static Optional<ByteString> rotatedKey(OpenedKeys secrets, JobTerms terms, Board board) {
        return secrets.nextResultKey().filter(key -> new SigningTerms(terms)
                .approvedRotations(new OperatorLogs(terms.definition(), board).read()).stream()
                        .anyMatch(rotation -> rotation.newKey().equals(key)));
    }

    private static void requireNothingOfTests(PartyConfiguration configuration, JobTerms terms, StartChecks checks) {
        if (terms.definition().environment() == Environment.PRODUCTION
                && configuration.frameTapFile().isPresent()) {
            checks.refuse("frameTapFile", "shows everything that leaves this party; no production job is run with it");
        }
    }

    private static byte[] jobFile(PartyConfiguration configuration) {
        try {
            return Files.readAllBytes(configuration.jobFile());
        } catch (IOException failed) {
            throw new ConfigurationException(
                    configuration.jobFile().toString(), List.of("cannot be read: " + failed.getMessage()));
        }
    }

    private static EthereumChain chain(PartyConfiguration configuration, JobTerms terms, PosterAccount account) {
        return EthereumChain.connect(
                configuration.chain().nodes(),
                terms.definition().chain().chainId(),
                terms.definition().chain().registry(),
                account,
                new PosterOptions(
                        configuration.chain().depth(),
                        INCLUSION_DEADLINE,
                        FeePolicy.ofGwei(configuration.chain().feeGweiMax())));
    }

    private static JobKeys keys(PartyConfiguration configuration, JobTerms terms) {
        return terms.definition()
                .environment()
                .keysOf(terms.rule(), new KeyCache(configuration.keyCacheDirectory()))
                .requireDigests(
                        terms.definition().keyDigest().toByteArray(),
                        terms.definition().basisDigest().toByteArray());
    }

    @Override
    public String toString() {
        return "OpenedParty[" + identity().name() + "]";
    }
}
