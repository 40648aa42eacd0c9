package io.veilflow.nativelib;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much memory the native side may take beside the Java heap: the bytes in the property {@value #LIMIT_PROPERTY}, otherwise
 * what the machine or container has beyond the largest heap, and at least a quarter of it. The native side reckons what a
 * call needs and refuses it ({@link NativeStatus#OUT_OF_MEMORY}) before anything is begun: once the system itself refuses
 * memory to Go, the process ends, and Java with it (THREATS E16).
 */
final class NativeMemory {
    static final String LIMIT_PROPERTY = "veilflow.native.memory";

    private NativeMemory() {}

    /** @throws NativeException INVALID_ARGUMENT if the property is no positive number */
    static long limitBytes() {
        String text = System.getProperty(LIMIT_PROPERTY);
        return text == null ? share(machineBytes(), Runtime.getRuntime().maxMemory()) : parse(text);
    }

    static long share(long machineBytes, long largestHeapBytes) {
        return Math.max(machineBytes - largestHeapBytes, machineBytes / 4);
    }

    static long parse(String text) {
        try {
            long bytes = Long.parseLong(text);
            if (bytes > 0) {
                return bytes;
            }
        } catch (NumberFormatException e) {
            throw new NativeException(NativeStatus.INVALID_ARGUMENT, LIMIT_PROPERTY + "=" + text);
        }
        throw new NativeException(NativeStatus.INVALID_ARGUMENT, LIMIT_PROPERTY + "=" + text);
    }

    private static long machineBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
