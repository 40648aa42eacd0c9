package io.veilflow.mpc.verification;

/**
 * L = P_{i-1} of one proof: has u, receives the prover's points, and tells the prover each challenge only after the
 * points of that level have arrived. Its clear values leave only after the prover's OK (PROTOCOLS 4.5, order b).
 */
final class LeftVerifier implements Role {
    private final ProofChannel channel;
    private final Statement statement;
    private final VerifierAccount account;
    private long[] points;
    private long[] challenge;
    private long[] clear;
    private boolean allowed;

    LeftVerifier(ProofChannel channel, Statement statement, Interpolation interpolation) {
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
            case SEED -> {
                byte[] seed = channel.seed();
                channel.send(channel.prover(), "rho", seed.clone());
                statement.weigh(seed);
                account.open(statement.target());
            }
            case CHALLENGE -> {
                challenge = account.challenge(step);
                channel.send(channel.prover(), step.at("c"), challenge);
            }
            case ARRIVED -> channel.send(channel.right(), "arrived", new byte[] {1});
            case CLEAR -> sendClear(step);
            case POINTS, ECHO, OK -> {}
        }
    }

    private void sendClear(Step step) {
        if (!allowed) {
            throw new IllegalStateException("clear values before the prover's OK");
        }
        clear = account.close(step, points, statement);
        channel.send(channel.right(), "clear", clear);
    }

    @Override
    public void receive(Step step) {
        switch (step.kind()) {
            case POINTS -> {
                points = channel.receiveElements(channel.prover(), step.at("G"), step.points());
                if (step.last()) {
                    statement.mask(channel.withLeft("pm", 1), null);
                }
            }
            case CHALLENGE -> {
                account.settle(step, points, challenge);
                statement.fold(step, challenge);
            }
            case OK -> {
                if (channel.receive(channel.prover(), "ok", 1)[0] != 1) {
                    throw channel.failed("ok");
                }
                allowed = true;
            }
            case CLEAR -> {
                if (!account.holds(
                        clear, channel.receiveElements(channel.right(), "clear", VerifierAccount.CLEAR_VALUES))) {
                    throw channel.failed("clear");
                }
            }
            case SEED, ARRIVED, ECHO -> {}
        }
    }

    @Override
    public void wipe() {
        statement.wipe();
        account.wipe();
    }
}
