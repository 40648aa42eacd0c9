package io.veilflow.mpc.transport;

import static io.veilflow.mpc.randomness.PrssContext.encode;
import static io.veilflow.mpc.randomness.PrssContext.text;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.EpochLog;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The agreement of all three parties on an epoch, at every connect (PROTOCOLS 4.0, docs/wire.md 9). Afterwards each party
 * knows that the two others run the same protocol version, rule, configuration and run, that all three saw the same nonces
 * and epoch number, and it shares a fresh PRSS key with each.
 *
 * <p>Rounds: HELLO (what each is set up with, its largest epoch, a nonce), KEY (an ephemeral X25519 key for this link and
 * epoch, signed by the party's identity together with the transcript hash), HEAD and ANSWER ({@link HeadExchange}), CONFIRM (sent
 * when both peers' keys and journals are good and the epoch is journalled; with the sender's head). A mismatch of set-up ends with CONFIGURATION and the item that differs (THREATS B12); a different
 * transcript or a bad signature ends with CHECK_FAILED; an older or another journal ends with JOURNAL_REFUSED (THREATS D3, D9, D16).
 *
 * <p>Ephemeral secrets are wiped before this returns. One of three parties that shows different nonces to the others is
 * found out, because those compare transcripts directly (THREATS B10); neither can tell which of the two others it was.
 */
final class EpochHandshake {
    private static final long LARGEST_EPOCH = 1L << 62;
    private static final int NONCE_BYTES = 32;
    private static final long CONFIRM = 4;
    private static final int HELLO_BYTES = 4 + 4 + 32 + 32 + 16 + 8 + NONCE_BYTES;

    private final LinkConfiguration configuration;
    private final LinkCredentials credentials;
    private final EpochLog log;
    private final FrameTap tap;
    private final SecureRandom random;

    EpochHandshake(
            LinkConfiguration configuration,
            LinkCredentials credentials,
            EpochLog log,
            FrameTap tap,
            SecureRandom random) {
        this.configuration = configuration;
        this.credentials = credentials;
        this.log = log;
        this.tap = tap;
        this.random = random;
    }

    private record Hello(long largestEpoch, byte[] nonce) {}

    /** @param links to both peers; the caller bounds the time and closes them on failure */
    EpochAgreement agree(Map<PartyId, LinkSocket> links) throws LinkException, InterruptedException {
        HandshakeChannel channel = new HandshakeChannel(configuration.self(), links, tap);
        HeadExchange heads = new HeadExchange(configuration.self(), log.heads(), channel);
        Map<PartyId, Hello> hellos = exchangeHellos(channel);
        long epoch =
                hellos.values().stream().mapToLong(Hello::largestEpoch).max().orElseThrow() + 1;
        ByteBuffer nonces = ByteBuffer.allocate(3 * NONCE_BYTES);
        hellos.values().forEach(hello -> nonces.put(hello.nonce));
        byte[] transcript = transcript(epoch, nonces.array());

        Map<PartyId, byte[]> secrets = new EnumMap<>(PartyId.class);
        try {
            exchangeKeys(channel, transcript, secrets);
            heads.compare();
            byte[] runIdAndEpoch = ByteBuffer.allocate(configuration.runId().length + Long.BYTES)
                    .put(configuration.runId())
                    .putLong(epoch)
                    .array();
            PartyId self = configuration.self();
            log.record(epoch);
            EpochKeys keys = new EpochKeys(
                    self, secrets.get(self.previous()), secrets.get(self.next()), nonces.array(), runIdAndEpoch);
            boolean confirmed = false;
            try {
                confirm(channel, heads, epoch, transcript);
                confirmed = true;
            } finally {
                if (!confirmed) {
                    keys.close();
                }
            }
            return new EpochAgreement(epoch, Arrays.copyOf(transcript, Frame.EPOCH_ID_BYTES), keys);
        } finally {
            secrets.values().forEach(secret -> Arrays.fill(secret, (byte) 0));
        }
    }

    private Map<PartyId, Hello> exchangeHellos(HandshakeChannel channel) throws LinkException, InterruptedException {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        Hello own = new Hello(log.largestEpoch(), nonce);
        Map<PartyId, Hello> hellos = new EnumMap<>(PartyId.class);
        hellos.put(configuration.self(), own);
        for (PartyId peer : channel.peers()) {
            channel.send(peer, 0, FrameNames.HELLO, hello(own));
        }
        LinkException failure = null;
        for (PartyId peer : channel.peers()) {
            try {
                hellos.put(peer, checkHello(peer, channel.receive(peer, 0, FrameNames.HELLO)));
            } catch (LinkException e) {
                // A peer that hangs up because of the third one's set-up must not hide what is wrong with that.
                if (failure == null || e.failure().reason() == Reason.CONFIGURATION) {
                    failure = e;
                }
            }
        }
        if (failure != null) {
            if (failure.failure().reason() == Reason.CONFIGURATION) {
                channel.awaitLastWord();
            }
            throw failure;
        }
        return hellos;
    }

    /** u32 version, u32 party, configuration hash, rule hash, run id, u64 largest epoch, nonce. */
    private byte[] hello(Hello hello) {
        return ByteBuffer.allocate(HELLO_BYTES)
                .putInt(LinkConfiguration.PROTOCOL_VERSION)
                .putInt(configuration.self().index())
                .put(configuration.configurationHash())
                .put(configuration.ruleHash())
                .put(configuration.runId())
                .putLong(hello.largestEpoch)
                .put(hello.nonce)
                .array();
    }

