package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes all frames of this party into a file, one after the other as they are on the wire. Unsafe outside tests: whoever
 * gets this file of two parties can put shares together. A party that runs with it says so at start.
 */
public final class FileFrameTap implements FrameTap, AutoCloseable {
    private final OutputStream out;

    /** @param file is made; an existing one is refused */
    public FileFrameTap(Path file) {
        try {
            out = new BufferedOutputStream(
                    Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the tap file " + file, e);
        }
    }

    @Override
    public synchronized void sent(PartyId from, PartyId to, byte[] header, byte[] payload) {
        try {
            out.write(header);
            out.write(payload);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the tap file", e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the tap file", e);
        }
    }
}
