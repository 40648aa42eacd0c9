package io.veilflow.mpc.adversary;

import io.veilflow.mpc.bits.Planes;
import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.Opening;
import java.util.Arrays;

/** One party's shares of one vector, in whichever domain. */
sealed interface SharedVector {
    byte[] ownBytes();

    byte[] nextBytes();

    /** The same with one added to the first number of the own or the next component. */
    SharedVector withError(boolean own);

    /** Of its own, since a protocol may wipe what it was given. */
    SharedVector copy();

    /** As the product opens a result. */
    long[] open(Opening opening);

    /** The value, from the two components here and the next component of the party two on. */
    long[] reconstruct(SharedVector previous);

    record Elements(ElementShares shares) implements SharedVector {
        @Override
        public byte[] ownBytes() {
            return shares.ownBytes();
        }

        @Override
        public byte[] nextBytes() {
            return shares.nextBytes();
        }

        @Override
        public SharedVector withError(boolean own) {
            PrimeField field = shares.field();
            long[] error = new long[shares.own().length];
            System.arraycopy(field.one(), 0, error, 0, field.words());
            return new Elements(new ElementShares(
                    field,
                    shares.count(),
                    own ? field.add(shares.own(), error) : shares.own().clone(),
                    own ? shares.next().clone() : field.add(shares.next(), error)));
        }

        @Override
        public SharedVector copy() {
            return new Elements(shares.slice(0, shares.count()));
        }

        @Override
        public long[] open(Opening opening) {
            return opening.open(shares, "open");
        }

        @Override
        public long[] reconstruct(SharedVector previous) {
            PrimeField field = shares.field();
            long[] third = ((Elements) previous).shares.next();
            return field.add(field.add(shares.own(), shares.next()), third);
        }
    }

    record Bits(BitShares shares) implements SharedVector {
        @Override
        public byte[] ownBytes() {
            return Words.encode(shares.own());
        }

        @Override
        public byte[] nextBytes() {
            return Words.encode(shares.next());
        }

        @Override
        public SharedVector withError(boolean own) {
            long[] one = shares.own().clone();
            long[] other = shares.next().clone();
            (own ? one : other)[0] ^= 1;
            return new Bits(new BitShares(shares.lanes(), shares.planes(), one, other));
        }

        @Override
        public SharedVector copy() {
            return new Bits(shares.planes(0, shares.planes()));
        }

        @Override
        public long[] open(Opening opening) {
            return opening.open(shares, "open");
        }

        @Override
        public long[] reconstruct(SharedVector previous) {
            long[] third = ((Bits) previous).shares.next();
            long[] out = new long[third.length];
            for (int k = 0; k < out.length; k++) {
                out[k] = shares.own()[k] ^ shares.next()[k] ^ third[k];
            }
            return Planes.cut(out, shares.lanes());
        }
    }

    /** Inputs only. */
    record Integers(IntegerShares shares) implements SharedVector {
        @Override
        public byte[] ownBytes() {
            return Words.encode(shares.own());
        }

        @Override
        public byte[] nextBytes() {
            return Words.encode(shares.next());
        }

        @Override
        public SharedVector withError(boolean own) {
            long[] error = new long[shares.own().length];
            Arrays.fill(error, 0, 1, 1);
            IntegerShares change = new IntegerShares(
                    shares.count(), own ? error : new long[error.length], own ? new long[error.length] : error);
            return new Integers(shares.plus(change));
        }

        @Override
        public SharedVector copy() {
            return new Integers(shares.slice(0, shares.count()));
        }

        @Override
        public long[] open(Opening opening) {
            throw new IllegalStateException("integers of " + Int192.WORDS + " words are not opened");
        }

        @Override
        public long[] reconstruct(SharedVector previous) {
            throw new IllegalStateException("integers are inputs only");
        }
    }
}
