package io.veilflow.pipeline.service;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.service.OperatorLogs.Asked;
import io.veilflow.pipeline.service.SigningAuditLog.Event;
import io.veilflow.pipeline.sign.GroupSigner;
import io.veilflow.pipeline.sign.GroupStatement;
import io.veilflow.pipeline.sign.RotationMessage;
import io.veilflow.pipeline.sign.SigningRun;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.SigningRefusal;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One party's side of the signing service: takes part in a signature for every request that the policy allows and two operators approve
 * of. It judges each by itself, so that no party can be talked into signing by another. The SIGN key signs messages of others and
 * nothing else, the RESULT key signs its own successor here and no message of others (THREATS G6). Never waits. Not thread-safe.
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
    private final BoardWriter own;
    private final SigningAuditLog audit;
    private final BiConsumer<GroupStatement, ByteString> signed;
    private final Map<ByteString, Set<PartyId>> noted = new HashMap<>();
    private final Map<ByteString, SigningRun> runs = new HashMap<>();
    private final Set<ByteString> ended = new HashSet<>();

    /**
     * @param messages with the SIGN key; without it no message is signed
     * @param succession of the RESULT keys
     * @param own this party's log
     * @param signed is given every statement with the group's signature, 52 bytes
     */
    public SigningService(
            SigningTerms terms,
            OperatorLogs operators,
            Optional<GroupSigner> messages,
            KeySuccession succession,
            BoardWriter own,
            SigningAuditLog audit,
            BiConsumer<GroupStatement, ByteString> signed) {
        this.terms = terms;
        this.operators = operators;
        this.messages = messages;
        this.succession = succession;
        this.own = own;
        this.audit = audit;
        this.signed = signed;
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
        Optional<String> refusal = terms.refusal(asked.request());
        if (refusal.isPresent()) {
            refuse(asked, refusal.get());
            return;
        }
        GroupStatement statement = terms.statement(asked.request());
        note(asked, statement);
        if (asked.isApproved() && !runs.containsKey(asked.hash()) && runs.size() < RUNS_AT_ONCE) {
            begin(asked, statement);
        }
        Optional.ofNullable(runs.get(asked.hash()))
                .flatMap(SigningRun::step)
                .ifPresent(signature -> signed(asked, statement, signature));
    }

    private void begin(Asked asked, GroupStatement statement) {
        if (!(statement instanceof RotationMessage rotation)) {
            runs.put(asked.hash(), messages.orElseThrow().begin(statement));
            return;
        }
        Optional<RotationRefusal> refusal = succession.begin(rotation);
        if (refusal.isPresent()) {
            refuse(asked, refusal.get().words());
        } else {
            runs.put(asked.hash(), succession.naming(rotation).begin(rotation));
        }
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
        own.append(Payload.newBuilder()
                .setSigningRefusal(
                        SigningRefusal.newBuilder().setRequest(asked.hash()).setReason(reason))
                .build());
    }

    private void signed(Asked asked, GroupStatement statement, GroupSignature signature) {
        ended.add(asked.hash());
        runs.remove(asked.hash()).close();
        LOG.info("signed: {}", statement.title());
        append(Event.SIGNATURE, asked, statement, HEX.formatHex(signature.bytes()));
        signed.accept(statement, ByteString.copyFrom(signature.bytes()));
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
