package io.veilflow.zk.joint;

import io.veilflow.nativelib.ProvingKeyHandle;
import io.veilflow.zk.key.JobKeys;
import io.veilflow.zk.key.KeyCache;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.job.MarketHealthRule;
import io.veilflow.zk.statement.ContextHash;
import io.veilflow.zk.statement.Statement;
import io.veilflow.zk.verify.ProofVerifier;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** One window of a small market with its keys, made once for the tests of a class, and three parties that prove it. */
final class ProvenMarket implements AutoCloseable {
    static final TestPost.Tamper HONEST = (from, to, label, message) -> message;
    static final MarketHealthRule MARKET = MarketHealthRule.of(1, 4);
    static final int WINDOW = 7;

    private final JobKeys keys;
    private final ProvingKeyHandle provingKey;
    private final ClearReading reading;

    ProvenMarket(Path directory) {
        keys = new KeyCache(directory).keysOf(MARKET.rule());
        provingKey = keys.loadProvingKey();
        reading = reading(10);
    }

    static ClearReading reading(long price) {
        return reading(numbers(100, 500, 100, 900, 0, 0, 40, 1), price);
    }

    static ClearReading reading(List<BigInteger> book, long price) {
        return MARKET.rule()
                .evaluate(ClearInputs.allUsed(
                        MARKET.rule(),
                        book,
                        MARKET.publicInputs(numbers(price), numbers(8_000), numbers(1_000, 2_500, 9_999))));
    }

    static List<BigInteger> numbers(long... values) {
        return Arrays.stream(values).mapToObj(BigInteger::valueOf).toList();
    }

    static ContextHash context(long chainId, int registry, long window, int manifest) {
        byte[] address = new byte[20];
        Arrays.fill(address, (byte) registry);
        byte[] root = new byte[32];
        Arrays.fill(root, (byte) manifest);
        return ContextHash.of(chainId, address, new byte[32], window, root);
    }

    JobKeys keys() {
        return keys;
    }

    ProvingKeyHandle provingKey() {
        return provingKey;
    }

    ClearReading reading() {
        return reading;
    }

    ProofVerifier verifier() {
        return new ProofVerifier(keys.verifyingKey());
    }

    SharedWindow window(long seed) {
        return new SharedWindow(keys, context(31337, 1, WINDOW, 2), reading, seed);
    }

    List<ThreeProvers.Ending> prove(TestPost.Tamper tamper, SharedWindow shared) {
        return prove(tamper, shared, shared.statement());
    }

    List<ThreeProvers.Ending> prove(TestPost.Tamper tamper, SharedWindow shared, Statement opened) {
        return prove(new TestPost("run", tamper), shared, opened);
    }

    List<ThreeProvers.Ending> prove(TestPost post, SharedWindow shared, Statement opened) {
        return new ThreeProvers(MARKET.rule(), provingKey).run(post, shared::witnessOf, opened.wordBytes());
    }

    @Override
    public void close() {
        provingKey.close();
    }
}
