package io.veilflow.pipeline.service;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.MessageSigner;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.key.KeyPurpose;
import io.veilflow.pipeline.sign.GroupSigner;
import io.veilflow.pipeline.sign.GroupStatement;
import io.veilflow.pipeline.sign.RotationMessage;
import io.veilflow.pipeline.sign.SampleGroup;
import io.veilflow.pipeline.sign.SigningBoard;
import io.veilflow.pipeline.sign.SigningWorld;
import io.veilflow.pipeline.wire.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Operators ask and approve on a real board; the services of three parties look at it, and can be started again. For tests only. */
final class ServiceWorld implements AutoCloseable {
    private final Path directory;
    private final SigningWorld signing;
    private final SigningDesk desk;
    private final Map<PartyId, SigningService> services = new EnumMap<>(PartyId.class);
    private final Map<PartyId, Succession> successions = new EnumMap<>(PartyId.class);
    private final Map<PartyId, List<GroupStatement>> signed = new EnumMap<>(PartyId.class);
    private final Set<PartyId> dying = EnumSet.noneOf(PartyId.class);
    private final List<KeyShare> nextShares = SampleGroup.nextResultShares();

    ServiceWorld(Path directory) {
        this.directory = directory;
        signing = new SigningWorld(directory.resolve("board"));
        desk = new SigningDesk(job(), board(), new SecureRandom());
        for (PartyId party : PartyId.values()) {
            successions.put(party, new Succession(party));
            signed.put(party, new ArrayList<>());
            services.put(party, service(party));
        }
    }

    /** The end of a party's process. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Of a party whose windows the test makes up: rotations from window 51 on are named by the second key. */
    final class Succession implements KeySuccession {
        private final PartyId party;
        private final List<RotationMessage> asked = new ArrayList<>();
        private final List<RotationMessage> resumed = new ArrayList<>();
        private boolean ready = true;
        private long firstWindow = 2;

        private Succession(PartyId party) {
            this.party = party;
        }

        void ready(boolean now) {
            ready = now;
        }

        /** Rotations to windows before this one come too late. */
        void firstWindow(long window) {
            firstWindow = window;
        }

        /** Over all lives of the party. */
        List<RotationMessage> asked() {
            return asked;
        }

        /** Over all lives of the party. */
        List<RotationMessage> resumed() {
            return resumed;
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void resume(RotationMessage rotation) {
            resumed.add(rotation);
        }

        @Override
        public Optional<RotationRefusal> begin(RotationMessage rotation) {
            asked.add(rotation);
            return rotation.fromWindow() < firstWindow ? Optional.of(RotationRefusal.BEGUN) : Optional.empty();
        }

        @Override
        public GroupSigner naming(RotationMessage rotation) {
            return rotation.fromWindow() > 50 ? nextSigner(party) : signing.signer(party, KeyPurpose.RESULT);
        }
    }

    SigningWorld signing() {
        return signing;
    }

    JobTerms job() {
        return signing.job();
    }

    FileBoard board() {
        return signing.board();
    }

    SigningDesk desk() {
        return desk;
    }

    Succession succession(PartyId party) {
        return successions.get(party);
    }

    /** What the party was given with a signature, over all its lives. */
    List<GroupStatement> signed(PartyId party) {
        return signed.get(party);
    }

    ByteString approved(String purpose, ByteString message) {
        ByteString request = desk.ask(PartyId.P0, key(PartyId.P0), purpose, message);
        desk.approve(PartyId.P1, key(PartyId.P1), request);
        return request;
    }

    ByteString approvedRotation(long fromWindow) {
        ByteString request = desk.askForRotation(PartyId.P0, key(PartyId.P0), fromWindow, SampleGroup.nextResultKey());
        desk.approve(PartyId.P2, key(PartyId.P2), request);
        return request;
    }

    /** Some rounds of these parties. */
    void run(PartyId... parties) {
        for (int round = 0; round < 6; round++) {
            step(parties);
        }
    }

    /** One round. */
    void step(PartyId... parties) {
        Arrays.stream(parties).map(services::get).forEach(SigningService::step);
    }

    /** The party dies where it would post a refusal. */
    void dieBeforeARefusal(PartyId party) {
        dying.add(party);
    }

    /** Another process of the party, from its audit log and the board. */
    void restart(PartyId party) {
        services.get(party).close();
        dying.remove(party);
        services.put(party, service(party));
    }

    MessageSigner key(PartyId party) {
        return signing.identity(party);
    }

    List<String> audit(PartyId party) throws IOException {
        return Files.readAllLines(auditFile(party));
    }

    SigningAudit.Report checked(PartyId party) throws IOException {
        return new SigningAudit(job(), board()).check(party, audit(party));
    }

    /** Records in the party's log. */
    List<Payload> posted(PartyId party) {
        RecordVerifier verifier = RecordVerifier.of(job().definition());
        List<Payload> records = new ArrayList<>();
        Optional<BoardEntry> next = board().read(EnrolledParty.writer(party), 0);
        while (next.isPresent()) {
            records.add(verifier.verify(next.get()).payload().orElseThrow());
            next = board().read(EnrolledParty.writer(party), records.size());
        }
        return records;
    }

    @Override
    public void close() {
        services.values().forEach(SigningService::close);
        nextShares.forEach(KeyShare::close);
        signing.close();
    }

    private SigningService service(PartyId party) {
        return new SigningService(
                new SigningTerms(job()),
                new OperatorLogs(job().definition(), board()),
                Optional.of(signing.signer(party, KeyPurpose.SIGN)),
                succession(party),
                refusals(party),
                new SigningAuditLog(auditFile(party), key(party), signing.identityKey(party)),
                (statement, signature) -> signed.get(party).add(statement));
    }

    /** As in a party: what stood in the log when it was started is not posted again. */
    private Consumer<Payload> refusals(PartyId party) {
        List<Payload> before = posted(party);
        return refusal -> {
            if (dying.contains(party)) {
                throw new Killed();
            }
            if (!before.contains(refusal)) {
                signing.log(party).append(refusal);
            }
        };
    }

    private GroupSigner nextSigner(PartyId party) {
        return new GroupSigner(
                KeyPurpose.RESULT,
                nextShares.get(party.index()),
                new SigningBoard(RecordVerifier.of(job().definition()), board()),
                signing.log(party),
                (culprit, statement) -> {},
                new SecureRandom());
    }

    private Path auditFile(PartyId party) {
        return directory.resolve("audit-" + party.index());
    }
}
