package io.veilflow.pipeline.load;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends what was signed to the contributors' logs when it is due. Without fsync: how durable a contributor's own log is, costs the
 * parties nothing.
 */
final class Release {
    private static final int READ_BYTES = 1 << 20;

    private final Path board;
    private final List<String> contributors;
    private final Arrivals arrivals;

    Release(Path board, List<String> contributors, Arrivals arrivals) {
        this.board = board;
        this.contributors = contributors;
        this.arrivals = arrivals;
    }

    /**
     * @param signed as {@link SignedBooks} has written it
     * @param count how many
     * @return how late the latest was, in milliseconds
     */
    long run(Path signed, long count) throws IOException, InterruptedException {
        List<FileChannel> logs = new ArrayList<>();
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(signed), READ_BYTES))) {
            for (String contributor : contributors) {
                logs.add(FileChannel.open(
                        board.resolve(contributor + ".log"), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
            }
            long begin = System.nanoTime();
            long latest = 0;
            for (long record = 0; record < count; record++) {
                long due = in.readLong();
                int contributor = in.readInt();
                ByteBuffer frame = ByteBuffer.wrap(in.readNBytes(in.readInt()));
                long late = (System.nanoTime() - begin) / 1_000_000 - due;
                if (late < 0) {
                    Thread.sleep(-late);
                }
                latest = Math.max(latest, late);
                arrivals.appended(contributor, System.nanoTime());
                while (frame.hasRemaining()) {
                    logs.get(contributor).write(frame);
                }
            }
            return latest;
        } finally {
            for (FileChannel log : logs) {
                log.close();
            }
        }
    }
}
