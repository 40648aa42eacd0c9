package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.replicated.ElementShares;

/**
 * A rule read on shares: this party's components of everything secret that the circuit wants, in the order of docs/wire.md
 * section 3, and of the outputs.
 *
 * @param book the committed inputs
 * @param bookBits bits of each book wire, lowest first
 * @param advice for every comparison in node order, for every slot: flag, then slack
 * @param outputs one element per output of the rule
 * @param variableWords the public words that hold outputs and FEED inputs, still shared
 */
public record SharedReading(
        ElementShares book,
        ElementShares bookBits,
        ElementShares advice,
        ElementShares outputs,
        ElementShares variableWords)
        implements AutoCloseable {

    /** Wipes all of it. */
    @Override
    public void close() {
        book.wipe();
        bookBits.wipe();
        advice.wipe();
        outputs.wipe();
        variableWords.wipe();
    }
}
