package io.veilflow.pipeline.cli;

import picocli.CommandLine.Command;

/** {@code veilflow job}. */
@Command(
        name = "job",
        mixinStandardHelpOptions = true,
        description = "The kinds of jobs there are, what they compute, and what they come to in the clear.",
        subcommands = {JobListCommand.class, JobShowCommand.class, JobCheckCommand.class})
final class JobCommand {}
