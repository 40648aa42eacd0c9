package io.veilflow.pipeline.chaos;

import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardTail;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Payload.BodyCase;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What some writers post from now on. */
final class BoardWatch {
    private final BoardTail tail;
    private final RecordVerifier verifier;

    BoardWatch(Board board, RecordVerifier verifier, Collection<String> writers) {
        Map<String, Long> positions = new LinkedHashMap<>();
        writers.forEach(writer -> positions.put(writer, board.size(writer)));
        this.tail = new BoardTail(board, positions);
        this.verifier = verifier;
    }

    /** Whether one of these has been posted since the last call. */
    boolean saw(Set<BodyCase> wanted) {
        for (Optional<BoardEntry> entry = tail.poll(); entry.isPresent(); entry = tail.poll()) {
            Optional<Payload> payload = verifier.verify(entry.get()).payload();
            if (payload.map(Payload::getBodyCase).filter(wanted::contains).isPresent()) {
                return true;
            }
        }
        return false;
    }
}
