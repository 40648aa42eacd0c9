package io.veilflow.mpc.threshold.signing;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.Ciphersuite;
import io.veilflow.mpc.threshold.GroupKey;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.mpc.threshold.frost.CommitmentList;
import io.veilflow.mpc.threshold.frost.NonceCommitment;
import io.veilflow.mpc.threshold.frost.SignatureAggregation;
import io.veilflow.mpc.threshold.frost.SigningPackage;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What anybody makes of the postings about one message: commitments and shares of the three pairs, the signature as soon as the two
 * shares of a pair are there, and whose share was wrong. Of every party, pair and attempt the first commitments and the first
 * share count; all else is noise, which costs a look-up and no memory. Not thread-safe.
 */
public final class SigningReading {
    /** Places are few: 3 posters, 2 peers, {@link GroupSigning#ATTEMPTS} attempts. */
    private record Place(PartyId poster, PartyId peer, int attempt) {
        Place other() {
            return new Place(peer, poster, attempt);
        }

        /** The one of the two that stands for the pair. */
        Place ofPair() {
            return poster.compareTo(peer) < 0 ? this : other();
        }
    }

    private final GroupKey group;
    private final byte[] message;
    /** Empty where what was posted first is no commitment. */
    private final Map<Place, Optional<NonceCommitment>> commitments = new HashMap<>();

    private final Map<Place, SigningPackage> agreed = new HashMap<>();
    private final Map<Place, SignatureShare> shares = new HashMap<>();
    private final Set<PartyId> culprits = EnumSet.noneOf(PartyId.class);
    private GroupSignature signature;

    /** @param message 32 bytes */
    public SigningReading(GroupKey group, byte[] message) {
        this.group = group;
        this.message = message.clone();
    }

    /** Takes in what the party has posted since the last time. */
    public void read(SigningBulletin bulletin, PartyId poster) {
        for (SigningMessage posted : bulletin.read(poster)) {
            if (posted instanceof NonceCommitments wanted) {
                commitments(poster, wanted);
            } else if (posted instanceof SignatureShare share) {
                share(poster, share);
            }
        }
    }

    private void commitments(PartyId poster, NonceCommitments posted) {
        boolean ours = posted.generation() == group.generation() && Arrays.equals(posted.message(), message);
        for (NonceCommitments.Pair pair : ours ? posted.pairs() : List.<NonceCommitments.Pair>of()) {
            Place place = new Place(poster, pair.peer(), pair.attempt());
            if (isPlace(place)) {
                commitments.computeIfAbsent(
                        place, any -> NonceCommitment.decode(poster, pair.hiding(), pair.binding()));
            }
        }
    }

    private void share(PartyId poster, SignatureShare posted) {
        Place place = new Place(poster, posted.peer(), posted.attempt());
        if (posted.generation() == group.generation()
                && Arrays.equals(posted.message(), message)
                && isPlace(place)
                && shares.putIfAbsent(place, posted) == null) {
            combine(place);
        }
    }

    private static boolean isPlace(Place place) {
        return place.peer != place.poster && place.attempt >= 1 && place.attempt <= GroupSigning.ATTEMPTS;
    }

    /** The signature if the other share of the pair is there and both are right. A share for other commitments proves nothing. */
    private void combine(Place place) {
        Optional<SigningPackage> agreed = agreed(place.poster, place.peer, place.attempt);
        SignatureShare one = shares.get(place);
        SignatureShare other = shares.get(place.other());
        if (signature != null || agreed.isEmpty() || other == null) {
            return;
        }
        byte[] hash = agreed.get().commitmentsHash();
        if (!Arrays.equals(one.commitments(), hash) || !Arrays.equals(other.commitments(), hash)) {
            return;
        }
        SignatureAggregation combined =
                SignatureAggregation.of(agreed.get(), Map.of(place.poster, one.z(), place.peer, other.z()));
        if (combined instanceof SignatureAggregation.Refused refused) {
            culprits.addAll(refused.culprits());
        } else if (combined instanceof SignatureAggregation.Signed signed) {
            GroupSignature made = signed.signature().forContract();
            signature = made.verifies(group.point(), message) ? made : null;
        }
    }

    /** What the two have agreed on by their commitments of this attempt, if both are there. */
    Optional<SigningPackage> agreed(PartyId one, PartyId other, int attempt) {
        Place place = new Place(one, other, attempt).ofPair();
        if (!agreed.containsKey(place)) {
            commitment(place.poster, place.peer, attempt)
                    .flatMap(first -> commitment(place.peer, place.poster, attempt)
                            .map(second -> new CommitmentList(List.of(first, second))))
                    .ifPresent(both -> agreed.put(place, new SigningPackage(Ciphersuite.EVM, group, message, both)));
        }
        return Optional.ofNullable(agreed.get(place));
    }

    /** What the party committed to for this pair and attempt. */
    Optional<NonceCommitment> commitment(PartyId poster, PartyId peer, int attempt) {
        return commitments.getOrDefault(new Place(poster, peer, attempt), Optional.empty());
    }

    /** The highest attempt for which the party has posted anything for this pair, 0 for none. */
    int latestAttempt(PartyId poster, PartyId peer) {
        return commitments.keySet().stream()
                .filter(place -> place.poster == poster && place.peer == peer)
                .mapToInt(Place::attempt)
                .max()
                .orElse(0);
    }

    boolean hasShare(PartyId poster, PartyId peer, int attempt) {
        return shares.containsKey(new Place(poster, peer, attempt));
    }

    /** The group's signature, verified. */
    public Optional<GroupSignature> signature() {
        return Optional.ofNullable(signature);
    }

    /** Who has posted a share that its own commitments refute. */
    public Set<PartyId> culprits() {
        return Set.copyOf(culprits);
    }
}
