package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import java.util.Optional;

/**
 * What a post carries beside its statement, and what two parties that state the same may have different ones of: any two of the three
 * make a signature of the group, and every attempt makes a proof of its own.
 *
 * @param signature of the group
 * @param proof of a proven result; empty for every other post
 */
public record PostEvidence(ByteString signature, ByteString proof) {
    public static PostEvidence of(Post post) {
        return new PostEvidence(post.signature(), post.read(new Post.Reader<>() {
            @Override
            public ByteString proven(WindowPost proven) {
                return proven.proof();
            }

            @Override
            public ByteString attested(AttestedPost attested) {
                return ByteString.EMPTY;
            }

            @Override
            public ByteString skipped(SkipPost skipped) {
                return ByteString.EMPTY;
            }

            @Override
            public ByteString rotated(RotationPost rotated) {
                return ByteString.EMPTY;
            }
        }));
    }

    /** The same statement with this evidence; empty if this has not the form of evidence for it. Whether it holds is not looked at. */
    public Optional<Post> under(Post own) {
        try {
            return Optional.of(own.read(new Rebuilding()));
        } catch (IllegalArgumentException otherForm) {
            return Optional.empty();
        }
    }

    private final class Rebuilding implements Post.Reader<Post> {
        @Override
        public Post proven(WindowPost own) {
            return new WindowPost(own.message(), proof, signature);
        }

        @Override
        public Post attested(AttestedPost own) {
            requireNoProof();
            return new AttestedPost(own.message(), signature);
        }

        @Override
        public Post skipped(SkipPost own) {
            requireNoProof();
            return new SkipPost(own.message(), signature);
        }

        @Override
        public Post rotated(RotationPost own) {
            requireNoProof();
            return new RotationPost(own.message(), signature);
        }

        private void requireNoProof() {
            if (!proof.isEmpty()) {
                throw new IllegalArgumentException("a proof of what has none");
            }
        }
    }
}
