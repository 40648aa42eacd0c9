package io.veilflow.zk.joint;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Messages between three parties in one test process, with a place to change them on the way. */
final class TestPost {
    private static final long WAIT_SECONDS = 20;

    /** Changes a message on its way. */
    interface Tamper {
        byte[] change(int from, int to, String label, byte[] message);
    }

    /** A peer is gone: its session failed. */
    static final class PeerGoneException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final String run;
    private final Tamper tamper;
    private final Map<String, BlockingQueue<byte[]>> queues = new ConcurrentHashMap<>();
    private final Map<Integer, Boolean> gone = new ConcurrentHashMap<>();
    private final Set<String> labels = ConcurrentHashMap.newKeySet();

    /** @param run gives every run randomness of its own */
    TestPost(String run, Tamper tamper) {
        this.run = run;
        this.tamper = tamper;
    }

    String run() {
        return run;
    }

    /** Whether any message with this label was sent. */
    boolean sent(String label) {
        return labels.contains(label);
    }

    void send(int from, int to, String label, byte[] message) {
        labels.add(label);
        queue(from, to, label).add(tamper.change(from, to, label, message));
    }

    byte[] receive(int from, int to, String label) {
        try {
            BlockingQueue<byte[]> queue = queue(from, to, label);
            for (int tries = 0; tries < WAIT_SECONDS * 100; tries++) {
                byte[] message = queue.poll(10, TimeUnit.MILLISECONDS);
                if (message != null) {
                    return message;
                }
                if (gone.containsKey(from) && queue.isEmpty()) {
                    throw new PeerGoneException();
                }
            }
            throw new PeerGoneException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerGoneException();
        }
    }

    /** Nothing more will come from this party. */
    void leave(int party) {
        gone.put(party, true);
    }

    private BlockingQueue<byte[]> queue(int from, int to, String label) {
        return queues.computeIfAbsent(from + ">" + to + "/" + label, key -> new LinkedBlockingQueue<>());
    }
}
