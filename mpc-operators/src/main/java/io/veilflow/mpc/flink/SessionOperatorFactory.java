package io.veilflow.mpc.flink;

import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * Makes the operator that runs sessions: {@code stream.transform("sessions", type, new SessionOperatorFactory<>(locator))
 * .setParallelism(1)}. Flink's experimental factory types stay in this class. The operator heads its chain, so that a slow
 * neighbour before it shares no thread with it; do not chain the sink to it either.
 */
public final class SessionOperatorFactory<I, O> extends AbstractStreamOperatorFactory<O>
        implements OneInputStreamOperatorFactory<I, O> {
    private static final long serialVersionUID = 1L;

    private final ServiceLocator<I, O> locator;

    public SessionOperatorFactory(ServiceLocator<I, O> locator) {
        this.locator = locator;
        setChainingStrategy(ChainingStrategy.HEAD);
    }

    // Flink asks for exactly the type that getStreamOperatorClass names.
    @SuppressWarnings("unchecked")
    @Override
    public <T extends StreamOperator<O>> T createStreamOperator(StreamOperatorParameters<O> parameters) {
        return (T) new SessionOperator<I, O>(parameters, locator);
    }

    @SuppressWarnings("rawtypes")
    @Override
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return SessionOperator.class;
    }
}
