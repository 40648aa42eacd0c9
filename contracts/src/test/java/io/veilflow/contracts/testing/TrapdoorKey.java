package io.veilflow.contracts.testing;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.bouncycastle.jcajce.provider.digest.Keccak;

/**
 * A verifying key whose trapdoor is known, and proofs by trapdoor: what the simulator of Groth16's zero-knowledge proof does. It shows the
 * contract's equation right without a prover, for any statement, and shows what an unsafe setup allows. Whether gnark's
 * proofs fit the same equation is for the golden files.
 */
public final class TrapdoorKey {
    private static final int SCALAR_BITS = 253;

    private final Random random;
    private final BigInteger alpha;
    private final BigInteger beta;
    private final BigInteger gamma;
    private final BigInteger delta;
    private final BigInteger sigma;
    private final List<BigInteger> statement;

    /** @param publicInputs of the circuit, context included */
    public TrapdoorKey(long seed, int publicInputs) {
        this.random = new Random(seed);
        this.alpha = scalar();
        this.beta = scalar();
        this.gamma = scalar();
        this.delta = scalar();
        this.sigma = scalar();
        this.statement = random.ints(publicInputs + 2L).mapToObj(i -> scalar()).toList();
    }

    /** Bytes as docs/wire.md section 4 orders them. */
    public byte[] verifyingKey() {
        return join(
                Bn254.g1(alpha),
                Bn254.g2(beta),
                Bn254.g2(gamma),
                Bn254.g2(delta),
                Bn254.g2(sigma),
                join(statement.stream().map(Bn254::g1).toArray(byte[][]::new)));
    }

    /** A proof of the statement with fresh randomness and a commitment to nothing known. */
    public byte[] prove(List<BigInteger> publicInputs) {
        return prove(publicInputs, scalar(), BigInteger.ZERO);
    }

    /**
     * @param commitment logarithm of D
     * @param pokError added to the logarithm of PoK; zero for a valid proof
     */
    public byte[] prove(List<BigInteger> publicInputs, BigInteger commitment, BigInteger pokError) {
        byte[] commitmentBytes = Bn254.g1(commitment);
        BigInteger challenge = new BigInteger(1, new Keccak.Digest256().digest(commitmentBytes)).mod(Bn254.R);
        BigInteger x = statement.get(0).add(commitment);
        for (int i = 0; i < publicInputs.size(); i++) {
            x = x.add(publicInputs.get(i).multiply(statement.get(i + 1)));
        }
        x = x.add(challenge.multiply(statement.get(publicInputs.size() + 1)));
        BigInteger a = scalar();
        BigInteger b = scalar();
        // a b = alpha beta + gamma x + delta c,   sigma d + gamma pok = 0
        BigInteger c = a.multiply(b)
                .subtract(alpha.multiply(beta))
                .subtract(gamma.multiply(x))
                .multiply(delta.modInverse(Bn254.R));
        BigInteger pok = commitment.multiply(sigma).negate().multiply(gamma.modInverse(Bn254.R));
        return join(Bn254.g1(a), Bn254.g2(b), Bn254.g1(c), commitmentBytes, Bn254.g1(pok.add(pokError)));
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
