package io.veilflow.contracts.testing;

import io.veilflow.contracts.Groth16Verifier;
import io.veilflow.contracts.WindowRegistry;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.jcajce.provider.digest.Keccak;
import org.web3j.utils.Numeric;

/**
 * A job with a group key, one variable word unless more are asked for, one parameter word, and complete posts for it. Proofs are
 * made by trapdoor. Preimages are written out here a second time, apart from the production code.
 */
public final class TestJob {
    public static final int OUTPUT_BITS = 2;
    public static final int WORD_BITS = 130;

    /** The parameter word. */
    public static final BigInteger PARAMETER = new BigInteger("31337000000000000000000000000000001");

    public static final int ATTESTED = 1;
    public static final int PROVEN = 2;

    private static final int COMMITMENT_OFFSET = 256;

    private final WindowRegistry registry;
    private final long chainId;
    private final TrapdoorKey key;
    private final byte[] jobId;
    private final byte[] ruleHash = hash("rule");
    private final WholeGroupKey group;

    /** One post, each part of which a test may change. */
    public record Post(byte[] jobId, long window, byte[] root, List<BigInteger> words, byte[] proof, byte[] signature) {
        public String call(WindowRegistry registry) {
            return registry.postWindow(jobId, BigInteger.valueOf(window), root, words, proof, signature)
                    .encodeFunctionCall();
        }

        /** D of the proof. */
        public byte[] commitment() {
            return Arrays.copyOfRange(proof, COMMITMENT_OFFSET, COMMITMENT_OFFSET + 64);
        }

        public Post withSignature(byte[] other) {
            return new Post(jobId, window, root, words, proof, other);
        }

        public Post withProof(byte[] other) {
            return new Post(jobId, window, root, words, other, signature);
        }

        /** The same result without its proof, under another signature. */
        public String attestedCall(WindowRegistry registry, byte[] other) {
            byte[] d = commitment();
            return registry.postAttested(
                            jobId,
                            BigInteger.valueOf(window),
                            root,
                            new BigInteger(1, Arrays.copyOf(d, 32)),
                            new BigInteger(1, Arrays.copyOfRange(d, 32, 64)),
                            words,
                            other)
                    .encodeFunctionCall();
        }
    }

    private TestJob(WindowRegistry registry, long chainId, TrapdoorKey key, byte[] jobId, WholeGroupKey group) {
        this.registry = registry;
        this.chainId = chainId;
        this.key = key;
        this.jobId = jobId.clone();
        this.group = group;
    }

    /** A job that is not registered yet. */
    public static TestJob of(WindowRegistry registry, long chainId, TrapdoorKey key, String name) {
        return new TestJob(registry, chainId, key, hash(name), WholeGroupKey.of(1001));
    }

    /** The same keys under another job id. */
    public TestJob withId(byte[] id) {
        return new TestJob(registry, chainId, key, id, group);
    }

    /** The same job at another registry of the chain. */
    public TestJob at(WindowRegistry other) {
        return new TestJob(other, chainId, key, jobId, group);
    }

    /** The same job, signed for by another group key. */
    public TestJob signedBy(WholeGroupKey other) {
        return new TestJob(registry, chainId, key, jobId, other);
    }

    /** Registers the job with these terms. */
    public void register(WindowRegistry.JobTerms terms) {
        TestChain.done(registry.registerJob(jobId, groupKey(), terms));
    }

    public byte[] jobId() {
        return jobId.clone();
    }

    public byte[] ruleHash() {
        return ruleHash.clone();
    }

    public WholeGroupKey group() {
        return group;
    }

    public WindowRegistry.GroupKey groupKey() {
        return new WindowRegistry.GroupKey(group.x(), BigInteger.valueOf(group.parity()));
    }

    /** Terms that registry and verifier take, to be changed. */
    public TermsBuilder terms(Groth16Verifier verifier) {
        return new TermsBuilder(
                        verifier.getContractAddress(), new Keccak.Digest256().digest(key.verifyingKey()), ruleHash)
                .outputs(1, OUTPUT_BITS, List.of(WORD_BITS))
                .parameters(List.of(PARAMETER));
    }

    /** A valid post. The word holds the level and something above it, as prices would be. */
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
        return sign(new Post(jobId, window, root, words, key.prove(inputs), new byte[0]));
    }

    /** A proof and a signature for another chain or registry. */
    public Post postFor(long otherChain, String otherRegistry, long window, int level) {
        byte[] root = hash("root " + window);
        List<BigInteger> words = List.of(word(level));
        byte[] proof = key.prove(List.of(context(otherChain, otherRegistry, window, root), words.get(0), PARAMETER));
        Post post = new Post(jobId, window, root, words, proof, new byte[0]);
        return post.withSignature(group.sign(message(otherChain, otherRegistry, post, ruleHash, PROVEN)));
    }

    /** The same post signed anew for this registry, whatever it says. */
    public Post sign(Post post) {
        return post.withSignature(group.sign(message(post, PROVEN)));
    }

    /** The call that posts the same result attested. */
    public String attested(Post post) {
        return post.attestedCall(registry, group.sign(message(post, ATTESTED)));
    }

    public byte[] message(Post post, int assurance) {
        return messageUnderRule(post, ruleHash, assurance);
    }

    /** What would be signed for the same post under another rule. */
    public byte[] messageUnderRule(Post post, byte[] otherRule, int assurance) {
        return message(chainId, registry.getContractAddress(), post, otherRule, assurance);
    }

    public byte[] skipMessage(long first, long last, int reason) {
        return statement("veilflow/skip/1", number(first), number(last), number(reason));
    }

    /** The call that skips windows. */
    public String skip(long first, long last, int reason) {
        return registry.skipWindows(
                        jobId,
                        BigInteger.valueOf(first),
                        BigInteger.valueOf(last),
                        BigInteger.valueOf(reason),
                        group.sign(skipMessage(first, last, reason)))
                .encodeFunctionCall();
    }

    public byte[] rotationMessage(long fromWindow, WholeGroupKey next) {
        return statement("veilflow/rotate/1", number(fromWindow), Bn254.words(next.x()), number(next.parity()));
    }

    /** The call that announces the next key. */
    public String rotation(long fromWindow, WholeGroupKey next) {
        return registry.rotateKey(
                        jobId,
                        BigInteger.valueOf(fromWindow),
                        next.x(),
                        BigInteger.valueOf(next.parity()),
                        group.sign(rotationMessage(fromWindow, next)))
                .encodeFunctionCall();
    }

    public static BigInteger word(int level) {
        return BigInteger.valueOf(level).or(BigInteger.valueOf(4_200_000_000L).shiftLeft(OUTPUT_BITS));
    }

    public static byte[] hash(String text) {
        return keccak(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private BigInteger context(long chain, String at, long window, byte[] root) {
        byte[] hash =
                keccak(concat(hash("veilflow/context/1"), number(chain), address(at), jobId, number(window), root));
        return new BigInteger(1, hash).shiftRight(3);
    }

    private static byte[] message(long chain, String at, Post post, byte[] rule, int assurance) {
        byte[] words = keccak(concat(
                post.words.stream().map(word -> Numeric.toBytesPadded(word, 32)).toArray(byte[][]::new)));
        return keccak(concat(
                hash("veilflow/result/2"),
                number(chain),
                address(at),
                post.jobId,
                number(post.window),
                post.root,
                rule,
                post.commitment(),
                words,
                number(assurance)));
    }

    private byte[] statement(String label, byte[]... words) {
        return keccak(
                concat(hash(label), number(chainId), address(registry.getContractAddress()), jobId, concat(words)));
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
