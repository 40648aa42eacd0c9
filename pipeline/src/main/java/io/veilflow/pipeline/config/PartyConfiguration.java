package io.veilflow.pipeline.config;

import io.veilflow.mpc.party.PartyId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one party process needs beside the job file: where its files lie and where the chain's node answers. Relative paths
 * are taken from the folder of the configuration file. Keys and passphrases are named by file, never given here.
 *
 * @param party which of the three
 * @param stateDirectory journal, logs, events and Flink's temporary files; only its owner may enter it
 * @param boardDirectory the board
 * @param jobFile canonical job file
 * @param keyFile this party's identity
 * @param passphraseFile opens the key file and the stores
 * @param resultKeyStore this party's share of the key that signs results
 * @param nextResultKeyStore its share of the key that follows it, while a rotation is under way
 * @param accountKeyStore its share of the group's account, if the group has one
 * @param signKeyStore its share of the signing service's key, if the group runs one
 * @param chain nodes of the chain, and when a post is final
 * @param posterKeyFile secret key of the account that pays for posting
 * @param keyCacheDirectory proving and verifying keys by circuit
 * @param parallelism of the verification of submissions in Flink
 * @param failures what the party bears before it holds the job
 * @param operation where the party answers those who operate it
 * @param frameTapFile tests only: all frames that leave this party are also written here, before encryption
 */
public record PartyConfiguration(
        PartyId party,
        Path stateDirectory,
        Path boardDirectory,
        Path jobFile,
        Path keyFile,
        Path passphraseFile,
        Path resultKeyStore,
        Optional<Path> nextResultKeyStore,
        Optional<Path> accountKeyStore,
        Optional<Path> signKeyStore,
        ChainAccess chain,
        Path posterKeyFile,
        Path keyCacheDirectory,
        int parallelism,
        FailureLimits failures,
        OperationAccess operation,
        Optional<Path> frameTapFile) {
    private static final Pattern PATH = Pattern.compile("[^\\p{Cntrl}]{1,1024}");

    /**
     * @param file a JSON document
     * @param bytes its content
     * @throws ConfigurationException with all errors: of the document, files that are not there, and settings that must not
     *     stand together
     */
    public static PartyConfiguration read(Path file, byte[] bytes) {
        DocumentReader document = DocumentReader.of(file.toString(), bytes);
        Path base = file.toAbsolutePath().getParent();
        document.small("version", 1, 1);
        boolean testMode = document.has("testMode") && document.flag("testMode");
        Optional<Path> tap = document.optionalText("frameTapFile", PATH).map(base::resolve);
        if (tap.isPresent() && !testMode) {
            document.error("frameTapFile", "shows everything that leaves this party; refused unless testMode is true");
        }
        PartyConfiguration configuration = new PartyConfiguration(
                PartyId.of(document.small("party", 0, 2)),
                directory(document, base, "stateDirectory"),
                directory(document, base, "boardDirectory"),
                file(document, base, "jobFile"),
                file(document, base, "keyFile"),
                file(document, base, "passphraseFile"),
                file(document, base, "resultKeyStore"),
                optionalFile(document, base, "nextResultKeyStore"),
                optionalFile(document, base, "accountKeyStore"),
                optionalFile(document, base, "signKeyStore"),
                ChainAccess.read(document),
                file(document, base, "posterKeyFile"),
                base.resolve(document.text("keyCacheDirectory", PATH)),
                document.has("parallelism") ? document.small("parallelism", 1, 64) : 1,
                document.has("limits") ? FailureLimits.read(document.object("limits")) : FailureLimits.DEFAULT,
                document.has(OperationAccess.KEY)
                        ? OperationAccess.read(document.object(OperationAccess.KEY))
                        : OperationAccess.DEFAULT,
                tap);
        document.finish();
        return configuration;
    }

    private static Path file(DocumentReader document, Path base, String key) {
        String text = document.text(key, PATH);
        Path file = base.resolve(text);
        if (!text.isEmpty() && !Files.isReadable(file)) {
            document.error(key, file + " does not exist or cannot be read");
        }
        return file;
    }

    private static Optional<Path> optionalFile(DocumentReader document, Path base, String key) {
        return document.has(key) ? Optional.of(file(document, base, key)) : Optional.empty();
    }

    private static Path directory(DocumentReader document, Path base, String key) {
        String text = document.text(key, PATH);
        Path directory = base.resolve(text);
        if (!text.isEmpty() && !Files.isDirectory(directory)) {
            document.error(key, directory + " is not a directory");
        }
        return directory;
    }
}
