package io.veilflow.pipeline.cli;

import picocli.CommandLine.Command;

/** {@code veilflow setup}. */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        description = "Make the keys of a job's rule: on this machine alone, for development, or in a ceremony "
                + "of several people of whom one must be honest. The job file's own digests need not be "
                + "right yet: those that are printed belong there.",
        subcommands = {
            SetupLocalCommand.class,
            SetupContributeCommand.class,
            SetupVerifyCommand.class,
            SetupFinishCommand.class
        })
final class SetupCommand {}
