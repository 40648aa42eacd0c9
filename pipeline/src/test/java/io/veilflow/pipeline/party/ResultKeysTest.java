package io.veilflow.pipeline.party;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.key.KeyPurpose;
import io.veilflow.pipeline.post.ChainView;
import io.veilflow.pipeline.post.RegisteredTerms;
import io.veilflow.pipeline.post.SettlementException;
import io.veilflow.pipeline.service.OperatorLogs;
import io.veilflow.pipeline.service.RotationRefusal;
import io.veilflow.pipeline.service.SigningDesk;
import io.veilflow.pipeline.sign.GroupSigner;
import io.veilflow.pipeline.sign.RotationMessage;
import io.veilflow.pipeline.sign.SampleGroup;
import io.veilflow.pipeline.sign.SigningBoard;
import io.veilflow.pipeline.sign.SigningWorld;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultKeysTest {
    private static final long FIRST = 5;

    @TempDir
    Path directory;

    private final KeyShare nextShare = SampleGroup.nextResultShares().get(0);
    private final Registry registry = new Registry();
    private SigningWorld world;
    private GroupSigner old;
    private GroupSigner next;
    private int openWindows;
    private int looks;

    @BeforeEach
    void begin() {
        world = new SigningWorld(directory.resolve("board"));
        old = world.signer(PartyId.P0, KeyPurpose.RESULT);
        next = new GroupSigner(
                KeyPurpose.RESULT,
                nextShare,
                new SigningBoard(RecordVerifier.of(world.job().definition()), world.board()),
                world.log(PartyId.P0),
                (culprit, statement) -> {},
                new SecureRandom());
        registry.key = world.job().definition().group().resultKey();
    }

    @AfterEach
    void end() {
        nextShare.close();
        world.close();
    }

    @Test
    void withoutARotationTheJobsKeySignsAndTheChainIsNotAsked() {
        ResultKeys keys = keys(old, next);
        openWindows = 3;
        keys.begin(FIRST);
        assertSame(old, keys.signerOf(FIRST));
        assertEquals(0, registry.questions);
    }

    @Test
    @DisplayName(
            "G8: the new key signs from its first window on, once everything before is on the chain; the old one before")
    void theRegistryDecides() {
        ResultKeys keys = keys(old, next);
        rotate(true);
        registry.key = SampleGroup.nextResultKey();
        registry.failures = 1;
        openWindows = 2;
        keys.begin(FIRST - 1);
        assertFalse(keys.waitsForTheChain(FIRST - 1));
        assertTrue(keys.waitsForTheChain(FIRST));
        keys.begin(FIRST);
        assertEquals(0, openWindows, "it has waited");
        assertSame(old, keys.signerOf(FIRST - 1));
        assertSame(next, keys.signerOf(FIRST));
        assertSame(next, keys.signerOf(FIRST + 7));
        assertFalse(keys.waitsForTheChain(FIRST + 1), "decided for ever");
        assertEquals(2, registry.questions, "a chain that does not answer is asked again");
    }

    @Test
    @DisplayName(
            "G8: a rotation that the registry never took changes nothing; one that only its operator wants is none")
    void notRegistered() {
        ResultKeys keys = keys(old, next);
        ByteString request = rotate(false);
        assertFalse(keys.waitsForTheChain(FIRST));
        desk().approve(PartyId.P1, world.identity(PartyId.P1), request);
        keys.begin(FIRST);
        assertSame(old, keys.signerOf(FIRST));
    }

    @Test
    @DisplayName("G8: a party without a share of the key that the registry names holds, and says what to do")
    void noShare() {
        ResultKeys keys = keys(old);
        rotate(true);
        registry.key = SampleGroup.nextResultKey();
        JobHeldException held = assertThrows(JobHeldException.class, () -> keys.begin(FIRST));
        assertTrue(held.getMessage().contains("name its store as nextResultKeyStore"), held.getMessage());
    }

    @Test
    @DisplayName("G8: no party takes part in a rotation to a window that it, or another, may have begun")
    void lateRotations() {
        ResultKeys keys = keys(old, next);
        assertEquals(Optional.of(RotationRefusal.BEGUN), keys.begin(from(0)));
        keys.reach(3);
        assertEquals(Optional.of(RotationRefusal.BEGUN), keys.begin(from(3)));
        assertEquals(Optional.of(RotationRefusal.BEGUN), keys.begin(from(4)));
        assertEquals(Optional.empty(), keys.begin(from(5)));
    }

    @Test
    @DisplayName(
            "G8: one rotation is under way at a time; the next is signed with the key that the registry then names")
    void oneAfterTheOther() {
        ResultKeys keys = keys(old, next);
        rotate(true);
        assertEquals(Optional.empty(), keys.begin(from(FIRST)));
        assertSame(old, keys.naming(from(FIRST)));
        assertEquals(Optional.of(RotationRefusal.UNDER_WAY), keys.begin(from(FIRST + 5)));
        registry.key = SampleGroup.nextResultKey();
        keys.reach(FIRST);
        assertEquals(
                Optional.of(RotationRefusal.UNDER_WAY), keys.begin(from(FIRST + 5)), "reached, but not yet settled");
        keys.begin(FIRST);
        assertEquals(Optional.empty(), keys.begin(from(FIRST + 5)));
        assertSame(next, keys.naming(from(FIRST + 5)));
    }

    @Test
    @DisplayName(
            "D1, G8: key change during a window: a party that is started again in it finds the key of each window as before, and"
                    + " takes part in no rotation to a window that it had begun")
    void startedAgainInAWindowOfTheNewKey() {
        rotate(true);
        registry.key = SampleGroup.nextResultKey();
        ResultKeys before = keys(old, next);
        before.reach(FIRST);
        before.begin(FIRST);
        ResultKeys again = keys(FIRST, old, next);
        for (long window = 0; window <= FIRST + 1; window++) {
            again.begin(window);
            assertSame(window < FIRST ? old : next, again.signerOf(window), "window " + window);
            assertSame(before.signerOf(window), again.signerOf(window));
        }
        assertEquals(Optional.of(RotationRefusal.BEGUN), again.begin(from(FIRST)));
        assertEquals(Optional.of(RotationRefusal.BEGUN), again.begin(from(FIRST + 1)));
    }

    @Test
    @DisplayName("D1, G8: a restarted party is ready for rotations once it has come to the last window that had begun")
    void afterARestart() {
        rotate(true);
        registry.key = SampleGroup.nextResultKey();
        ResultKeys keys = keys(FIRST + 1, old, next);
        keys.resume(from(FIRST));
        keys.reach(FIRST);
        keys.begin(FIRST);
        assertFalse(keys.isReady());
        keys.begin(FIRST + 1);
        assertTrue(keys.isReady());
        assertEquals(Optional.of(RotationRefusal.BEGUN), keys.begin(from(FIRST + 2)));
        assertEquals(Optional.empty(), keys.begin(from(FIRST + 3)));
        assertSame(next, keys.naming(from(FIRST + 3)));
    }

    @Test
    @DisplayName("D1, G8: the rotation that was under way before a restart is under way after it")
    void underWayBeforeARestart() {
        ResultKeys keys = keys(old, next);
        assertTrue(keys.isReady(), "nothing had begun");
        keys.resume(from(FIRST));
        assertEquals(Optional.of(RotationRefusal.UNDER_WAY), keys.begin(from(FIRST + 5)));
        assertSame(old, keys.naming(from(FIRST)));
    }

    private RotationMessage from(long window) {
        return new RotationMessage(
                registry.chainId(), registry.registry(), world.job().jobId(), window, SampleGroup.nextResultKey());
    }

    private ResultKeys keys(GroupSigner... signers) {
        return keys(-1, signers);
    }

    private ResultKeys keys(long begun, GroupSigner... signers) {
        return new ResultKeys(
                world.job(),
                new OperatorLogs(world.job().definition(), world.board()),
                List.of(signers),
                () -> looks++ % 2 == 0 || openWindows == 0 ? openWindows : --openWindows,
                registry,
                new Patience(PartyClock.system()),
                begun);
    }

    private SigningDesk desk() {
        return new SigningDesk(world.job(), world.board(), new SecureRandom());
    }

    private ByteString rotate(boolean approved) {
        SigningDesk desk = desk();
        ByteString request =
                desk.askForRotation(PartyId.P0, world.identity(PartyId.P0), FIRST, SampleGroup.nextResultKey());
        if (approved) {
            desk.approve(PartyId.P1, world.identity(PartyId.P1), request);
        }
        return request;
    }

    /** A registry that names one key, and may be away at first. */
    private final class Registry implements ChainView {
        private ByteString key;
        private int failures;
        private int questions;

        @Override
        public long chainId() {
            return world.job().definition().chain().chainId();
        }

        @Override
        public ByteString registry() {
            return world.job().definition().chain().registry();
        }

        @Override
        public RegisteredTerms termsOf(ByteString jobId, long window) {
            questions++;
            assertEquals(FIRST, window);
            if (failures-- > 0) {
                throw new SettlementException(SettlementException.Reason.UNREACHABLE, "away");
            }
            return RegisteredTerms.of(world.job(), ByteString.copyFrom(new byte[20]))
                    .withGroupKey(key);
        }

        @Override
        public long nextWindow(ByteString jobId) {
            return FIRST;
        }
    }
}
