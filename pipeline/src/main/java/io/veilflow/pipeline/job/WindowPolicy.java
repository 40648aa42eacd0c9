package io.veilflow.pipeline.job;

import java.util.OptionalInt;

/**
 * Window arithmetic and conditions of a window (docs/wire.md, section 5).
 *
 * @param startMillis start of window 0, event time in epoch milliseconds
 * @param windowMillis length of a window, at least 1
 * @param minimumContributors a window with fewer admitted books is skipped
 * @param maximumBookAgeWindows a book admitted more than this many windows ago no longer counts; empty: no limit
 * @param openWindowLimit no cut is made for window w + limit while window w is open
 * @param posting what the registry is told
 */
public record WindowPolicy(
        long startMillis,
        long windowMillis,
        int minimumContributors,
        OptionalInt maximumBookAgeWindows,
        int openWindowLimit,
        PostingPolicy posting) {}
