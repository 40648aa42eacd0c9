package io.veilflow.pipeline.post;

import java.util.Comparator;

/**
 * Where a post stands in the outbox: by windows, since the registry takes them one after the other; a proof before the
 * attested result of the same window, which it makes needless.
 */
record OutboxPlace(long window, int rank) implements Comparable<OutboxPlace> {
    private static final Comparator<OutboxPlace> ORDER =
            Comparator.comparingLong(OutboxPlace::window).thenComparingInt(OutboxPlace::rank);

    private static final Post.Reader<OutboxPlace> PLACES = new Post.Reader<>() {
        @Override
        public OutboxPlace proven(WindowPost post) {
            return new OutboxPlace(post.window(), 0);
        }

        @Override
        public OutboxPlace attested(AttestedPost post) {
            return new OutboxPlace(post.window(), 1);
        }

        @Override
        public OutboxPlace skipped(SkipPost post) {
            return new OutboxPlace(post.window(), 2);
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
