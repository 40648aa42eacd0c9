package io.veilflow.pipeline.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Where a party answers those who operate it: the object {@code operation} of its configuration. What it answers is public, and is
 * neither encrypted nor asks who is asking: beyond this machine it belongs behind something that does both.
 *
 * @param address a numeric address of this machine; the loopback address unless the configuration says otherwise
 * @param port 0 for any that is free; the state folder says which it is
 */
public record OperationAccess(String address, int port) {
    public static final String KEY = "operation";
    public static final OperationAccess DEFAULT = new OperationAccess("127.0.0.1", 0);

    /** No name that somebody else resolves. */
    private static final Pattern NUMERIC = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]{2,45}");

    /** From an object whose keys may each be left out. */
    static OperationAccess read(DocumentReader operation) {
        String address = operation.has("address") ? operation.text("address", NUMERIC) : DEFAULT.address;
        if (!address.isEmpty() && resolve(address).isUnresolved()) {
            operation.error("address", "'" + address + "' is not an address");
        }
        return new OperationAccess(address, operation.has("port") ? operation.small("port", 0, 65_535) : DEFAULT.port);
    }

    public boolean isLoopback() {
        return socket().getAddress().isLoopbackAddress();
    }

    public InetSocketAddress socket() {
        return new InetSocketAddress(resolve(address).getAddress(), port);
    }

    private static InetSocketAddress resolve(String address) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), 0);
        } catch (UnknownHostException none) {
            return InetSocketAddress.createUnresolved(address, 0);
        }
    }
}
