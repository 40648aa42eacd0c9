package io.veilflow.contracts.testing;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bouncycastle.jcajce.provider.digest.Keccak;
import org.bouncycastle.jcajce.provider.digest.SHA256;

/**
 * A verifying key whose trapdoor is known, and proofs by trapdoor: what the simulator of Groth16's zero-knowledge proof does. It shows the
 * contract's equation right without a prover, for any statement, and shows what an unsafe setup allows. Whether gnark's
 * proofs fit the same equation is for the golden files.
 */
public final class TrapdoorKey {
    private static final int SCALAR_BITS = 253;
    /** With its length, 9, behind it. */
    private static final byte[] FOLD_TAG = "G16-BSB22\t".getBytes(StandardCharsets.US_ASCII);

    private final Random random;
    private final BigInteger alpha;
    private final BigInteger beta;
    private final BigInteger gamma;
    private final BigInteger delta;
    private final List<BigInteger> sigmas;
    private final List<BigInteger> statement;

    /**
     * A key with one commitment.
     *
     * @param publicInputs of the circuit, context included
     */
    public TrapdoorKey(long seed, int publicInputs) {
        this(seed, publicInputs, 1);
    }

    public TrapdoorKey(long seed, int publicInputs, int commitments) {
        this.random = new Random(seed);
        this.alpha = scalar();
        this.beta = scalar();
        this.gamma = scalar();
        this.delta = scalar();
        this.sigmas = scalars(commitments);
        this.statement = scalars(1 + publicInputs + commitments);
    }

    public int commitments() {
        return sigmas.size();
    }

    /** Bytes as docs/wire.md section 4 orders them. */
    public byte[] verifyingKey() {
        return join(
                new byte[] {(byte) commitments()},
                Bn254.g1(alpha),
                Bn254.g2(beta),
                Bn254.g2(gamma),
                Bn254.g2(delta),
                join(sigmas.stream().map(Bn254::g2).toArray(byte[][]::new)),
                join(statement.stream().map(Bn254::g1).toArray(byte[][]::new)));
    }

    /** A proof of the statement with fresh randomness and commitments to nothing known. */
    public byte[] prove(List<BigInteger> publicInputs) {
        return prove(publicInputs, scalars(commitments()), BigInteger.ZERO);
    }

    /**
     * @param commitments logarithm of each
     * @param pokError added to the logarithm of PoK; zero for a valid proof
     */
    public byte[] prove(List<BigInteger> publicInputs, List<BigInteger> commitments, BigInteger pokError) {
        List<byte[]> points = commitments.stream().map(Bn254::g1).toList();
        List<BigInteger> challenges = points.stream()
                .map(point -> new BigInteger(1, new Keccak.Digest256().digest(point)).mod(Bn254.R))
                .toList();
        BigInteger x = statement.get(0);
        for (int i = 0; i < publicInputs.size(); i++) {
            x = x.add(publicInputs.get(i).multiply(statement.get(i + 1)));
        }
        for (int i = 0; i < challenges.size(); i++) {
            x = x.add(commitments.get(i));
            x = x.add(challenges.get(i).multiply(statement.get(publicInputs.size() + 1 + i)));
        }
        BigInteger a = scalar();
        BigInteger b = scalar();
        // a b = alpha beta + gamma x + delta c,   sigma_1 d_1 + rho sigma_2 d_2 + gamma pok = 0
        BigInteger c = a.multiply(b)
                .subtract(alpha.multiply(beta))
                .subtract(gamma.multiply(x))
                .multiply(delta.modInverse(Bn254.R));
        BigInteger known = commitments.get(0).multiply(sigmas.get(0));
        if (challenges.size() == 2) {
            known = known.add(
                    foldChallenge(challenges).multiply(commitments.get(1)).multiply(sigmas.get(1)));
        }
        BigInteger pok = known.negate().multiply(gamma.modInverse(Bn254.R));
        return join(
                Bn254.g1(a),
                Bn254.g2(b),
                Bn254.g1(c),
                join(points.toArray(byte[][]::new)),
                Bn254.g1(pok.add(pokError)));
    }

    /** rho of docs/wire.md section 4: 48 bytes of expand_message_xmd (RFC 9380) of the challenges, mod r. */
    public static BigInteger foldChallenge(List<BigInteger> challenges) {
        byte[] message = Bn254.words(challenges.toArray(BigInteger[]::new));
        byte[] b0 = sha256(new byte[64], message, new byte[] {0, 48, 0}, FOLD_TAG);
        byte[] b1 = sha256(b0, new byte[] {1}, FOLD_TAG);
        byte[] both = new byte[b0.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = (byte) (b0[i] ^ b1[i]);
        }
        byte[] b2 = sha256(both, new byte[] {2}, FOLD_TAG);
        return new BigInteger(1, join(b1, Arrays.copyOf(b2, 16))).mod(Bn254.R);
    }

    private static byte[] sha256(byte[]... parts) {
        return new SHA256.Digest().digest(join(parts));
    }

    private List<BigInteger> scalars(int count) {
        return IntStream.range(0, count).mapToObj(i -> scalar()).toList();
    }

    private BigInteger scalar() {
        return new BigInteger(SCALAR_BITS, random).setBit(0);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }
}
