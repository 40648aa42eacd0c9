package io.veilflow.mpc.verification;

/**
 * R = P_{i+1} of one proof: has v and derives its points of G and all coins by itself. Once the last points have
 * arrived at the left verifier it sends the prover the hash of the coins; its clear values leave only after the
 * prover's OK (PROTOCOLS 4.5, order b): a left verifier that told the prover something else must not read them.
 */
final class RightVerifier implements Role {
    private final ProofChannel channel;
    private final Statement statement;
    private final VerifierAccount account;
    private final ChallengeLog challenges = new ChallengeLog();
    private byte[] seed = {};
    private long[] points;
    private long[] clear;
    private boolean allowed;

    RightVerifier(ProofChannel channel, Statement statement, Interpolation interpolation) {
        this.channel = channel;
        this.statement = statement;
        this.account = new VerifierAccount(channel, interpolation);
        if (!statement.size().weighted()) {
            account.open(statement.target());
        }
    }

    @Override
    public void send(Step step) {
        switch (step.kind()) {
            case ECHO -> channel.send(channel.prover(), "echo", channel.echo(seed, challenges.all()));
            case CLEAR -> sendClear(step);
            case SEED, POINTS, CHALLENGE, ARRIVED, OK -> {}
        }
    }

    private void sendClear(Step step) {
        if (!allowed) {
            throw new IllegalStateException("clear values before the prover's OK");
        }
        clear = account.close(step, points, statement);
        channel.send(channel.left(), "clear", clear);
    }

    @Override
    public void receive(Step step) {
        switch (step.kind()) {
            case SEED -> {
                seed = channel.seed();
                statement.weigh(seed);
                account.open(statement.target());
            }
            case POINTS -> {
                points = channel.withRight(step.at("G"), step.points());
                if (step.last()) {
                    statement.mask(null, channel.withRight("qm", 1));
                }
            }
            case CHALLENGE -> {
                long[] challenge = account.challenge(step);
                challenges.add(challenge);
                account.settle(step, points, challenge);
                statement.fold(step, challenge);
            }
            case ARRIVED -> {
                if (channel.receive(channel.left(), "arrived", 1)[0] != 1) {
                    throw channel.failed("arrived");
                }
            }
            case OK -> {
                if (channel.receive(channel.prover(), "ok", 1)[0] != 1) {
                    throw channel.failed("ok");
                }
                allowed = true;
            }
            case CLEAR -> {
                if (!account.holds(
                        clear, channel.receiveElements(channel.left(), "clear", VerifierAccount.CLEAR_VALUES))) {
                    throw channel.failed("clear");
                }
            }
            case ECHO -> {}
        }
    }

    @Override
    public void wipe() {
        statement.wipe();
        account.wipe();
    }
}
