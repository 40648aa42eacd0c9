package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.sign.GroupStatement;

/**
 * What the registry is asked to record: a statement of one registry on one chain, with the parties' signature under it. Sending it
 * again changes nothing, whoever sends it. Public.
 */
public sealed interface Post permits WindowPost, AttestedPost, SkipPost, RotationPost {
    /** Chain id of the statement. */
    long chainId();

    /** Of the statement, 20 bytes. */
    ByteString registry();

    /** 32 bytes. */
    ByteString jobId();

    /** The window that it is about, or the first of those. */
    long window();

    /** What the group has signed. */
    GroupStatement message();

    /** Of the group over the statement, {@value AttestedPost#SIGNATURE_BYTES} bytes. */
    ByteString signature();

    /** Hands this to the method for its kind. */
    <R> R read(Reader<R> reader);

    /** Something that depends on the kind of a post. */
    interface Reader<R> {
        R proven(WindowPost post);

        R attested(AttestedPost post);

        R skipped(SkipPost post);

        R rotated(RotationPost post);
    }
}
