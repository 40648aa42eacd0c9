package io.veilflow.pipeline.cli;

import picocli.CommandLine.Command;

/** {@code veilflow signing}. */
@Command(
        name = "signing",
        mixinStandardHelpOptions = true,
        description = "Approve of what another operator asks the group to sign; check signatures and audit logs.",
        subcommands = {SignApproveCommand.class, SignVerifyCommand.class, SignAuditCommand.class})
final class SigningCommand {}
