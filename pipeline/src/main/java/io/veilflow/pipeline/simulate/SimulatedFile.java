package io.veilflow.pipeline.simulate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.Optional;

/**
 * A file on a party's disk, which outlives its processes: what was forced stays; of what was written after that, a crash leaves as
 * much from the beginning as the seed gives. Does what journals do, and refuses everything else.
 */
final class SimulatedFile {
    private final Schedule schedule;
    private final boolean keepsForced;
    private byte[] forced = new byte[0];
    private byte[] written = new byte[0];
    private byte[] copy = new byte[0];
    /** While an older copy is in its place. */
    private Optional<byte[]> newest = Optional.empty();

    private Condition condition = Condition.GOOD;

    enum Condition {
        GOOD,
        /** A write stores as much as there is room for, and fails. */
        FULL,
        /** What was written may be stored or not. */
        CANNOT_FORCE
    }

    /** @param keepsForced false: a disk that lies, as a control */
    SimulatedFile(Schedule schedule, boolean keepsForced) {
        this.schedule = schedule;
        this.keepsForced = keepsForced;
    }

    /** As it is stored. */
    byte[] bytes() {
        return written.clone();
    }

    /** From now on. */
    void become(Condition next) {
        condition = next;
    }

    /** Opened by a process, after a crash or a clean end of the one before. */
    FileChannel open(SimulatedProcess process) {
        return new Channel(process);
    }

    /** The process that had it open is gone. */
    void crash() {
        int lost = written.length - forced.length;
        int kept = lost <= 0 ? 0 : schedule.random().nextInt(lost + 1);
        byte[] left = Arrays.copyOf(forced, forced.length + kept);
        System.arraycopy(written, forced.length, left, forced.length, kept);
        forced = left;
        written = left;
    }

    /** Somebody keeps a copy of it. */
    void copy() {
        copy = forced.clone();
    }

    /** Somebody puts the copy in its place, after a crash. False if nothing was written since. */
    boolean replaceByCopy() {
        crash();
        if (copy.length >= forced.length) {
            return false;
        }
        newest = Optional.of(forced);
        become(copy);
        return true;
    }

    boolean isOlderCopy() {
        return newest.isPresent();
    }

    /** Nobody can tell the copy from the newest one, or will be able to: from now on it is the newest. */
    void keepCopy() {
        newest = Optional.empty();
    }

    /** What the copy has replaced is there again. */
    void putBack() {
        become(newest.orElseThrow());
        newest = Optional.empty();
    }

    private void become(byte[] content) {
        forced = content.clone();
        written = content.clone();
    }

    private final class Channel extends FileChannel {
        private final SimulatedProcess process;
        private long position;

        Channel(SimulatedProcess process) {
            this.process = process;
        }

        @Override
        public int write(ByteBuffer from, long at) throws IOException {
            process.operation("writes " + from.remaining() + " bytes to its disk");
            boolean full = condition == Condition.FULL;
            byte[] bytes = new byte[full ? schedule.random().nextInt(from.remaining() + 1) : from.remaining()];
            from.get(bytes);
            int end = (int) at + bytes.length;
            byte[] now = Arrays.copyOf(written, Math.max(written.length, end));
            System.arraycopy(bytes, 0, now, (int) at, bytes.length);
            written = now;
            if (full) {
                schedule.note(process.name(), "has a full disk");
                throw new IOException("no space left");
            }
            return bytes.length;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            int count = write(from, position);
            position += count;
            return count;
        }

        @Override
        public int read(ByteBuffer into, long at) {
            process.requireAlive();
            int count = Math.min(into.remaining(), written.length - (int) at);
            if (count <= 0) {
                return -1;
            }
            into.put(written, (int) at, count);
            return count;
        }

        @Override
        public int read(ByteBuffer into) {
            int count = read(into, position);
            position += Math.max(0, count);
            return count;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            process.operation("forces its disk");
            if (condition == Condition.CANNOT_FORCE) {
                schedule.note(process.name(), "cannot force its disk");
                throw new IOException("input or output error");
            }
            if (keepsForced) {
                forced = written.clone();
            }
            process.operation("has forced its disk");
        }

        @Override
        public FileChannel truncate(long size) {
            process.requireAlive();
            written = Arrays.copyOf(written, (int) Math.min(size, written.length));
            forced = Arrays.copyOf(forced, (int) Math.min(size, forced.length));
            position = Math.min(position, size);
            return this;
        }

        @Override
        public long size() {
            return written.length;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public FileChannel position(long newPosition) {
            position = newPosition;
            return this;
        }

        @Override
        public FileLock tryLock(long from, long size, boolean shared) {
            return new FileLock(this, from, size, shared) {
                @Override
                public boolean isValid() {
                    return isOpen();
                }

                @Override
                public void release() {
                    position = 0;
                }
            };
        }

        @Override
        public FileLock lock(long from, long size, boolean shared) {
            return tryLock(from, size, shared);
        }

        @Override
        protected void implCloseChannel() {
            position = 0;
        }

        @Override
        public long read(ByteBuffer[] into, int offset, int length) throws IOException {
            throw unused();
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) throws IOException {
            throw unused();
        }

        @Override
        public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
            throw unused();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long from, long count) throws IOException {
            throw unused();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long from, long size) throws IOException {
            throw unused();
        }

        private IOException unused() {
            return new IOException("a simulated file does not do this");
        }
    }
}
