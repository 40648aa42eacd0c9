package io.veilflow.pipeline.bench;

import java.util.List;

/**
 * What one party measured of whole windows.
 *
 * @param nanos of each window, in the order in which all parties ran them
 * @param bytes payload that this party sent in one window
 * @param peakRssBytes most memory that the process held at a time, Java's and the native side's; 0 where it cannot be read
 */
record ProvePartyFigures(List<Long> nanos, long bytes, long peakRssBytes) {}
