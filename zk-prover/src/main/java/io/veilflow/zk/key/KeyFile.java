package io.veilflow.zk.key;

import io.veilflow.zk.statement.Keccak;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The stored form of a job's keys: a header that people can read in the file's first lines (format, origin with its
 * warning), the circuit digest, then proving key, verifying key and basis, each with length and keccak256. Lengths are
 * held against the file's size before memory is taken.
 */
record KeyFile(SetupOrigin origin, byte[] circuitDigest, byte[] provingKey, byte[] verifyingKey, byte[] basis) {
    private static final String FORMAT = "veilflow/key-file/1\n";
    private static final int DIGEST_BYTES = 32;

    void write(OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(stream);
        out.write(FORMAT.getBytes(StandardCharsets.UTF_8));
        out.write(header(origin));
        out.write(circuitDigest);
        for (byte[] part : new byte[][] {provingKey, verifyingKey, basis}) {
            out.writeInt(part.length);
            out.write(Keccak.hash(part));
            out.write(part);
        }
        out.flush();
    }

    /**
     * @param size bytes of the whole file
     * @throws KeyException MALFORMED or DIGEST_MISMATCH
     */
    static KeyFile read(InputStream stream, long size, byte[] circuitDigest) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        expect(in, FORMAT.getBytes(StandardCharsets.UTF_8), size, "format");
        SetupOrigin origin = origin(in, size);
        byte[] digest = exactly(in, DIGEST_BYTES, size);
        if (!Arrays.equals(digest, circuitDigest)) {
            throw new KeyException(KeyException.Reason.DIGEST_MISMATCH, "key file of another circuit");
        }
        byte[][] parts = new byte[3][];
        for (int part = 0; part < parts.length; part++) {
            int length = new DataInputStream(new ByteArrayInputStream(exactly(in, Integer.BYTES, size))).readInt();
            byte[] expected = exactly(in, DIGEST_BYTES, size);
            parts[part] = exactly(in, length, size);
            if (!Arrays.equals(Keccak.hash(parts[part]), expected)) {
                throw new KeyException(KeyException.Reason.DIGEST_MISMATCH, "key file: part " + part + " was changed");
            }
        }
        if (in.read() >= 0) {
            throw new KeyException(KeyException.Reason.MALFORMED, "key file: bytes after the end");
        }
        byte[] label = origin.provingKeyLabel();
        if (parts[0].length < label.length || !Arrays.equals(parts[0], 0, label.length, label, 0, label.length)) {
            throw new KeyException(KeyException.Reason.MALFORMED, "key file: its proving key is of another origin");
        }
        return new KeyFile(origin, digest, parts[0], parts[1], parts[2]);
    }

    @Override
    public String toString() {
        return "KeyFile[" + origin.warning() + "]";
    }

    /** One line; no origin's begins like another's. */
    private static SetupOrigin origin(DataInputStream in, long size) throws IOException {
        byte[] first = exactly(in, 1, size);
        for (SetupOrigin origin : SetupOrigin.values()) {
            byte[] header = header(origin);
            if (header[0] == first[0]) {
                expect(in, Arrays.copyOfRange(header, 1, header.length), size, "setup origin");
                return origin;
            }
        }
        throw new KeyException(KeyException.Reason.MALFORMED, "key file: unknown setup origin");
    }

    private static byte[] header(SetupOrigin origin) {
        return (origin + ": " + origin.warning() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void expect(DataInputStream in, byte[] expected, long size, String what) throws IOException {
        if (!Arrays.equals(exactly(in, expected.length, size), expected)) {
            throw new KeyException(KeyException.Reason.MALFORMED, "key file: unknown " + what);
        }
    }

    private static byte[] exactly(DataInputStream in, int length, long size) throws IOException {
        if (length < 0 || length > size) {
            throw new KeyException(KeyException.Reason.MALFORMED, "key file: a part of " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length != length) {
            throw new KeyException(KeyException.Reason.MALFORMED, "key file: cut short");
        }
        return bytes;
    }
}
