/**
 * A job under load: parties as processes, and thousands of contributors whose submissions were signed before the clock starts and are
 * appended to their logs at a fixed rate, badly behaved ones among them (docs/bench.md, "Load"). Measured is, from the board alone, when
 * two parties have signed what became of each submission, and what the parties' processes used for it.
 *
 * <p>Start with {@code Load}.
 */
package io.veilflow.pipeline.load;
