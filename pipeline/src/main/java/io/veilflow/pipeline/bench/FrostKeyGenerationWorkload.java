package io.veilflow.pipeline.bench;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.threshold.GroupKey;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.keygen.KeyGeneration;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/** Keys of the group, one after the other (PROTOCOLS 9). */
final class FrostKeyGenerationWorkload implements Workload {
    private final int batch;
    private final SecureRandom random = new SecureRandom();

    FrostKeyGenerationWorkload(PartyId self, int batch) {
        this.batch = batch;
    }

    @Override
    public Computed run(Session session, String path) {
        Operation operation = session.operation(path);
        GroupKey group = null;
        for (int k = 0; k < batch; k++) {
            try (KeyShare share = new KeyGeneration(operation).generate("BENCH", random)) {
                group = share.group();
            }
        }
        byte[] made = group.point();
        return opening -> isSameAtAll(opening, made);
    }

    private static boolean isSameAtAll(Operation opening, byte[] made) {
        List<PartyId> peers = List.of(opening.self().next(), opening.self().previous());
        peers.forEach(peer -> opening.send(peer, "key", made.clone()));
        return peers.stream().allMatch(peer -> Arrays.equals(made, opening.receive(peer, "key", made.length)));
    }
}
