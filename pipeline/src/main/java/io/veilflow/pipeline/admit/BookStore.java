package io.veilflow.pipeline.admit;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * This party's opened books: those that wait for their batch, by submission, and the one in force of every contributor. In
 * memory only: after a restart the submissions are read from the board and opened again. Whatever leaves the store is
 * wiped. Thread-safe.
 */
public final class BookStore implements AutoCloseable {
    private final Map<ByteString, OpenedBook> waiting = new HashMap<>();
    private final Map<String, OpenedBook> inForce = new HashMap<>();

    /** Keeps an opened book until its batch is decided. The book belongs to the store afterwards. */
    public synchronized void add(OpenedBook book) {
        close(waiting.put(book.submissionHash(), book));
    }

    /** A book that waits for its batch. Belongs to the store. */
    public synchronized Optional<OpenedBook> waiting(ByteString submissionHash) {
        return Optional.ofNullable(waiting.get(submissionHash));
    }

    /**
     * The batch admitted it: from now on it is the contributor's book, and the one before is wiped.
     *
     * @throws IllegalStateException if this party has not opened it
     */
    public synchronized void admit(ByteString submissionHash) {
        OpenedBook book = waiting.remove(submissionHash);
        if (book == null) {
            throw new IllegalStateException("a submission was admitted that this party has not opened");
        }
        close(inForce.put(book.contributor(), book));
    }

    /** The batch did not admit it. */
    public synchronized void discard(ByteString submissionHash) {
        close(waiting.remove(submissionHash));
    }

    /** The contributor has no book until the next one. */
    public synchronized void withdraw(String contributor) {
        close(inForce.remove(contributor));
    }

    /** Belongs to the store. */
    public synchronized Optional<OpenedBook> inForce(String contributor) {
        return Optional.ofNullable(inForce.get(contributor));
    }

    @Override
    public synchronized void close() {
        waiting.values().forEach(OpenedBook::close);
        inForce.values().forEach(OpenedBook::close);
        waiting.clear();
        inForce.clear();
    }

    @Override
    public String toString() {
        return "BookStore";
    }

    private static void close(OpenedBook book) {
        if (book != null) {
            book.close();
        }
    }
}
