package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.ChainView;
import io.veilflow.pipeline.post.SettlementException;
import io.veilflow.pipeline.service.KeySuccession;
import io.veilflow.pipeline.service.OperatorLogs;
import io.veilflow.pipeline.service.RotationRefusal;
import io.veilflow.pipeline.service.SigningTerms;
import io.veilflow.pipeline.sign.GroupSigner;
import io.veilflow.pipeline.sign.RotationMessage;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the group's keys signs the results of a window (DESIGN section 8: keys change at a window number): the job's, until
 * operators approve of a rotation. Then nothing is guessed. Before the first window of the new key a party waits until every window
 * before it is on the chain for good. From then on the registry takes no rotation to that window or an earlier one, so the key that it
 * names stands for ever, whatever was signed or sent before; and the party signs with that key or holds.
 *
 * <p>So that a window is never signed with a key that is replaced behind its back, a party takes part in a rotation only if its own
 * windows are two behind: no window is computed without all three, so no honest party has begun the first window of the new key
 * then, and each of them reads the approvals before it does. (A skip needs only two; whoever signs it has reached the window behind it.)
 * One rotation is under way at a time, since until it is settled nobody can say which key names the next. A restarted party learns
 * the keys of its windows as it comes to them again, so it has to do with rotations only once it is where it was.
 */
final class ResultKeys implements KeySuccession {
    private static final Logger LOG = LoggerFactory.getLogger(ResultKeys.class);
    private static final long CHAIN_PAUSE_MILLIS = 200;

    private final JobTerms terms;
    private final SigningTerms policy;
    private final OperatorLogs operators;
    private final List<GroupSigner> signers;
    private final IntSupplier openWindows;
    private final ChainView chain;
    private final Patience patience;
    private final ConcurrentSkipListMap<Long, GroupSigner> byFirstWindow = new ConcurrentSkipListMap<>();
    private final long begunBefore;
    private volatile long begun;
    private volatile long settled = -1;
    private long underWay = -1;

    /**
     * @param signers with the job's key, and with those that this party can sign with after it
     * @param openWindows signed and not on the chain for good
     * @param begun the last window that this party had begun when it was started, -1 for none
     */
    ResultKeys(
            JobTerms terms,
            OperatorLogs operators,
            List<GroupSigner> signers,
            IntSupplier openWindows,
            ChainView chain,
            Patience patience,
            long begun) {
        this.begunBefore = begun;
        this.begun = begun;
        this.terms = terms;
        this.policy = new SigningTerms(terms);
        this.operators = operators;
        this.signers = List.copyOf(signers);
        this.openWindows = openWindows;
        this.chain = chain;
        this.patience = patience;
        byFirstWindow.put(0L, signers.get(0));
    }

    @Override
    public boolean isReady() {
        return settled >= begunBefore;
    }

    @Override
    public synchronized void resume(RotationMessage rotation) {
        underWay = Math.max(underWay, rotation.fromWindow());
    }

    @Override
    public synchronized Optional<RotationRefusal> begin(RotationMessage rotation) {
        if (rotation.fromWindow() <= begun + 1) {
            return Optional.of(RotationRefusal.BEGUN);
        }
        if (underWay > byFirstWindow.lastKey()) {
            return Optional.of(RotationRefusal.UNDER_WAY);
        }
        underWay = rotation.fromWindow();
        return Optional.empty();
    }

    @Override
    public GroupSigner naming(RotationMessage rotation) {
        return signerOf(rotation.fromWindow() - 1);
    }

    /** The window is closed: this party takes part in no rotation to it, or to the next, any more. */
    void reach(long window) {
        begun = Math.max(begun, window);
    }

    /** Whether the window can begin only once all before it are on the chain. */
    boolean waitsForTheChain(long window) {
        long decided = byFirstWindow.lastKey();
        return policy.approvedRotations(operators.read()).stream()
                .mapToLong(RotationMessage::fromWindow)
                .anyMatch(first -> first > decided && first <= window);
    }

    /**
     * The window, which has been reached, is the next one to be signed: settles with which key. Waits for the chain if it has to.
     *
     * @throws JobHeldException if this party has no share of the window's key
     */
    void begin(long window) {
        if (waitsForTheChain(window)) {
            LOG.info("window {} waits for all before it: operators have approved of another result key", window);
            patience.await(() -> openWindows.getAsInt() == 0 ? Optional.of(window) : Optional.empty());
            ByteString key = patience.await(() -> registered(window));
            byFirstWindow.put(window, signerWith(key, window));
            LOG.info("windows from {} on are signed with the result key {}", window, hex(key));
        }
        settled = window;
    }

    /** For statements about a window that has begun. */
    GroupSigner signerOf(long window) {
        return byFirstWindow.floorEntry(window).getValue();
    }

    /** Empty if the chain does not answer now. */
    private Optional<ByteString> registered(long window) {
        try {
            return Optional.of(chain.termsOf(terms.jobId(), window).groupKey());
        } catch (SettlementException failed) {
            if (!failed.reason().retryable()) {
                throw new JobHeldException("the registry does not say which key signs: " + failed.getMessage(), failed);
            }
            LOG.warn("the registry does not say yet which key signs: {}", failed.getMessage());
            patience.pause(CHAIN_PAUSE_MILLIS);
            return Optional.empty();
        }
    }

    private GroupSigner signerWith(ByteString key, long window) {
        return signers.stream()
                .filter(signer -> Arrays.equals(signer.groupPoint(), key.toByteArray()))
                .findFirst()
                .orElseThrow(() -> new JobHeldException("windows from " + window + " on are signed with the result key "
                        + hex(key) + ", of which this party has no share; name its store as nextResultKeyStore"));
    }

    private static String hex(ByteString key) {
        return HexFormat.of().formatHex(key.toByteArray());
    }
}
