package io.veilflow.pipeline.key;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.GroupKey;
import io.veilflow.mpc.threshold.ecdsa.AccountKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The public side of a key of the three in one generation: what a store's header says, and what the parties agree on before
 * they use it.
 *
 * @param point the key, 33 bytes, compressed
 * @param shares three points, 33 bytes each: of P0, P1, P2 in a key for FROST, the components of an account key
 * @param generation 1 after the key was made, one more after each refresh or replacement
 * @param transcript of the protocol that made these shares, 32 bytes
 */
public record PublicGroupKey(KeyPurpose purpose, byte[] point, List<byte[]> shares, int generation, byte[] transcript) {
    static final int POINT_BYTES = 33;
    static final int TRANSCRIPT_BYTES = 32;
    static final int BYTES = 1 + Integer.BYTES + POINT_BYTES * (1 + PartyId.values().length) + TRANSCRIPT_BYTES;

    /** @throws IllegalArgumentException if these are not the public values of one such key */
    public PublicGroupKey {
        point = point.clone();
        shares = shares.stream().map(byte[]::clone).toList();
        transcript = transcript.clone();
        switch (purpose) {
            case RESULT, SIGN -> new GroupKey(point, shares, generation, transcript);
            case ACCOUNT -> new AccountKey(point, shares, generation, transcript);
        }
    }

    static PublicGroupKey of(KeyPurpose purpose, GroupKey key) {
        return new PublicGroupKey(purpose, key.point(), key.verificationShares(), key.generation(), key.transcript());
    }

    public static PublicGroupKey of(AccountKey key) {
        return new PublicGroupKey(
                KeyPurpose.ACCOUNT, key.point(), key.componentPoints(), key.generation(), key.transcript());
    }

    /**
     * For FROST.
     *
     * @throws IllegalArgumentException of an account key
     */
    public GroupKey groupKey() {
        return new GroupKey(point, shares, generation, transcript);
    }

    /**
     * For threshold ECDSA.
     *
     * @throws IllegalArgumentException of a key for FROST
     */
    public AccountKey accountKey() {
        return new AccountKey(point, shares, generation, transcript);
    }

    /** Of the point on an Ethereum chain, 20 bytes. */
    public byte[] address() {
        return CurvePoint.decode(point).orElseThrow().address();
    }

    @Override
    public byte[] point() {
        return point.clone();
    }

    @Override
    public List<byte[]> shares() {
        return shares.stream().map(byte[]::clone).toList();
    }

    @Override
    public byte[] transcript() {
        return transcript.clone();
    }

    /** Whether it is the same key, whatever its generation. */
    public boolean isSameKey(PublicGroupKey other) {
        return purpose == other.purpose && Arrays.equals(point, other.point);
    }

    /** {@value BYTES} bytes: purpose(1), generation(4), point, shares, transcript. */
    byte[] encoded() {
        ByteBuffer out = ByteBuffer.allocate(BYTES)
                .put((byte) purpose.code())
                .putInt(generation)
                .put(point);
        shares.forEach(out::put);
        return out.put(transcript).array();
    }

    /** @return empty for bytes that are not such a key */
    static Optional<PublicGroupKey> decode(byte[] encoded) {
        if (encoded.length != BYTES) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(encoded);
        Optional<KeyPurpose> purpose = KeyPurpose.of(in.get());
        int generation = in.getInt();
        byte[] point = next(in, POINT_BYTES);
        List<byte[]> shares = new ArrayList<>();
        for (int party = 0; party < PartyId.values().length; party++) {
            shares.add(next(in, POINT_BYTES));
        }
        byte[] transcript = next(in, TRANSCRIPT_BYTES);
        try {
            return purpose.map(known -> new PublicGroupKey(known, point, shares, generation, transcript));
        } catch (IllegalArgumentException notAKey) {
            return Optional.empty();
        }
    }

    private static byte[] next(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicGroupKey that && Arrays.equals(encoded(), that.encoded());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded());
    }

    @Override
    public String toString() {
        return purpose.text() + " key " + HexFormat.of().formatHex(point) + ", generation " + generation;
    }
}
