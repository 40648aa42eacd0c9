package io.veilflow.pipeline.audit;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.fair.FairMessage;
import io.veilflow.mpc.fair.FairStatement;
import io.veilflow.mpc.fair.FairTimes;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.pipeline.board.SampleWriters;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.open.WindowOpening;
import io.veilflow.pipeline.window.RootedManifest;
import io.veilflow.pipeline.wire.OpenedComponent;
import io.veilflow.pipeline.wire.OutputEcho;
import io.veilflow.pipeline.wire.OutputOpening;
import io.veilflow.pipeline.wire.OutputReady;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.zk.field.ScalarField;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The records that three honest parties leave when they open one output of a window, in attempt 1. */
final class RecordedOpening {
    private static final int ATTEMPT = 1;
    private static final FairTimes TIMES = new FairTimes(1_000, 2_000);
    private static final byte[] EPOCH = {0, 0, 0, 0, 0, 0, 0, 3};

    private final RecordedJob job;
    private final long window;
    private final FairStatement statement;

    RecordedOpening(RecordedJob job, RootedManifest rooted) {
        this.job = job;
        this.window = rooted.manifest().getHeader().getId();
        SessionContext session = new SessionContext(
                job.terms.jobId().toByteArray(),
                SessionContext.Kind.WINDOW,
                window,
                rooted.root().toByteArray(),
                ATTEMPT,
                job.terms.ruleHash().toByteArray());
        this.statement = FairStatement.of(EPOCH, session, WindowOpening.PATH);
    }

    void post(int level) {
        List<FairMessage.Component> components = components(level);
        for (PartyId party : PartyId.values()) {
            job.party(party, ready(party, hashes(components)));
        }
        for (PartyId party : PartyId.values()) {
            job.party(party, echo(party, party.next(), hashes(components)));
            job.party(party, opening(party, components));
        }
    }

    /** They add up to the level. */
    static List<FairMessage.Component> components(int level) {
        BigInteger last = BigInteger.valueOf(level - 300).mod(ScalarField.MODULUS);
        List<FairMessage.Component> out = new ArrayList<>();
        for (BigInteger value : List.of(BigInteger.valueOf(100), BigInteger.valueOf(200), last)) {
            out.add(new FairMessage.Component(ScalarField.encode(value), new byte[FairStatement.SALT_BYTES]));
        }
        return out;
    }

    byte[] hashes(List<FairMessage.Component> components) {
        byte[] hashes = new byte[FairStatement.HASHES_BYTES];
        for (int k = 0; k < components.size(); k++) {
            byte[] hash = statement.hash(k, components.get(k));
            System.arraycopy(hash, 0, hashes, k * FairStatement.HASH_BYTES, hash.length);
        }
        return hashes;
    }

    Payload ready(PartyId party, byte[] hashes) {
        return Payload.newBuilder()
                .setOutputReady(OutputReady.newBuilder()
                        .setWindow(window)
                        .setAttempt(ATTEMPT)
                        .setEpoch(ByteString.copyFrom(EPOCH))
                        .setReadyMillis(TIMES.ready())
                        .setEchoMillis(TIMES.echo())
                        .setHashes(ByteString.copyFrom(hashes))
                        .setSignature(signature(party, statement.ready(party, TIMES, hashes))))
                .build();
    }

    Payload echo(PartyId poster, PartyId signer, byte[] hashes) {
        return Payload.newBuilder()
                .setOutputEcho(OutputEcho.newBuilder()
                        .setWindow(window)
                        .setAttempt(ATTEMPT)
                        .setSigner(signer.index())
                        .setSignature(signature(signer, statement.ready(signer, TIMES, hashes)))
                        .setCountersignature(signature(poster, statement.echo(poster, signer, TIMES, hashes))))
                .build();
    }

    Payload opening(PartyId party, List<FairMessage.Component> components) {
        return Payload.newBuilder()
                .setOutputOpening(OutputOpening.newBuilder()
                        .setWindow(window)
                        .setAttempt(ATTEMPT)
                        .setOwn(component(components.get(party.index())))
                        .setNext(component(components.get(party.next().index()))))
                .build();
    }

    private static OpenedComponent component(FairMessage.Component component) {
        return OpenedComponent.newBuilder()
                .setValue(ByteString.copyFrom(component.value()))
                .setSalt(ByteString.copyFrom(component.salt()))
                .build();
    }

    private static ByteString signature(PartyId signer, byte[] message) {
        return ByteString.copyFrom(
                SampleWriters.key(EnrolledParty.writer(signer)).sign(message));
    }
}
