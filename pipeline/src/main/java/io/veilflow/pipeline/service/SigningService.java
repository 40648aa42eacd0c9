package io.veilflow.pipeline.service;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.service.OperatorLogs.Asked;
import io.veilflow.pipeline.service.SigningAuditLog.Event;
import io.veilflow.pipeline.sign.GroupSigner;
import io.veilflow.pipeline.sign.GroupStatement;
import io.veilflow.pipeline.sign.RotationMessage;
import io.veilflow.pipeline.sign.SigningRun;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.SigningRefusal;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One party's side of the signing service: takes part in a signature for every request that the policy allows and two operators approve
 * of. It judges each by itself, so that no party can be talked into signing by another. The SIGN key signs messages of others and
 * nothing else, the RESULT key signs its own successor here and no message of others (THREATS G6). What it has refused, begun or signed
 * before a restart stands: its audit log says so. Never waits. Not thread-safe.
 */
public final class SigningService implements AutoCloseable {
    /** More that are approved at once wait. */
    private static final int RUNS_AT_ONCE = 16;

    private static final Logger LOG = LoggerFactory.getLogger(SigningService.class);
    private static final HexFormat HEX = HexFormat.of();

    private final SigningTerms terms;
    private final OperatorLogs operators;
    private final Optional<GroupSigner> messages;
    private final KeySuccession succession;
    private final Consumer<Payload> own;
    private final SigningAuditLog audit;
    private final BiConsumer<GroupStatement, ByteString> signed;
    private final Map<ByteString, Map<Event, String>> before = new HashMap<>();
    private final Map<ByteString, Set<PartyId>> noted = new HashMap<>();
    private final Map<ByteString, SigningRun> runs = new HashMap<>();
    private final Set<ByteString> ended = new HashSet<>();

    /**
     * @param messages with the SIGN key; without it no message is signed
     * @param succession of the RESULT keys
     * @param own posts in this party's log what did not stand there when it was started
     * @param signed is given every statement with the group's signature, 52 bytes; once in every life of the party, since it may have
     *     died before anything came of it
     */
    public SigningService(
            SigningTerms terms,
            OperatorLogs operators,
            Optional<GroupSigner> messages,
            KeySuccession succession,
            Consumer<Payload> own,
            SigningAuditLog audit,
            BiConsumer<GroupStatement, ByteString> signed) {
        this.terms = terms;
        this.operators = operators;
        this.messages = messages;
        this.succession = succession;
        this.own = own;
        this.audit = audit;
        this.signed = signed;
        audit.before().forEach(entry -> before.computeIfAbsent(
                        ByteString.copyFrom(HEX.parseHex(entry.request())), first -> new EnumMap<>(Event.class))
                .put(entry.event(), entry.subject()));
        operators.read().forEach(this::resume);
    }

    private void resume(Asked asked) {
        boolean begun = before(asked, Event.BEGUN)
                .or(() -> before(asked, Event.SIGNATURE))
                .isPresent();
        if (begun && terms.statement(asked.request()) instanceof RotationMessage rotation) {
            succession.resume(rotation);
        }
    }

    /** The subject of a line that stood in the audit log when the party was started. */
    private Optional<String> before(Asked asked, Event event) {
        return Optional.ofNullable(before.getOrDefault(asked.hash(), Map.of()).get(event));
    }

    /** Reads what is new and takes the steps that are due. */
    public void step() {
        for (Asked asked : operators.read()) {
            if (!ended.contains(asked.hash())) {
                step(asked);
            }
        }
    }

    private void step(Asked asked) {
        Optional<String> refusal = terms.refusal(asked.request()).or(() -> before(asked, Event.REFUSAL));
        if (refusal.isPresent()) {
            refuse(asked, refusal.get());
            return;
        }
        GroupStatement statement = terms.statement(asked.request());
        note(asked, statement);
        if (statement instanceof RotationMessage && !succession.isReady()) {
            return;
        }
        Optional<String> signature = before(asked, Event.SIGNATURE);
        if (signature.isPresent()) {
            signed(asked, statement, HEX.parseHex(signature.get()));
            return;
        }
        if (asked.isApproved() && !runs.containsKey(asked.hash()) && runs.size() < RUNS_AT_ONCE) {
            begin(asked, statement);
        }
        Optional.ofNullable(runs.get(asked.hash()))
                .flatMap(SigningRun::step)
                .ifPresent(made -> signed(asked, statement, made.bytes()));
    }

    private void begin(Asked asked, GroupStatement statement) {
        boolean asks = before(asked, Event.BEGUN).isEmpty();
        Optional<RotationRefusal> refusal =
                asks && statement instanceof RotationMessage rotation ? succession.begin(rotation) : Optional.empty();
        if (refusal.isPresent()) {
            refuse(asked, refusal.get().words());
            return;
        }
        append(Event.BEGUN, asked, statement, "");
        GroupSigner signer =
                statement instanceof RotationMessage rotation ? succession.naming(rotation) : messages.orElseThrow();
        runs.put(asked.hash(), signer.begin(statement));
    }

    private void note(Asked asked, GroupStatement statement) {
        Set<PartyId> before = noted.computeIfAbsent(asked.hash(), first -> {
            append(Event.REQUEST, asked, statement, asked.by().toString());
            return EnumSet.of(asked.by());
        });
        for (PartyId operator : asked.approvals()) {
            if (before.add(operator)) {
                append(Event.APPROVAL, asked, statement, operator.toString());
            }
        }
    }

    private void refuse(Asked asked, String reason) {
        ended.add(asked.hash());
        LOG.warn("the request of {} at {} is refused: {}", asked.by(), asked.place(), reason);
        audit.append(Event.REFUSAL, hex(asked.hash()), "", "request of " + asked.by(), reason);
        own.accept(Payload.newBuilder()
                .setSigningRefusal(
                        SigningRefusal.newBuilder().setRequest(asked.hash()).setReason(reason))
                .build());
    }

    private void signed(Asked asked, GroupStatement statement, byte[] signature) {
        ended.add(asked.hash());
        Optional.ofNullable(runs.remove(asked.hash())).ifPresent(SigningRun::close);
        LOG.info("signed: {}", statement.title());
        append(Event.SIGNATURE, asked, statement, HEX.formatHex(signature));
        signed.accept(statement, ByteString.copyFrom(signature));
    }

    private void append(Event event, Asked asked, GroupStatement statement, String subject) {
        audit.append(event, hex(asked.hash()), HEX.formatHex(statement.digest()), statement.title(), subject);
    }

    private static String hex(ByteString hash) {
        return HEX.formatHex(hash.toByteArray());
    }

    /** Wipes the nonces of what is not signed. */
    @Override
    public void close() {
        runs.values().forEach(SigningRun::close);
        audit.close();
    }
}
