package io.veilflow.mpc.testing;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.Scalar;
import io.veilflow.mpc.threshold.ecdsa.AccountKey;
import io.veilflow.mpc.threshold.ecdsa.AccountKeyShare;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** An account key dealt by a test, which knows it. */
public final class SharedAccount {
    private final List<ElementShares> views;
    private final AccountKey key;

    private SharedAccount(List<ElementShares> views, int generation) {
        this.views = views;
        List<byte[]> points = new ArrayList<>();
        CurvePoint sum = CurvePoint.INFINITY;
        for (ElementShares view : views) {
            CurvePoint point =
                    CurvePoint.generatorTimes(Scalar.decode(view.ownBytes()).orElseThrow());
            points.add(point.encoded());
            sum = sum.plus(point);
        }
        this.key = new AccountKey(sum.encoded(), points, generation, new byte[32]);
    }

    public static SharedAccount seeded(long seed) {
        Random random = new Random(seed);
        return new SharedAccount(Clear.share(PrimeField.ZQ, List.of(new BigInteger(256, random)), random), 1);
    }

    /** One party's components are others than the two others hold, and it believes in a key that fits them. */
    public SharedAccount asSeenByLiar(PartyId liar, boolean own) {
        List<ElementShares> other = new ArrayList<>(views);
        ElementShares one = ElementShares.ofPublic(PrimeField.ZQ, PartyId.P0, 1, PrimeField.ZQ.one());
        PartyId changed = own ? liar : liar.next();
        ElementShares view = views.get(changed.index());
        other.set(
                changed.index(),
                new ElementShares(
                        PrimeField.ZQ,
                        1,
                        PrimeField.ZQ.add(view.own(), one.own()),
                        view.next().clone()));
        return new SharedAccount(other, key.generation());
    }

    public AccountKey key() {
        return key;
    }

    /** Fresh each time. */
    public AccountKeyShare share(PartyId party) {
        byte[] bytes = Arrays.copyOf(views.get(party.index()).ownBytes(), AccountKeyShare.BYTES);
        byte[] next = views.get(party.next().index()).ownBytes();
        System.arraycopy(next, 0, bytes, next.length, next.length);
        return AccountKeyShare.of(party, key, bytes);
    }
}
