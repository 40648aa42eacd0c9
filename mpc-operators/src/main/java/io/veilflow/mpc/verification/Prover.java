package io.veilflow.mpc.verification;

import io.veilflow.mpc.randomness.PrssStream;
import java.security.MessageDigest;

/**
 * P_i of one proof. Its part of G goes to the left verifier, the rest is F_{i+1} and known to the right verifier. It
 * says OK only if the right verifier's echo is the hash of what the left verifier told it (PROTOCOLS 4.5, order b).
 */
final class Prover implements Role {
    private static final byte OK = 1;

    private final ProofChannel channel;
    private final Statement statement;
    private final ChallengeLog challenges;
    private byte[] seed = {};
    private boolean agreed;

    Prover(ProofChannel channel, Statement statement) {
        this.channel = channel;
        this.statement = statement;
        this.challenges = new ChallengeLog();
    }

    @Override
    public void send(Step step) {
        switch (step.kind()) {
            case POINTS -> sendPoints(step);
            case OK -> {
                channel.send(channel.left(), "ok", new byte[] {agreed ? OK : 0});
                channel.send(channel.right(), "ok", new byte[] {agreed ? OK : 0});
            }
            case SEED, CHALLENGE, ARRIVED, ECHO, CLEAR -> {}
        }
    }

    private void sendPoints(Step step) {
        if (step.last()) {
            statement.mask(channel.withLeft("pm", 1), channel.withRight("qm", 1));
        }
        long[] rest = channel.withRight(step.at("G"), step.points());
        channel.send(channel.left(), step.at("G"), channel.field().subtract(statement.points(step), rest));
    }

    @Override
    public void receive(Step step) {
        switch (step.kind()) {
            case SEED -> {
                seed = channel.receive(channel.left(), "rho", PrssStream.KEY_BYTES);
                statement.weigh(seed);
            }
            case CHALLENGE -> {
                long[] challenge = channel.receiveElements(channel.left(), step.at("c"), 1);
                challenges.add(challenge);
                statement.fold(step, challenge);
            }
            case ECHO -> {
                byte[] echo = channel.receive(channel.right(), "echo", ProofChannel.ECHO_BYTES);
                agreed = MessageDigest.isEqual(echo, channel.echo(seed, challenges.all()));
            }
            case OK -> {
                // both verifiers have been told
                if (!agreed) {
                    throw channel.failed("echo");
                }
            }
            case POINTS, ARRIVED, CLEAR -> {}
        }
    }

    @Override
    public void wipe() {
        statement.wipe();
    }
}
