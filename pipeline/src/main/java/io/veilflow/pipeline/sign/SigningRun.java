package io.veilflow.pipeline.sign;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.signing.GroupSigning;
import io.veilflow.mpc.threshold.signing.SigningBulletin;
import io.veilflow.mpc.threshold.signing.SigningMessage;
import io.veilflow.pipeline.board.BoardWriter;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * One statement on its way to the group's signature: asked again and again, until two parties have signed, this one among them or
 * not. A signature is verified under the group's key before anybody gets it (THREATS G18), whoever put it together. Nonces live in
 * here alone and go with it. Not thread-safe.
 */
public final class SigningRun implements AutoCloseable {
    private final GroupStatement statement;
    private final ByteString message;
    private final byte[] groupPoint;
    private final SigningBoard board;
    private final BoardWriter own;
    private final GroupSigning signing;
    private final BiConsumer<PartyId, GroupStatement> wrongShare;
    private final Set<PartyId> culprits = EnumSet.noneOf(PartyId.class);
    private Optional<GroupSignature> signature = Optional.empty();

    /** @param wrongShare is told each party once that has given a wrong share, as soon as that is seen */
    SigningRun(
            GroupStatement statement,
            KeyShare share,
            SigningBoard board,
            BoardWriter own,
            BiConsumer<PartyId, GroupStatement> wrongShare,
            SecureRandom random) {
        this.statement = statement;
        this.message = ByteString.copyFrom(statement.digest());
        this.groupPoint = share.group().point();
        this.board = board;
        this.own = own;
        this.wrongShare = wrongShare;
        this.signing = new GroupSigning(share, statement.digest(), new Bulletin(), random);
    }

    public GroupStatement statement() {
        return statement;
    }

    /**
     * Reads what is new and posts what is due. Never waits.
     *
     * @return the signature, once it is there; the same from then on
     */
    public Optional<GroupSignature> step() {
        if (signature.isEmpty()) {
            signature = board.signature(groupPoint, message);
        }
        if (signature.isEmpty()) {
            Optional<GroupSignature> combined = signing.step().filter(this::verifies);
            signing.culprits().stream().filter(culprits::add).forEach(party -> wrongShare.accept(party, statement));
            combined.ifPresent(made -> own.append(SigningRecords.payload(message, made)));
            signature = combined;
        }
        return signature;
    }

    private boolean verifies(GroupSignature made) {
        return made.verifies(groupPoint, message.toByteArray());
    }

    /** Wipes the nonces. */
    @Override
    public void close() {
        signing.close();
        if (signature.isPresent()) {
            board.forget(message);
        }
    }

    /** The logs, as the protocol sees them. */
    private final class Bulletin implements SigningBulletin {
        private final Map<PartyId, Integer> read = new EnumMap<>(PartyId.class);

        @Override
        public void post(SigningMessage step) {
            own.append(SigningRecords.payload(step));
        }

        @Override
        public List<SigningMessage> read(PartyId poster) {
            int first = read.getOrDefault(poster, 0);
            List<SigningMessage> steps = board.steps(poster, message, first);
            read.put(poster, first + steps.size());
            return steps;
        }
    }
}
