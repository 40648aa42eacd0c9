package io.veilflow.mpc.fair;

import static io.veilflow.mpc.randomness.PrssContext.encode;
import static io.veilflow.mpc.randomness.PrssContext.text;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.session.SessionContext;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What is hashed and signed in one fair opening, byte for byte (docs/wire.md 12). Everything is bound to the epoch, the
 * session with its attempt, and the operation path.
 *
 * @param epoch the epoch's name, as where inputs are compared
 * @param context of the session and the operation
 */
public record FairStatement(byte[] epoch, byte[] context) {
    public static final int HASH_BYTES = 32;
    /** h_0, h_1, h_2. */
    public static final int HASHES_BYTES = 3 * HASH_BYTES;

    public static final int SALT_BYTES = 32;
    public static final int SIGNATURE_BYTES = 64;

    public static FairStatement of(byte[] epoch, SessionContext session, String path) {
        return new FairStatement(epoch, PrssContext.of(session, path, "fair"));
    }

    /** h of one component. */
    public byte[] hash(int component, FairMessage.Component opened) {
        return sha(
                encode(text("veilflow/fair/1"), context, new byte[] {(byte) component}, opened.value(), opened.salt()));
    }

    /** What all three sign before the first hash. */
    public byte[] start(FairTimes times) {
        return encode(text("veilflow/fair-start/1"), epoch, context, bytes(times));
    }

    /** What READY signs. */
    public byte[] ready(PartyId signer, FairTimes times, byte[] hashes) {
        return encode(
                text("veilflow/fair-ready/1"),
                epoch,
                context,
                new byte[] {(byte) signer.index()},
                bytes(times),
                hashes);
    }

    /** What the countersignature under another's READY signs. */
    public byte[] echo(PartyId countersigner, PartyId signer, FairTimes times, byte[] hashes) {
        return encode(
                text("veilflow/fair-echo/1"), new byte[] {(byte) countersigner.index()}, ready(signer, times, hashes));
    }

    /** T1, T2 as on the wire. */
    static byte[] bytes(FairTimes times) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(times.ready())
                .putLong(times.echo())
                .array();
    }

    private static byte[] sha(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
