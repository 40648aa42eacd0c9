package io.veilflow.pipeline.cli;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.service.SigningDesk;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The commands by which an operator asks the group of a running job for a signature, over the board, and waits for it. */
abstract class OperatorCommand implements Callable<Integer> {
    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "300",
            description = "Longest wait (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private BoardOptions board;

    @Mixin
    private OperatorOptions operator;

    @Spec
    private CommandSpec spec;

    /**
     * Posts what the operator wants.
     *
     * @return the hash of the request to wait for, if there is anything to wait for
     * @throws io.veilflow.pipeline.service.SigningRequestException if it would be refused
     */
    abstract Optional<ByteString> post(JobTerms job, SigningDesk desk);

    @Override
    public final Integer call() throws InterruptedException {
        JobTerms job = board.terms();
        try (FileBoard opened = board.open()) {
            SigningDesk desk = new SigningDesk(job, opened, new SecureRandom());
            Optional<ByteString> request = post(job, desk);
            return request.isPresent()
                    ? new SigningAnswer(spec, json).await(desk, request.get(), seconds)
                    : ExitCode.OK;
        }
    }

    /** Of the operator; the caller closes it. */
    final PartyIdentity identity(JobTerms job) {
        return operator.open(job);
    }

    final CommandSpec spec() {
        return spec;
    }
}
