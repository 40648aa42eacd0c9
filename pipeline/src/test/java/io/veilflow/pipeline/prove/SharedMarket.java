package io.veilflow.pipeline.prove;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.pipeline.admit.OpenedBook;
import io.veilflow.zk.commitment.Blinding;
import io.veilflow.zk.commitment.BookCommitment;
import io.veilflow.zk.commitment.BookCommitments;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.key.CommitmentBasis;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Books of contributors as the parties hold them after opening, with the contributors' commitments. */
final class SharedMarket {
    private final List<List<OpenedBook>> booksOfParty =
            List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    private final List<BookCommitment> commitments = new ArrayList<>();

    /** Adds a contributor whose numbers begin at a wire. */
    SharedMarket with(CommitmentBasis basis, int firstWire, List<BigInteger> numbers, Random random) {
        BookCommitments committing = new BookCommitments(basis, new SecureRandom());
        List<IntegerShares> shares = Clear.shareIntegers(numbers, random);
        List<ElementShares> blindings = Clear.shareFr(List.of(new BigInteger(250, random)), random);
        List<G1Point> components = new ArrayList<>();
        for (int component = 0; component < 3; component++) {
            try (Blinding rho = Blinding.of(blindings.get(component).ownBytes())) {
                byte[] scalars = shares.get(component).toFr().ownBytes();
                components.add(committing.commit(firstWire, scalars, rho));
            }
        }
        String name = "bank-" + commitments.size();
        commitments.add(new BookCommitment(components));
        for (int party = 0; party < 3; party++) {
            booksOfParty
                    .get(party)
                    .add(new OpenedBook(
                            name, ByteString.copyFromUtf8(name), firstWire, shares.get(party), blindings.get(party)));
        }
        return this;
    }

    List<OpenedBook> booksOf(int party) {
        return booksOfParty.get(party);
    }

    /** D: the sum of all commitments. */
    G1Point expected() {
        return BookCommitment.sumOf(commitments);
    }

    /** One number of one contributor's book is changed in the components of both its holders, after it was committed to. */
    void changeOneComponent() {
        flip(booksOfParty.get(0).get(0).numbers().own());
        flip(booksOfParty.get(2).get(0).numbers().next());
    }

    private static void flip(long[] words) {
        words[0] ^= 1;
    }
}
