package io.veilflow.pipeline.board;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A board in one directory: {@code NAME.log} per writer (docs/wire.md, section 6), and {@code NAME.lock} while somebody
 * writes it. Use one instance per directory and process: file locks hold between processes.
 */
public final class FileBoard implements Board {
    private static final String SUFFIX = ".log";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    private final Path directory;
    private final Map<String, LogFile> logs = new HashMap<>();
    private final Map<String, FileBoardWriter> writers = new HashMap<>();

    private FileBoard(Path directory) {
        this.directory = directory;
    }

    /** @throws BoardException NO_BOARD if there is no such directory */
    public static FileBoard open(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new BoardException(BoardException.Reason.NO_BOARD, directory.toString(), "no such directory");
        }
        return new FileBoard(directory);
    }

    /** Makes the directory if it is missing. */
    public static FileBoard create(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new BoardException(directory.toString(), failure);
        }
        return open(directory);
    }

    @Override
    public long size(String writer) {
        return log(writer).size();
    }

    @Override
    public Optional<BoardEntry> read(String writer, long index) {
        return log(writer).read(index);
    }

    @Override
    public ByteString head(String writer, long records) {
        return log(writer).head(records);
    }

    @Override
    public BoardWriter writer(RecordSigner signer) {
        LogFile log = log(signer.writer());
        synchronized (writers) {
            if (writers.containsKey(signer.writer())) {
                throw new BoardException(
                        BoardException.Reason.LOCKED, signer.writer(), "this process writes it already");
            }
            FileBoardWriter opened = FileBoardWriter.open(
                    signer,
                    log,
                    directory.resolve(signer.writer() + SUFFIX),
                    directory.resolve(signer.writer() + ".lock"),
                    this::release);
            writers.put(signer.writer(), opened);
            return opened;
        }
    }

    /** Names of all logs in the directory. */
    public SortedSet<String> logs() {
        SortedSet<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .forEach(name -> names.add(name.substring(0, name.length() - SUFFIX.length())));
        } catch (IOException failure) {
            throw new BoardException(directory.toString(), failure);
        }
        return names;
    }

    /**
     * Bytes after the last record that can be read: 0 unless somebody is writing, died over writing, or changed the log's
     * end.
     */
    public long trailingBytes(String writer) {
        return log(writer).trailingBytes();
    }

    @Override
    public void close() {
        synchronized (writers) {
            Map.copyOf(writers).values().forEach(FileBoardWriter::close);
        }
        synchronized (logs) {
            logs.values().forEach(LogFile::close);
        }
    }

    private void release(String writer) {
        synchronized (writers) {
            writers.remove(writer);
        }
    }

    private LogFile log(String writer) {
        synchronized (logs) {
            return logs.computeIfAbsent(writer, this::open);
        }
    }

    private LogFile open(String writer) {
        if (!NAME.matcher(writer).matches()) {
            throw new BoardException(BoardException.Reason.BAD_NAME, "board", "a writer's name is " + NAME);
        }
        return new LogFile(writer, directory.resolve(writer + SUFFIX));
    }
}
