package io.veilflow.pipeline.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.datasets.generate.MarketGenerator;
import io.veilflow.datasets.schema.Book;
import io.veilflow.datasets.schema.Institution;
import io.veilflow.datasets.schema.Market;
import io.veilflow.datasets.schema.Position;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.RawLog;
import io.veilflow.pipeline.board.RecordSigner;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.contributor.BookEncoder;
import io.veilflow.pipeline.contributor.PartyKeys;
import io.veilflow.pipeline.feed.DecisionLedger;
import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.identity.IdentityKind;
import io.veilflow.pipeline.identity.SignerIdentity;
import io.veilflow.pipeline.identity.SigningKey;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.standard.MarketHealthJob;
import io.veilflow.pipeline.job.standard.MarketScenario;
import io.veilflow.pipeline.party.WindowReport;
import io.veilflow.pipeline.submission.BasisCommitments;
import io.veilflow.pipeline.submission.ComponentCommitments;
import io.veilflow.pipeline.wire.Ciphertext;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.Submission;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of four institutions cheats in every way a contributor can, against three real parties: each record is refused for
 * its own reason and by its name, and the window of the others is posted (THREATS A1 to A8, A18, A21).
 */
class MisbehavingContributorITCase {
    private static final int CHEATER = 0;
    private static final long LIMIT_SECONDS = 120;
    private static final BigInteger TWO_TO_THE_64 = BigInteger.ONE.shiftLeft(64);

    @TempDir
    private static Path folder;

    private static Market market;
    private static final Map<Long, Reason> EXPECTED = new TreeMap<>();
    private static final Map<Long, Reason> DECIDED = new TreeMap<>();
    private static WindowReport window;

    @BeforeAll
    static void runWithACheater() throws IOException, InterruptedException {
        market = new MarketGenerator(2).market(1, 8);
        List<Institution> honest =
                market.institutions().subList(1, market.institutions().size());
        try (DemoFolder files = DemoFolder.create(Optional.of(folder.resolve("run")));
                LocalNetwork network = LocalNetwork.prepare(
                        files,
                        new MarketHealthJob(),
                        MarketScenario.of(market),
                        Profile.M,
                        Path.of("target", "it-keys"),
                        step -> {});
                FileBoard board = FileBoard.open(files.board())) {
            network.startParties();
            cheat(network, awaitKeys(network, board));
            for (int i = 1; i < market.institutions().size(); i++) {
                network.startContributor(i, LIMIT_SECONDS);
            }
            network.startFeeder(honest.stream().map(Institution::name).toList(), 100, LIMIT_SECONDS * 1_000);
            window = new WindowWatch(network, LIMIT_SECONDS).next();
            network.processes().awaitEnd(LIMIT_SECONDS * 1_000);
            DecisionLedger ledger = new DecisionLedger(network.terms().definition(), board, Set.of(cheater()));
            ledger.refresh();
            EXPECTED.keySet().forEach(record -> ledger.decision(cheater(), record)
                    .ifPresent(reason -> DECIDED.put(record, reason)));
        }
    }

    @Test
    void everyRecordIsRefusedForItsOwnReason() {
        assertEquals(EXPECTED, DECIDED);
    }

    @Test
    void theCheaterIsNamedAndNobodyElse() {
        assertEquals(
                EXPECTED.keySet(),
                window.rejected().stream().map(WindowReport.Rejection::record).collect(Collectors.toSet()));
        assertTrue(window.rejected().stream()
                .allMatch(refused -> refused.contributor().equals(cheater())));
    }

    @Test
    void theWindowOfTheOthersIsPosted() {
        int assets = market.assets().size();
        List<Book> books = new ArrayList<>(market.windows().get(0).books());
        books.set(
                CHEATER,
                new Book(Collections.nCopies(market.institutions().get(CHEATER).slots(), Position.empty(assets))));
        assertEquals("proven", window.assurance());
        assertEquals(3, window.submissions());
        assertEquals(ClearLevels.results(market, 0, books).values(), window.outputs());
    }

    private static String cheater() {
        return market.institutions().get(CHEATER).name();
    }

    private static PartyKeys awaitKeys(LocalNetwork network, FileBoard board) throws InterruptedException {
        RecordVerifier verifier = RecordVerifier.of(network.terms().definition());
        long end = System.nanoTime() + LIMIT_SECONDS * 1_000_000_000;
        Optional<PartyKeys> keys = PartyKeys.read(board, verifier);
        while (keys.isEmpty() && System.nanoTime() < end) {
            network.processes().requireHealthy();
            Thread.sleep(50);
            keys = PartyKeys.read(board, verifier);
        }
        return keys.orElseThrow();
    }

