package io.veilflow.pipeline.window;

import java.math.BigInteger;
import java.util.List;

/**
 * A window that has ended and has values.
 *
 * @param window from 0
 * @param closingTick record of the tick that closed it, in the feeder's log
 * @param valuesTick record of the tick whose values are the window's
 * @param feedValues of the FEED inputs, in declared order
 */
public record ClosedWindow(long window, long closingTick, long valuesTick, List<BigInteger> feedValues) {
    public ClosedWindow {
        feedValues = List.copyOf(feedValues);
    }
}
