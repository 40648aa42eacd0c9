package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.Anvil;
import io.veilflow.contracts.WindowRegistry;
import io.veilflow.contracts.testing.Bn254;
import io.veilflow.contracts.testing.TestChain;
import io.veilflow.contracts.testing.TrapdoorKey;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.job.ChainBinding;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.PostingPolicy;
import io.veilflow.pipeline.job.SampleJob;
import io.veilflow.pipeline.job.WindowPolicy;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultMessage;
import io.veilflow.pipeline.sign.RotationMessage;
import io.veilflow.pipeline.sign.SampleGroup;
import io.veilflow.pipeline.sign.SkipMessage;
import io.veilflow.pipeline.sign.SkipReason;
import io.veilflow.zk.rule.PublicValues;
import io.veilflow.zk.statement.ContextHash;
import io.veilflow.zk.statement.Statement;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.web3j.utils.Numeric;

/**
 * A chain with the sample job deployed on it, and valid posts for the job: signed by the sample group's key, proven by trapdoor (no
 * prover runs here; the key's trapdoor is known).
 */
final class PostFixture implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final long SEED = 5;
    private static final int PUBLIC_INPUTS = 3;
    private static final int WORD = 32;
    private static final int A_Y = 32;
    private static final int B_Y = 128;

    private final TestChain chain = new TestChain();
    private final TrapdoorKey key = new TrapdoorKey(SEED, PUBLIC_INPUTS);
    private final ByteString registry;
    private final ByteString verifier;
    private final JobTerms terms;

    PostFixture() {
        this(SampleJob.definition().windows().posting());
    }

    PostFixture(PostingPolicy policy) {
        try (Deployment deployment = deployment()) {
            registry = deployment.deployRegistry();
            terms = terms(policy);
            verifier = deployment.deployJob(terms, verifyingKey());
        }
    }

    Deployment deployment() {
        return Deployment.connect(url(), chainId(), account(0), DEADLINE);
    }

    /** Posts from anvil's account k. */
    EthereumChain chain(int k) {
        return chain(k, DEADLINE);
    }

    EthereumChain chain(int k, Duration deadline) {
        return chain(k, PosterOptions.of(0, deadline), List.of(url()));
    }

    EthereumChain chain(int k, PosterOptions options, List<URI> nodes) {
        return EthereumChain.connect(nodes, chainId(), registry, account(k), options);
    }

    /** Posts unless it is there, and looks. */
    static PostReceipt settle(Chain chain, Post post) {
        if (chain.status(post).state() == PostStatus.State.OPEN) {
            chain.post(post);
        }
        return chain.status(post).receipt().orElseThrow();
    }

    TestChain node() {
        return chain;
    }

    /** The registry, called as anvil's account k; 0 owns it. */
    WindowRegistry contract(int k) {
        return WindowRegistry.load(Hex.text(registry), chain.web3(), chain.sender(k), chain.gas());
    }

    /** The owner gives the job another policy from a window on. Returns its terms then. */
    RegisteredTerms changeTerms(long fromWindow, PostingPolicy policy) {
        RegisteredTerms changed = RegisteredTerms.of(terms(policy), verifier);
        TestChain.done(contract(0)
                .changeTerms(jobId().toByteArray(), BigInteger.valueOf(fromWindow), ContractTerms.write(changed)));
        return changed;
    }

    URI url() {
        return URI.create(chain.url());
    }

    long chainId() {
        return Anvil.DEFAULT_CHAIN_ID;
    }

    ByteString registry() {
        return registry;
    }

    ByteString verifier() {
        return verifier;
    }

    JobTerms terms() {
        return terms;
    }

    /** The same job with another policy. */
    JobTerms terms(PostingPolicy policy) {
        return new JobTerms(definition(SampleJob.definition(), policy));
    }

    ByteString verifyingKey() {
        return ByteString.copyFrom(key.verifyingKey());
    }

    ByteString jobId() {
        return terms.jobId();
    }

    static PosterAccount account(int k) {
        return PosterAccount.of(Numeric.hexStringToByteArray(Anvil.FUNDED_KEYS.get(k)));
    }

    /** A valid post with this level. */
    WindowPost post(long window, int level) {
        byte[] root = Hashes.sha256(new byte[] {(byte) window});
        List<BigInteger> feed = Collections.nCopies(terms.feedInputs().size(), BigInteger.valueOf(100_000_000L));
        Statement statement = Statement.of(
                terms.rule(),
                ContextHash.of(chainId(), registry.toByteArray(), jobId().toByteArray(), window, root),
                PublicValues.allUsed(terms.rule(), List.of(BigInteger.valueOf(level)), terms.publicInputs(feed)));
        List<BigInteger> inputs = new ArrayList<>(List.of(statement.context().value()));
        inputs.addAll(statement.words());
        List<ByteString> variableWords =
                statement.words().subList(0, terms.rule().publicWords().variableWords()).stream()
                        .map(word -> Hex.number(word, 32))
                        .toList();
        ByteString proof = ByteString.copyFrom(key.prove(inputs));
        ByteString manifestRoot = ByteString.copyFrom(root);
        ResultMessage message = new ResultMessage(
                chainId(),
                registry,
                jobId(),
                window,
                manifestRoot,
                terms.ruleHash(),
                WindowPost.commitment(proof),
                variableWords,
                Assurance.PROVEN);
        return new WindowPost(message, proof, SampleGroup.signature(message));
    }

    /** The same result with another proof that holds: anybody can negate A and B. */
    static WindowPost otherProof(WindowPost post) {
        byte[] proof = post.proof().toByteArray();
        for (int y : List.of(A_Y, B_Y, B_Y + WORD)) {
            BigInteger coordinate = new BigInteger(1, Arrays.copyOfRange(proof, y, y + WORD));
            System.arraycopy(Bn254.words(Bn254.P.subtract(coordinate)), 0, proof, y, WORD);
        }
        return new WindowPost(post.message(), ByteString.copyFrom(proof), post.signature());
    }

    /** The same result without its proof. */
    static AttestedPost attested(WindowPost proven) {
        ResultMessage message = proven.message().as(Assurance.ATTESTED);
        return new AttestedPost(message, SampleGroup.signature(message));
    }

    SkipPost skip(long first, long last) {
        SkipMessage message = new SkipMessage(chainId(), registry, jobId(), first, last, SkipReason.NO_TICK);
        return new SkipPost(message, SampleGroup.signature(message));
    }

    /** @param newKey compressed, 33 bytes */
    RotationPost rotation(long fromWindow, ByteString newKey) {
        RotationMessage message = new RotationMessage(chainId(), registry, jobId(), fromWindow, newKey);
        return new RotationPost(message, SampleGroup.signature(message));
    }

    @Override
    public void close() {
        chain.close();
    }

    private JobDefinition definition(JobDefinition sample, PostingPolicy policy) {
        WindowPolicy windows = sample.windows();
        return new JobDefinition(
                sample.name(),
                sample.profile(),
                sample.environment(),
                sample.program(),
                sample.contributors(),
                sample.parties(),
                sample.group(),
                sample.feeder(),
                new WindowPolicy(
                        windows.startMillis(),
                        windows.windowMillis(),
                        windows.minimumContributors(),
                        windows.maximumBookAgeWindows(),
                        windows.openWindowLimit(),
                        policy),
                new ChainBinding(chainId(), registry),
                ByteString.copyFrom(Hashes.keccak256(key.verifyingKey())),
                sample.basisDigest());
    }
}
