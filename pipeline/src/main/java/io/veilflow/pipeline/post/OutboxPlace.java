package io.veilflow.pipeline.post;

import java.util.Comparator;

/**
 * Where a post stands in the outbox: rotations first, which wait for no window; then by windows, since the registry takes them one
 * after the other; a proof before the attested result of the same window, which it makes needless.
 *
 * @param inOrder whether what comes behind has to wait for this
 */
record OutboxPlace(boolean inOrder, long window, int rank) implements Comparable<OutboxPlace> {
    private static final Comparator<OutboxPlace> ORDER = Comparator.comparing(OutboxPlace::inOrder)
            .thenComparingLong(OutboxPlace::window)
            .thenComparingInt(OutboxPlace::rank);

    private static final Post.Reader<OutboxPlace> PLACES = new Post.Reader<>() {
        @Override
        public OutboxPlace proven(WindowPost post) {
            return new OutboxPlace(true, post.window(), 0);
        }

        @Override
        public OutboxPlace attested(AttestedPost post) {
            return new OutboxPlace(true, post.window(), 1);
        }

        @Override
        public OutboxPlace skipped(SkipPost post) {
            return new OutboxPlace(true, post.window(), 2);
        }

        @Override
        public OutboxPlace rotated(RotationPost post) {
            return new OutboxPlace(false, post.window(), post.message().newKey().hashCode());
        }
    };

    static OutboxPlace of(Post post) {
        return post.read(PLACES);
    }

    @Override
    public int compareTo(OutboxPlace other) {
        return ORDER.compare(this, other);
    }
}
