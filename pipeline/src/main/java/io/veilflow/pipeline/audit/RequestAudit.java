package io.veilflow.pipeline.audit;

import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.service.OperatorLogs;
import io.veilflow.pipeline.service.SigningTerms;
import io.veilflow.pipeline.sign.GroupStatement;
import io.veilflow.pipeline.sign.RotationMessage;
import io.veilflow.pipeline.sign.ServiceMessage;
import java.util.List;

/** What the group may sign beside its windows: requests that the job allows and that enough operators approve of on the board. */
final class RequestAudit {
    private final List<ServiceMessage> messages;
    private final List<RotationMessage> rotations;

    RequestAudit(JobTerms terms, Board board) {
        SigningTerms allowed = new SigningTerms(terms);
        List<GroupStatement> statements = new OperatorLogs(terms.definition(), board)
                .read().stream()
                        .filter(OperatorLogs.Asked::isApproved)
                        .map(OperatorLogs.Asked::request)
                        .filter(request -> allowed.refusal(request).isEmpty())
                        .map(allowed::statement)
                        .toList();
        this.messages = of(ServiceMessage.class, statements);
        this.rotations = of(RotationMessage.class, statements);
    }

    List<RotationMessage> rotations() {
        return rotations;
    }

    /** Whoever asked has others' messages signed with the service's key, and each result key names its successor. */
    void run(GroupSignatureAudit signatures, TermsAudit registered) {
        messages.forEach(message -> signatures.isSigned(message, message.groupKey()));
        rotations.forEach(rotation -> signatures.isSigned(rotation, registered.keyBefore(rotation.fromWindow())));
    }

    private static <S extends GroupStatement> List<S> of(Class<S> kind, List<GroupStatement> statements) {
        return statements.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
