package io.veilflow.pipeline.window;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
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
    private final Map<Round, Map<PartyId, AcceptList>> lists = new HashMap<>();
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
        AcceptList first = lists.computeIfAbsent(round, unit -> new EnumMap<>(PartyId.class))
                .putIfAbsent(party, list);
        if (first != null && !first.equals(list)) {
            throw new SealingException(SealingException.Reason.SECOND_LIST, party, describe(round));
        }
    }

    /** A party's list for a unit, if it has been seen. */
    public Optional<AcceptList> list(PartyId party, UnitKind kind, long id, int round) {
        return Optional.ofNullable(
                lists.getOrDefault(new Round(kind, id, round), Map.of()).get(party));
    }

    /** The lists of party 0, 1, 2, once there are all three. */
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
