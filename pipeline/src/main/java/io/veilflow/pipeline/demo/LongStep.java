package io.veilflow.pipeline.demo;

import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Work of unknown length with a running bar beside it, when somebody is looking. */
public final class LongStep {
    private static final int REFRESH_MILLIS = 250;

    private LongStep() {}

    /** Runs the work on this thread. The bar goes to standard error and only if this is a terminal. */
    public static <T> T run(String name, Supplier<T> work) {
        if (System.console() == null) {
            return work.get();
        }
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(-1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .clearDisplayOnFinish()
                .build()) {
            return work.get();
        }
    }
}
