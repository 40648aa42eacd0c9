package io.veilflow.pipeline.account;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each party has asked for a transaction of one post. Prices may be raised now and then; more than {@value #MOST} times is
 * somebody's wish to burn the group's ether, or to fill the board with answers. Remembers the newest {@value #REMEMBERED} posts. Thread-safe.
 */
final class AskedTimes {
    static final int MOST = 8;
    private static final int REMEMBERED = 256;

    private final Map<Asked, Integer> times = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Asked(PartyId proposer, ByteString statement) {}

    synchronized boolean isUsedUp(PartyId proposer, ByteString statement) {
        return times.getOrDefault(new Asked(proposer, statement), 0) >= MOST;
    }

    synchronized void count(PartyId proposer, ByteString statement) {
        times.merge(new Asked(proposer, statement), 1, Integer::sum);
    }
}
