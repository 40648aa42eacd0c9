package io.veilflow.pipeline.cli;

/**
 * Ends this process when the one that started it ends, however that happens: a demo that is killed leaves nothing behind.
 * Only processes that were told their parent are watched.
 */
final class ParentWatch {
    private static final String PROPERTY = "veilflow.parent";

    private ParentWatch() {}

    static void begin() {
        String parent = System.getProperty(PROPERTY);
        if (parent != null) {
            ProcessHandle.of(Long.parseLong(parent))
                    .map(ProcessHandle::onExit)
                    .orElseThrow(() -> new IllegalStateException("the process that started this one has ended"))
                    .thenRun(() -> Runtime.getRuntime().halt(ExitCode.FAULT));
        }
    }
}
