package io.veilflow.pipeline.cli;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.job.GroupKeys;
import io.veilflow.pipeline.sign.ServiceMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code veilflow signing verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Check a signature of the signing service: exit code 0 if it is the key's for this purpose and message.",
        footer = {
            "",
            "Example:",
            "  ./veilflow signing verify --key 02ab...10 --purpose custody --message-file transfer.bin --signature 5c...e1"
        })
final class SignVerifyCommand implements Callable<Integer> {
    @Option(
            names = "--key",
            required = true,
            paramLabel = "HEX",
            converter = HexBytes.class,
            description = "The group's SIGN key, 33 bytes.")
    private ByteString key;

    @Option(names = "--purpose", required = true, paramLabel = "P", description = "What it is for.")
    private String purpose;

    @Option(names = "--message-file", required = true, paramLabel = "FILE", description = "The message.")
    private Path message;

    @Option(
            names = "--signature",
            required = true,
            paramLabel = "HEX",
            converter = HexBytes.class,
            description = "52 bytes.")
    private ByteString signature;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!GroupKeys.isKey(key) || purpose.isEmpty()) {
            throw new ConfigurationException(
                    "signing verify", List.of(purpose.isEmpty() ? "there is no purpose" : "--key is no key"));
        }
        byte[] digest = new ServiceMessage(key, purpose, SignCommand.read(message)).digest();
        boolean right = GroupSignature.decode(signature.toByteArray())
                .filter(made -> made.verifies(key.toByteArray(), digest))
                .isPresent();
        spec.commandLine().getOut().println(right ? "the signature is right" : "this is no signature of the key");
        spec.commandLine().getOut().flush();
        return right ? ExitCode.OK : ExitCode.NEGATIVE;
    }
}
