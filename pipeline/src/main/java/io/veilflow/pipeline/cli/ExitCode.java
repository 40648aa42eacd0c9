package io.veilflow.pipeline.cli;

/** What a command tells the shell. */
final class ExitCode {
    static final int OK = 0;
    /** A negative result: an audit that found something, a book that was not counted, a window that was not posted. */
    static final int NEGATIVE = 1;
    /** The call, a file or the configuration is wrong; nothing has been started. */
    static final int CONFIGURATION = 2;
    /** A fault of this program or its machine. */
    static final int FAULT = 3;

    private ExitCode() {}
}