    private static void cheat(LocalNetwork network, PartyKeys keys) throws IOException {
        DemoFolder files = network.folder();
        JobTerms terms = network.terms();
        EnrolledContributor own = terms.contributor(cheater()).orElseThrow();
        EnrolledContributor other =
                terms.contributor(market.institutions().get(1).name()).orElseThrow();
        SecureRandom random = new SecureRandom();
        ComponentCommitments honest = BasisCommitments.of(terms, Files.readAllBytes(files.basisFile()), random);
        BookEncoder encoder = new BookEncoder(terms, honest, random);
        BookEncoder lying = new BookEncoder(terms, new OtherBlinding(honest), random);
        List<BigInteger> numbers = numbers(own, terms, BigInteger.valueOf(1_000_000));
        RawLog log = new RawLog(files.board(), cheater());
        try (SignerIdentity identity = IdentityFile.openSigner(
                        files.keys(cheater()), IdentityKind.CONTRIBUTOR, cheater(), files.passphrase(cheater()));
                SigningKey stranger = SigningKey.generate(random)) {
            RecordSigner signer = new RecordSigner(terms.configurationHash(), cheater(), identity.signingKey()::sign);
            RecordSigner wrong = new RecordSigner(terms.configurationHash(), cheater(), stranger::sign);
            expect(Reason.MALFORMED, log.append(ByteString.copyFrom(new byte[] {-1, -1, -1, -1, 7, 7})));
            Submission good = encoder.encode(own, 1, 0, numbers, keys);
            expect(Reason.BAD_SIGNATURE, log.append(wrong, payload(good)));
            EnrolledContributor thief =
                    new EnrolledContributor(own.name(), own.publicKey(), own.role(), other.firstSlot(), own.slots());
            expect(Reason.WRONG_SLOTS, log.append(signer, payload(encoder.encode(thief, 2, 0, numbers, keys))));
            Submission uncommitted = lying.encode(own, 3, 0, numbers, keys);
            expect(Reason.COMMITMENT_MISMATCH, log.append(signer, payload(uncommitted)));
            expect(Reason.REPLAYED, log.append(signer, payload(uncommitted)));
            expect(
                    Reason.NOT_DECRYPTABLE,
                    log.append(signer, payload(garbled(encoder.encode(own, 4, 0, numbers, keys)))));
            expect(
                    Reason.VALUE_OUT_OF_RANGE,
                    log.append(signer, payload(encoder.encode(own, 5, 0, numbers(own, terms, TWO_TO_THE_64), keys))));
            expect(
                    Reason.VALUE_OUT_OF_RANGE,
                    log.append(
                            signer,
                            payload(encoder.encode(own, 6, 0, numbers(own, terms, BigInteger.ONE.negate()), keys))));
        }
    }

    private static void expect(Reason reason, long record) {
        EXPECTED.put(record, reason);
    }

    /** A book of ones with one number that may be anything. */
    private static List<BigInteger> numbers(EnrolledContributor own, JobTerms terms, BigInteger first) {
        List<BigInteger> numbers = new ArrayList<>(Collections.nCopies(terms.wires(own), BigInteger.ONE));
        numbers.set(0, first);
        return numbers;
    }

    private static Payload payload(Submission submission) {
        return Payload.newBuilder().setSubmission(submission).build();
    }

    /** Ciphertexts of the right size that nobody can open. */
    private static Submission garbled(Submission submission) {
        Submission.Builder garbled = submission.toBuilder();
        for (int party = 0; party < submission.getCiphertextsCount(); party++) {
            Ciphertext ciphertext = submission.getCiphertexts(party);
            byte[] bytes = ciphertext.getCiphertext().toByteArray();
            bytes[0] ^= 1;
            garbled.setCiphertexts(party, ciphertext.toBuilder().setCiphertext(ByteString.copyFrom(bytes)));
        }
        return garbled.build();
    }

    /** Commits with a blinding that nobody is told: well-formed points that do not match. */
    private record OtherBlinding(ComponentCommitments honest) implements ComponentCommitments {
        @Override
        public ByteString commit(int firstWire, byte[] numbers, byte[] blinding) {
            byte[] other = blinding.clone();
            other[other.length - 1] ^= 1;
            return honest.commit(firstWire, numbers, other);
        }

        @Override
        public boolean isPoint(ByteString commitment) {
            return honest.isPoint(commitment);
        }
    }
}
