package io.veilflow.contracts.testing;

import io.veilflow.contracts.Groth16Verifier;
import io.veilflow.contracts.WindowRegistry;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.jcajce.provider.digest.Keccak;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/**
 * A registered job with three party keys, one variable word unless more are asked for, one parameter word, and complete posts
 * for it. Proofs are made by trapdoor. Preimages are written out here a second time, apart from the production code.
 */
public final class TestJob {
    public static final int OUTPUT_BITS = 2;
    public static final int WORD_BITS = 130;

    /** The parameter word. */
    public static final BigInteger PARAMETER = new BigInteger("31337000000000000000000000000000001");

    private static final int COMMITMENT_OFFSET = 256;

    private final WindowRegistry registry;
    private final long chainId;
    private final TrapdoorKey key;
    private final byte[] jobId;
    private final byte[] ruleHash = hash("rule");
    private final List<ECKeyPair> parties;

    /** One post, each part of which a test may change. */
    public record Post(
            byte[] jobId, long window, byte[] root, List<BigInteger> words, byte[] proof, byte[] signatures) {
        public String call(WindowRegistry registry) {
            return registry.postWindow(jobId, BigInteger.valueOf(window), root, words, proof, signatures)
                    .encodeFunctionCall();
        }
    }

    private TestJob(WindowRegistry registry, long chainId, TrapdoorKey key, byte[] jobId) {
        this.registry = registry;
        this.chainId = chainId;
        this.key = key;
        this.jobId = jobId.clone();
        this.parties = List.of(1, 2, 3).stream()
                .map(k -> ECKeyPair.create(BigInteger.valueOf(1000L + k)))
                .toList();
    }

    /** A job that is not registered yet. */
    public static TestJob of(WindowRegistry registry, long chainId, TrapdoorKey key, String name) {
        return new TestJob(registry, chainId, key, hash(name));
    }

    /** The same parties and key under another job id. */
    public TestJob withId(byte[] id) {
        return new TestJob(registry, chainId, key, id);
    }

    public byte[] jobId() {
        return jobId.clone();
    }

    public byte[] ruleHash() {
        return ruleHash.clone();
    }

    public List<String> addresses() {
        return parties.stream()
                .map(pair -> Numeric.prependHexPrefix(Keys.getAddress(pair)))
                .toList();
    }

    public ECKeyPair party(int index) {
        return parties.get(index);
    }

    public WindowRegistry.JobTerms terms(Groth16Verifier verifier) {
        return terms(verifier, 1, OUTPUT_BITS, List.of(WORD_BITS));
    }

    /**
     * @param outputWords words that hold outputs
     * @param outputBits bits of outputs in the last of them
     * @param wordBits of every variable word
     */
    public WindowRegistry.JobTerms terms(
            Groth16Verifier verifier, int outputWords, int outputBits, List<Integer> wordBits) {
        return new WindowRegistry.JobTerms(
                verifier.getContractAddress(),
                new Keccak.Digest256().digest(key.verifyingKey()),
                ruleHash,
                hash("basis"),
                addresses(),
                BigInteger.valueOf(outputWords),
                BigInteger.valueOf(outputBits),
                wordBits.stream().map(BigInteger::valueOf).toList(),
                List.of(PARAMETER));
    }

    /** A valid post, signed by parties 0 and 1. The word holds the level and something above it, as prices would be. */
    public Post post(long window, int level) {
        return post(window, hash("root " + window), word(level));
    }

    public Post post(long window, byte[] root, BigInteger word) {
        return post(window, root, List.of(word));
    }

    /** A valid post with any number of variable words. */
    public Post post(long window, byte[] root, List<BigInteger> words) {
        List<BigInteger> inputs = new ArrayList<>();
        inputs.add(context(chainId, registry.getContractAddress(), window, root));
        inputs.addAll(words);
        inputs.add(PARAMETER);
        byte[] proof = key.prove(inputs);
        return sign(new Post(jobId, window, root, words, proof, new byte[0]), 0, 1);
    }

    /** A proof and signatures for another chain or registry. */
    public Post postFor(long otherChain, String otherRegistry, long window, int level) {
        byte[] root = hash("root " + window);
        List<BigInteger> words = List.of(word(level));
        byte[] proof = key.prove(List.of(context(otherChain, otherRegistry, window, root), words.get(0), PARAMETER));
        Post post = new Post(jobId, window, root, words, proof, new byte[0]);
        return withSignatures(post, signatures(message(otherChain, otherRegistry, post, 2), 0, 1));
    }

    /** The same post signed anew for this registry, whatever it says. */
    public Post sign(Post post, int first, int second) {
        return withSignatures(post, signatures(message(post), first, second));
    }

    public byte[] signatures(byte[] message, int first, int second) {
        return concat(signature(message, parties.get(first)), signature(message, parties.get(second)));
    }

    public byte[] message(Post post) {
        return message(chainId, registry.getContractAddress(), post, 2);
    }

    public byte[] message(Post post, int assurance) {
        return message(chainId, registry.getContractAddress(), post, assurance);
    }

    /** What would be signed for the same post under another rule. */
    public byte[] messageUnderRule(Post post, byte[] otherRule) {
        return message(chainId, registry.getContractAddress(), post, otherRule, 2);
    }

    public static Post withSignatures(Post post, byte[] signatures) {
        return new Post(post.jobId, post.window, post.root, post.words, post.proof, signatures);
    }

    public static BigInteger word(int level) {
        return BigInteger.valueOf(level).or(BigInteger.valueOf(4_200_000_000L).shiftLeft(OUTPUT_BITS));
    }

    /** r || s || v with low s. */
    public static byte[] signature(byte[] message, ECKeyPair pair) {
        Sign.SignatureData data = Sign.signMessage(message, pair, false);
        return concat(data.getR(), data.getS(), data.getV());
    }

    public static byte[] hash(String text) {
        return keccak(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private BigInteger context(long chain, String at, long window, byte[] root) {
        byte[] hash =
                keccak(concat(hash("veilflow/context/1"), number(chain), address(at), jobId, number(window), root));
        return new BigInteger(1, hash).shiftRight(3);
    }

    private byte[] message(long chain, String at, Post post, int assurance) {
        return message(chain, at, post, ruleHash, assurance);
    }

    private static byte[] message(long chain, String at, Post post, byte[] rule, int assurance) {
        byte[] words = keccak(concat(
                post.words.stream().map(word -> Numeric.toBytesPadded(word, 32)).toArray(byte[][]::new)));
        return keccak(concat(
                hash("veilflow/result/1"),
                number(chain),
                address(at),
                post.jobId,
                number(post.window),
                post.root,
                rule,
                Arrays.copyOfRange(post.proof, COMMITMENT_OFFSET, COMMITMENT_OFFSET + 64),
                words,
                number(assurance)));
    }

    private static byte[] number(long value) {
        return Numeric.toBytesPadded(BigInteger.valueOf(value), 32);
    }

    private static byte[] address(String address) {
        return Numeric.toBytesPadded(Numeric.toBigInt(address), 32);
    }

    private static byte[] keccak(byte[] bytes) {
        return new Keccak.Digest256().digest(bytes);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }
}
