package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.JournalHeads;
import io.veilflow.mpc.session.JournalRefusedException;
import io.veilflow.pipeline.board.MessageSigner;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.identity.VerificationKey;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.journal.JournalHead;
import io.veilflow.pipeline.wire.UnitKind;
import java.nio.ByteBuffer;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * What the three parties have told each other of their journals (DESIGN section 6; docs/recovery.md): each statement is signed by its
 * owner and journalled by both others before they use the epoch, so that a party comes back only with the journal that goes on from it.
 * A journal that was lost is built again from the board. It says under which generation of the group's result key; the others take it
 * instead of the one that they know when they hold shares of that generation, which they do only after all three have refreshed them. From then on the
 * lost one is refused, should it turn up.
 */
public final class PeerHeads implements JournalHeads {
    private static final UnitKind NO_UNIT = UnitKind.UNIT_KIND_UNSPECIFIED;
    private static final int SIGNED_BYTES = STATEMENT_BYTES - 64;
    private static final ByteString NO_PLACE = ByteString.copyFrom(new byte[32]);

    private final PartyId self;
    private final JobTerms terms;
    private final Journal journal;
    private final MessageSigner signer;
    private final int keyGeneration;

    /** @param keyGeneration of this party's share of the result key */
    public PeerHeads(PartyId self, JobTerms terms, Journal journal, MessageSigner signer, int keyGeneration) {
        this.self = self;
        this.terms = terms;
        this.journal = journal;
        this.signer = signer;
        this.keyGeneration = keyGeneration;
    }

    /**
     * Where a journal stands.
     *
     * @param rebuilt generation of the result key under which it was built again, 0 if it is the first
     */
    private record Place(long epoch, int rebuilt, JournalHead head) {
        static Optional<Place> read(byte[] statement) {
            ByteBuffer in = ByteBuffer.wrap(statement);
            long epoch = in.getLong();
            long entries = in.getLong();
            int rebuilt = in.getInt();
            ByteString hash = ByteString.copyFrom(in, 32);
            return epoch < 1 || entries < 1 || rebuilt < 0
                    ? Optional.empty()
                    : Optional.of(new Place(epoch, rebuilt, new JournalHead(entries, hash)));
        }

        byte[] bytes() {
            return ByteBuffer.allocate(SIGNED_BYTES)
                    .putLong(epoch)
                    .putLong(head.entries())
                    .putInt(rebuilt)
                    .put(head.hash().asReadOnlyByteBuffer())
                    .array();
        }

        /** Why a journal with this hash in this place is not the one that was stated. */
        Optional<String> refusal(int nowRebuilt, ByteString nowHash) {
            String stated = "it had " + head.entries() + " entries in epoch " + epoch;
            if (nowRebuilt < rebuilt) {
                return Optional.of("it was lost and built again under generation " + rebuilt
                        + " of the result key; this is an older one");
            } else if (nowRebuilt > rebuilt || nowHash.equals(head.hash())) {
                return Optional.empty();
            } else if (nowHash.equals(NO_PLACE)) {
                return Optional.of(stated + ", and has fewer now: an older copy, or a lost one");
            }
            return Optional.of(stated + ", and others now: a second process of the party went on from a copy");
        }
    }

    @Override
    public byte[] kept(PartyId peer) {
        NavigableSet<Integer> numbers = journal.numbers(JournalEntry.Type.PEER_HEAD, NO_UNIT, peer.index());
        return numbers.isEmpty()
                ? new byte[STATEMENT_BYTES]
                : journal.content(JournalEntry.Type.PEER_HEAD, NO_UNIT, peer.index(), numbers.last())
                        .orElseThrow()
                        .toByteArray();
    }

    @Override
    public byte[] answer(byte[] ownStatement) {
        ByteString hash = Place.read(ownStatement).map(this::ownHash).orElse(NO_PLACE);
        return ByteBuffer.allocate(ANSWER_BYTES)
                .putInt(rebuilt())
                .put(hash.asReadOnlyByteBuffer())
                .array();
    }

    @Override
    public void requireOwn(PartyId keeper, byte[] ownStatement) throws JournalRefusedException {
        Optional<Place> place = Place.read(ownStatement);
        if (place.isPresent()) {
            requireSigned(self, ownStatement, keeper, "shows a statement that " + self + " never signed");
            refuse(self, place.get().refusal(rebuilt(), ownHash(place.get())));
        }
    }

    @Override
    public void requireSame(PartyId peer, byte[] answer) throws JournalRefusedException {
        Optional<Place> place = Place.read(kept(peer));
        if (place.isPresent()) {
            ByteBuffer in = ByteBuffer.wrap(answer);
            int rebuilt = in.getInt();
            refuse(peer, place.get().refusal(rebuilt, ByteString.copyFrom(in)));
            if (rebuilt != place.get().rebuilt() && rebuilt > keyGeneration) {
                throw new JournalRefusedException(
                        peer,
                        "it was built again under generation " + rebuilt
                                + " of the result key, and the share here is of" + " generation " + keyGeneration
                                + ": keys refresh comes first");
            }
        }
    }

    @Override
    public byte[] statement(long epoch) {
        byte[] place = new Place(epoch, rebuilt(), journal.head()).bytes();
        return ByteBuffer.allocate(STATEMENT_BYTES)
                .put(place)
                .put(signer.sign(signed(self, place)))
                .array();
    }

    @Override
    public void keep(PartyId peer, long epoch, byte[] statement) throws JournalRefusedException {
        if (Place.read(statement).filter(place -> place.epoch() == epoch).isEmpty()) {
            throw new JournalRefusedException(peer, "it states no place in epoch " + epoch);
        }
        requireSigned(peer, statement, peer, "its statement is not signed");
        NavigableSet<Integer> numbers = journal.numbers(JournalEntry.Type.PEER_HEAD, NO_UNIT, peer.index());
        int next = numbers.isEmpty() ? 1 : numbers.last() + 1;
        journal.append(new JournalEntry(
                JournalEntry.Type.PEER_HEAD, NO_UNIT, peer.index(), next, ByteString.copyFrom(statement)));
    }

    private int rebuilt() {
        return journal.last(JournalEntry.Type.REBUILT).map(JournalEntry::number).orElse(0);
    }

    private ByteString ownHash(Place place) {
        return journal.headBehind(place.head().entries()).map(JournalHead::hash).orElse(NO_PLACE);
    }

    private static void refuse(PartyId owner, Optional<String> refusal) throws JournalRefusedException {
        if (refusal.isPresent()) {
            throw new JournalRefusedException(owner, refusal.get());
        }
    }

    private void requireSigned(PartyId owner, byte[] statement, PartyId shownBy, String what)
            throws JournalRefusedException {
        ByteBuffer in = ByteBuffer.wrap(statement);
        byte[] place = new byte[SIGNED_BYTES];
        byte[] signature = new byte[STATEMENT_BYTES - SIGNED_BYTES];
        in.get(place).get(signature);
        VerificationKey key = new VerificationKey(
                terms.definition().party(owner).identityKey().toByteArray());
        if (!key.verify(signed(owner, place), signature)) {
            throw new JournalRefusedException(shownBy, what);
        }
    }

    private byte[] signed(PartyId owner, byte[] place) {
        return Fields.of(
                Fields.text("veilflow/peer-head/1"),
                terms.configurationHash().toByteArray(),
                new byte[] {(byte) owner.index()},
                place);
    }
}
