package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.session.Transcript;
import io.veilflow.pipeline.board.MessageSigner;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.identity.VerificationKey;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.wire.UnitKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;

/**
 * The transcripts of attempts that failed: one file each, signed with the party's identity, readable by its owner only, its
 * hash in the journal. They hold hashes of messages and no content. People compare those of two parties with {@link
 * Transcript#firstDifference}: whoever signed another message than the other has is found at the first difference.
 */
public final class TranscriptStore {
    private static final String SIGNATURE = "signature ";

    private final Path folder;
    private final MessageSigner identity;
    private final Journal journal;

    /** @param folder is made with the first transcript */
    public TranscriptStore(Path folder, MessageSigner identity, Journal journal) {
        this.folder = folder;
        this.identity = identity;
        this.journal = journal;
    }

    /** Signs and stores; the journal knows of it when this returns. */
    void keep(UnitId unit, int attempt, Transcript transcript) {
        ByteString hash = store(file(unit, attempt), transcript);
        journal.append(new JournalEntry(JournalEntry.Type.TRANSCRIPT, unit.kind(), unit.id(), attempt, hash));
    }

    /** The same of a session of the group's account. */
    void keepOfAccount(long session, Transcript transcript) {
        ByteString hash = store(folder.resolve("account-" + session + ".txt"), transcript);
        journal.append(
                new JournalEntry(JournalEntry.Type.TRANSCRIPT, UnitKind.UNIT_KIND_UNSPECIFIED, session, 0, hash));
    }

    private ByteString store(Path file, Transcript transcript) {
        String text = transcript.text();
        byte[] signature = identity.sign(signed(text));
        byte[] content =
                (text + SIGNATURE + HexFormat.of().formatHex(signature) + "\n").getBytes(StandardCharsets.UTF_8);
        write(file, content);
        return ByteString.copyFrom(Hashes.sha256(content));
    }

    /**
     * Reads a stored transcript.
     *
     * @param signer whose it must be
     * @throws IllegalArgumentException if it is no transcript, or not signed by this key
     */
    public static Transcript read(String content, VerificationKey signer) {
        int end = content.lastIndexOf(SIGNATURE);
        if (end < 0) {
            throw new IllegalArgumentException("a transcript without a signature");
        }
        String text = content.substring(0, end);
        byte[] signature = HexFormat.of()
                .parseHex(content.substring(end + SIGNATURE.length()).trim());
        if (!signer.verify(signed(text), signature)) {
            throw new IllegalArgumentException("a transcript that its party has not signed");
        }
        return Transcript.parse(text);
    }

    Path file(UnitId unit, int attempt) {
        return folder.resolve(unit.sessionKind().text() + "-" + unit.id() + "-" + attempt + ".txt");
    }

    private static byte[] signed(String text) {
        return Fields.of(
                Fields.text("veilflow/transcript-signature/1"), Hashes.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void write(Path file, byte[] content) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try (FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the transcript " + file + " cannot be stored", failed);
        }
    }
}
