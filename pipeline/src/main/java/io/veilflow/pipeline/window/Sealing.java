package io.veilflow.pipeline.window;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.ManifestSignature;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lists and signatures of the three parties for every unit and round, as their logs show them: one list and one signature
 * of each party, never a second that differs. A manifest is sealed when all three have signed its root. Not thread-safe.
 */
public final class Sealing {
    private record Round(UnitKind kind, long id, int round) {}

    private final JobTerms terms;
    /** Of units that have not ended. */
    private final Map<Round, Map<PartyId, AcceptList>> lists = new HashMap<>();
    /** Hash of every list there was, so that a second one is found out for good. */
    private final Map<Round, Map<PartyId, ByteString>> listed = new HashMap<>();

    private final Map<UnitKind, Long> ended = new EnumMap<>(UnitKind.class);
    private final Map<Round, Map<PartyId, ByteString>> signatures = new HashMap<>();

    public Sealing(JobTerms terms) {
        this.terms = terms;
    }

    /**
     * A party's list, this party's own before it is posted included. The same one again changes nothing.
     *
     * @throws SealingException MALFORMED or SECOND_LIST, naming the party; the first list stays
     */
    public void list(PartyId party, AcceptList list) {
        AcceptLists.requireForm(terms, party, list);
        Round round = new Round(list.getKind(), list.getId(), list.getRound());
        ByteString hash = ByteString.copyFrom(Hashes.sha256(list.toByteArray()));
        ByteString first = listed.computeIfAbsent(round, unit -> new EnumMap<>(PartyId.class))
                .putIfAbsent(party, hash);
        if (first != null && !first.equals(hash)) {
            throw new SealingException(SealingException.Reason.SECOND_LIST, party, describe(round));
        }
        if (round.id > ended.getOrDefault(round.kind, -1L)) {
            lists.computeIfAbsent(round, unit -> new EnumMap<>(PartyId.class)).put(party, list);
        }
    }

    /** Whether a party has listed for a unit, which may have ended. */
    public boolean hasListed(PartyId party, UnitKind kind, long id, int round) {
        return listed.getOrDefault(new Round(kind, id, round), Map.of()).containsKey(party);
    }

    /** A unit has ended, and all of its kind before it: what was listed for them is not asked for again, and let go of. */
    public void unitEnded(UnitKind kind, long id) {
        ended.merge(kind, id, Math::max);
        lists.keySet().removeIf(round -> round.kind == kind && round.id <= id);
    }

    /** A party's list for a unit that has not ended, if it has been seen. */
    public Optional<AcceptList> list(PartyId party, UnitKind kind, long id, int round) {
        return Optional.ofNullable(
                lists.getOrDefault(new Round(kind, id, round), Map.of()).get(party));
    }

    /** The lists of party 0, 1, 2 for a unit that has not ended, once there are all three. */
    public Optional<List<AcceptList>> lists(UnitKind kind, long id, int round) {
        Map<PartyId, AcceptList> posted = lists.getOrDefault(new Round(kind, id, round), Map.of());
        return posted.size() == PartyId.values().length
                ? Optional.of(new ArrayList<>(new EnumMap<>(posted).values()))
                : Optional.empty();
    }

    /**
     * A party's signature. The same one again changes nothing.
     *
     * @throws SealingException SECOND_SIGNATURE, naming the party; the first signature stays
     */
    public void signature(PartyId party, ManifestSignature signature) {
        Round round = new Round(signature.getKind(), signature.getId(), signature.getRound());
        ByteString first = signatures
                .computeIfAbsent(round, unit -> new EnumMap<>(PartyId.class))
                .putIfAbsent(party, signature.getRoot());
        if (first != null && !first.equals(signature.getRoot())) {
            throw new SealingException(SealingException.Reason.SECOND_SIGNATURE, party, describe(round));
        }
    }

    /**
     * Whether all three have signed this manifest.
     *
     * @throws SealingException OTHER_MANIFEST, naming a party that has signed another root for this unit and round
     */
    public boolean isSealed(RootedManifest rooted) {
        ManifestSignature expected = rooted.signature();
        Round round = new Round(expected.getKind(), expected.getId(), expected.getRound());
        Map<PartyId, ByteString> signed = signatures.getOrDefault(round, Map.of());
        Set<PartyId> parties = signed.keySet();
        for (PartyId party : parties) {
            if (!signed.get(party).equals(rooted.root())) {
                throw new SealingException(SealingException.Reason.OTHER_MANIFEST, party, describe(round));
            }
        }
        return parties.size() == PartyId.values().length;
    }

    private static String describe(Round round) {
        return round.kind + " " + round.id + ", round " + round.round;
    }
}
