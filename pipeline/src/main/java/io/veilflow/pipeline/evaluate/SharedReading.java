package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.replicated.ElementShares;

/**
 * A rule read on shares: this party's components of everything secret that the circuit wants, in the order of docs/wire.md
 * section 3, and of the outputs.
 *
 * @param book the committed inputs
 * @param limbs of all ranges, the public ones included
 * @param counts per entry of the lookup table the number of lookups
 * @param bits of all ranges that are shown by bits, the public ones included
 * @param advice for every comparison in node order, for every copy and value: the flag
 * @param outputs one element per published value
 * @param variableWords the public words that hold outputs, FEED inputs and used slots, still shared
 */
public record SharedReading(
        ElementShares book,
        ElementShares limbs,
        ElementShares counts,
        ElementShares bits,
        ElementShares advice,
        ElementShares outputs,
        ElementShares variableWords)
        implements AutoCloseable {

    /** Wipes all of it. */
    @Override
    public void close() {
        book.wipe();
        limbs.wipe();
        counts.wipe();
        bits.wipe();
        advice.wipe();
        outputs.wipe();
        variableWords.wipe();
    }
}
