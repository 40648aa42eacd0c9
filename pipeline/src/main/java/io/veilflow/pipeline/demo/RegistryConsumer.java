package io.veilflow.pipeline.demo;

import io.veilflow.pipeline.job.kind.Results;

/** No contract of its own: whoever needs the result reads it from the registry. */
record RegistryConsumer(String title) implements DemoConsumer {
    @Override
    public String after(long window, Results results) {
        return "";
    }

    @Override
    public void close() {
        // holds nothing
    }
}