    private Hello checkHello(PartyId peer, byte[] message) throws LinkException {
        // Another version's HELLO may have another length, so the version comes first.
        requireSame(
                peer,
                "protocol version",
                FrameNames.u32(LinkConfiguration.PROTOCOL_VERSION),
                Arrays.copyOf(message, Math.min(message.length, Integer.BYTES)));
        HandshakeChannel.requireLength(peer, message, HELLO_BYTES);
        ByteBuffer in = ByteBuffer.wrap(message, Integer.BYTES, HELLO_BYTES - Integer.BYTES);
        requireSame(peer, "party index (against its certificate)", FrameNames.u32(peer.index()), take(in, 4));
        requireSame(peer, "configuration hash", configuration.configurationHash(), take(in, 32));
        requireSame(peer, "rule hash", configuration.ruleHash(), take(in, 32));
        requireSame(peer, "run id", configuration.runId(), take(in, 16));
        long largestEpoch = in.getLong();
        if (largestEpoch < 0 || largestEpoch >= LARGEST_EPOCH) {
            // no accusation: the number may be one that the third party made this peer journal
            throw new LinkFailure(Reason.CHECK_FAILED, peer, "handshake: epoch number out of range").exception();
        }
        return new Hello(largestEpoch, take(in, NONCE_BYTES));
    }

    private static void requireSame(PartyId peer, String item, byte[] ours, byte[] theirs) throws LinkException {
        if (!Arrays.equals(ours, theirs)) {
            throw new LinkFailure(
                            Reason.CONFIGURATION, peer, "handshake: the " + item + " of the peer differs from ours")
                    .exception();
        }
    }

    private byte[] transcript(long epoch, byte[] nonces) {
        return FrameNames.sha(encode(
                text("veilflow/epoch/1"),
                FrameNames.u32(LinkConfiguration.PROTOCOL_VERSION),
                configuration.runId(),
                FrameNames.u64(epoch),
                configuration.ruleHash(),
                configuration.configurationHash(),
                nonces));
    }

    /** Fills in the X25519 secret with each peer. */
    private void exchangeKeys(HandshakeChannel channel, byte[] transcript, Map<PartyId, byte[]> secrets)
            throws LinkException, InterruptedException {
        Map<PartyId, byte[]> ephemeral = new EnumMap<>(PartyId.class);
        try {
            for (PartyId peer : channel.peers()) {
                byte[] secret = new byte[X25519.SCALAR_SIZE];
                X25519.generatePrivateKey(random, secret);
                ephemeral.put(peer, secret);
                byte[] key = new byte[X25519.POINT_SIZE];
                X25519.generatePublicKey(secret, 0, key, 0);
                byte[] signature = credentials.sign(signed(transcript, configuration.self(), peer, key));
                byte[] message = ByteBuffer.allocate(transcript.length + key.length + signature.length)
                        .put(transcript)
                        .put(key)
                        .put(signature)
                        .array();
                channel.send(peer, 1, FrameNames.KEY, message);
            }
            int length = transcript.length + X25519.POINT_SIZE + Ed25519.SIGNATURE_SIZE;
            for (PartyId peer : channel.peers()) {
                byte[] message = channel.receive(peer, 1, FrameNames.KEY, length);
                secrets.put(peer, agree(peer, transcript, ephemeral.get(peer), message));
            }
        } finally {
            ephemeral.values().forEach(secret -> Arrays.fill(secret, (byte) 0));
        }
    }

    private byte[] agree(PartyId peer, byte[] transcript, byte[] secret, byte[] message) throws LinkException {
        ByteBuffer in = ByteBuffer.wrap(message);
        if (!MessageDigest.isEqual(transcript, take(in, transcript.length))) {
            // Either this peer or the third party has shown two faces: nobody can be named.
            throw new LinkFailure(Reason.CHECK_FAILED, null, "handshake: the parties saw different nonces or epochs")
                    .exception();
        }
        byte[] key = take(in, X25519.POINT_SIZE);
        byte[] signature = take(in, Ed25519.SIGNATURE_SIZE);
        byte[] signed = signed(transcript, peer, configuration.self(), key);
        byte[] identity = configuration.party(peer).identityKey();
        if (!Ed25519.verify(signature, 0, identity, 0, signed, 0, signed.length)) {
            throw new LinkFailure(
                            Reason.CHECK_FAILED, peer, "handshake: the epoch key is not signed by the peer's identity")
                    .exception();
        }
        byte[] shared = new byte[X25519.POINT_SIZE];
        if (!X25519.calculateAgreement(secret, 0, key, 0, shared, 0)) {
            throw new LinkFailure(Reason.CHECK_FAILED, peer, "handshake: the epoch key has small order").exception();
        }
        return shared;
    }

    private static byte[] signed(byte[] transcript, PartyId from, PartyId to, byte[] key) {
        return encode(
                text("veilflow/epoch-key/1"),
                transcript,
                FrameNames.u32(from.index()),
                FrameNames.u32(to.index()),
                key);
    }

    private void confirm(HandshakeChannel channel, HeadExchange heads, long epoch, byte[] transcript)
            throws LinkException, InterruptedException {
        byte[] statement = log.heads().statement(epoch);
        byte[] message = ByteBuffer.allocate(transcript.length + statement.length)
                .put(transcript)
                .put(statement)
                .array();
        for (PartyId peer : channel.peers()) {
            channel.send(peer, CONFIRM, FrameNames.CONFIRM, message);
        }
        for (PartyId peer : channel.peers()) {
            ByteBuffer theirs = ByteBuffer.wrap(channel.receive(peer, CONFIRM, FrameNames.CONFIRM, message.length));
            if (!MessageDigest.isEqual(transcript, take(theirs, transcript.length))) {
                throw new LinkFailure(Reason.CHECK_FAILED, peer, "handshake: the confirmed hash differs").exception();
            }
            heads.keep(peer, epoch, take(theirs, statement.length));
        }
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] out = new byte[length];
        in.get(out);
        return out;
    }
}
