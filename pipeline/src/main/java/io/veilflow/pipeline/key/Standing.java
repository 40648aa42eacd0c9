package io.veilflow.pipeline.key;

import io.veilflow.pipeline.identity.SigningKey;
import io.veilflow.pipeline.identity.VerificationKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where one party stands, as it says to the others: what it was told to do, the generation it uses with the certificate for it,
 * and the generation it keeps aside.
 *
 * @param certificate three confirmations of {@code current}; empty without it
 * @param confirmation of {@code next} by this party; empty without it, and if it has given it up
 */
record Standing(
        CeremonyTask task,
        Optional<PublicGroupKey> current,
        List<byte[]> certificate,
        Optional<PublicGroupKey> next,
        Optional<byte[]> confirmation) {
    private static final int PARTIES = 3;
    private static final int NONE = 0;
    private static final int CONFIRMED = 1;
    private static final int GIVEN_UP = 2;

    /** Of every encoded standing, whatever it says. */
    static final int BYTES =
            1 + 1 + PublicGroupKey.BYTES + PARTIES * Confirmation.BYTES + 1 + PublicGroupKey.BYTES + Confirmation.BYTES;

    static Standing of(CeremonyTask task, GroupKeyStore store, SigningKey signer) {
        Optional<PublicGroupKey> next = store.next().map(GroupShare::key);
        return new Standing(
                task,
                store.current().map(GroupShare::key),
                store.certificate(),
                next,
                store.isNextGivenUp() ? Optional.empty() : next.map(key -> Confirmation.sign(key, signer)));
    }

    boolean confirms(PublicGroupKey key) {
        return confirmation.isPresent() && next.equals(Optional.of(key));
    }

    boolean uses(PublicGroupKey key) {
        return current.equals(Optional.of(key));
    }

    /** Whether it has its share of the key, in use or aside. */
    boolean holds(PublicGroupKey key) {
        return uses(key) || next.equals(Optional.of(key));
    }

    int generation() {
        return current.map(PublicGroupKey::generation).orElse(0);
    }

    /** {@value BYTES} bytes whatever it says. */
    byte[] encoded() {
        ByteBuffer out = ByteBuffer.allocate(BYTES).put((byte) task.code());
        out.put((byte) (current.isPresent() ? CONFIRMED : NONE));
        out.put(current.map(PublicGroupKey::encoded).orElse(new byte[PublicGroupKey.BYTES]));
        certificate.forEach(out::put);
        out.position(out.position() + (PARTIES - certificate.size()) * Confirmation.BYTES);
        out.put((byte) (next.isEmpty() ? NONE : confirmation.isPresent() ? CONFIRMED : GIVEN_UP));
        out.put(next.map(PublicGroupKey::encoded).orElse(new byte[PublicGroupKey.BYTES]));
        out.put(confirmation.orElse(new byte[Confirmation.BYTES]));
        return out.array();
    }

    /**
     * A peer's standing with everything in it that can be checked.
     *
     * @param encoded {@value BYTES} bytes
     * @param purpose of the ceremony
     * @param sender whose standing it is
     * @param parties identity keys of P0, P1, P2
     * @return empty if it is malformed, or a signature in it is none
     */
    static Optional<Standing> decode(
            byte[] encoded, KeyPurpose purpose, VerificationKey sender, List<VerificationKey> parties) {
        ByteBuffer in = ByteBuffer.wrap(encoded);
        Optional<CeremonyTask> task = CeremonyTask.of(in.get());
        int currentState = in.get();
        Optional<PublicGroupKey> current = PublicGroupKey.decode(next(in, PublicGroupKey.BYTES));
        List<byte[]> certificate = new ArrayList<>();
        for (int party = 0; party < PARTIES; party++) {
            certificate.add(next(in, Confirmation.BYTES));
        }
        int nextState = in.get();
        Optional<PublicGroupKey> next = PublicGroupKey.decode(next(in, PublicGroupKey.BYTES));
        byte[] confirmation = next(in, Confirmation.BYTES);
        boolean good = task.isPresent()
                && currentState == (current.isPresent() ? CONFIRMED : NONE)
                && (nextState == NONE) == next.isEmpty()
                && nextState >= NONE
                && nextState <= GIVEN_UP
                && current.filter(key -> key.purpose() != purpose).isEmpty()
                && next.filter(key -> key.purpose() != purpose).isEmpty()
                && current.filter(key -> !Confirmation.isCertificate(key, certificate, parties))
                        .isEmpty()
                && (nextState != CONFIRMED || Confirmation.isValid(next.orElseThrow(), confirmation, sender));
        if (!good) {
            return Optional.empty();
        }
        return Optional.of(new Standing(
                task.orElseThrow(),
                current,
                current.isPresent() ? certificate : List.of(),
                next,
                nextState == CONFIRMED ? Optional.of(confirmation) : Optional.empty()));
    }

    private static byte[] next(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
