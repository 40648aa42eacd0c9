package io.veilflow.pipeline.identity;

import io.veilflow.pipeline.identity.IdentityException.Problem;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.util.encoders.Hex;

/** A passphrase in memory. It comes from a file only, never from an argument or the environment (THREATS H4). */
public final class Passphrase implements AutoCloseable {
    static final int SHORTEST = 12;
    private static final int LONGEST = 1024;

    private final byte[] bytes;

    private Passphrase(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The content of a file with mode 0600, without one line end at its end. A pipe that the caller left open serves as well
     * ({@code /dev/fd/3}); it can be read once.
     *
     * @throws IdentityException by its {@link Problem}
     */
    public static Passphrase read(Path file) {
        byte[] content = PrivateFiles.read(file, LONGEST);
        int length = content.length;
        if (length > 0 && content[length - 1] == '\n') {
            length--;
        }
        if (length > 0 && content[length - 1] == '\r') {
            length--;
        }
        byte[] bytes = Arrays.copyOf(content, length);
        Arrays.fill(content, (byte) 0);
        if (length < SHORTEST) {
            Arrays.fill(bytes, (byte) 0);
            throw new IdentityException(
                    Problem.MALFORMED, file, "a passphrase has at least " + SHORTEST + " bytes, this one " + length);
        }
        return new Passphrase(bytes);
    }

    /** Writes a new random passphrase of 128 bits to a new file. */
    static void createRandom(Path file, SecureRandom random) {
        byte[] secret = new byte[16];
        random.nextBytes(secret);
        byte[] text = Hex.encode(secret);
        PrivateFiles.create(file, text);
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(text, (byte) 0);
    }

    /** Argon2id, version 1.3, 32 bytes. The caller wipes them. */
    byte[] stretch(KdfParameters parameters, byte[] salt) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(parameters.memoryKib())
                .withIterations(parameters.passes())
                .withParallelism(parameters.lanes())
                .withSalt(salt)
                .build());
        byte[] key = new byte[32];
        argon2.generateBytes(bytes, key);
        return key;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "Passphrase";
    }
}
