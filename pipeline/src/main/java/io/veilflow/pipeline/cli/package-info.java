/**
 * The command line: one class per command, which reads its options, calls the package that does the work and prints what
 * came out. No command computes anything itself. Exit codes: 0 it is so, 1 a negative result, 2 the call or the
 * configuration is wrong and the message says what to do, 3 a fault of this program.
 *
 * <p>Start with {@link io.veilflow.pipeline.cli.Veilflow}.
 */
package io.veilflow.pipeline.cli;
