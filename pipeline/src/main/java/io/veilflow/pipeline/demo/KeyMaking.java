package io.veilflow.pipeline.demo;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.GroupKeys;
import io.veilflow.pipeline.job.PartiesFile;
import io.veilflow.pipeline.key.GroupKeyStore;
import io.veilflow.pipeline.key.KeyPurpose;
import java.util.List;

/** The three parties make their key, each in a process of its own, with the command that operators use. */
final class KeyMaking implements AutoCloseable {
    private static final long LIMIT_MILLIS = 120_000;
    private static final String WAIT_SECONDS = "60";

    private final DemoFolder folder;
    private final DemoProcesses processes = new DemoProcesses();

    private KeyMaking(DemoFolder folder) {
        this.folder = folder;
    }

    /** Starts the three; they need nothing else. */
    static KeyMaking start(DemoFolder folder, List<EnrolledParty> parties) {
        folder.write(folder.partiesFile(), PartiesFile.bytes(parties));
        KeyMaking making = new KeyMaking(folder);
        for (PartyId party : PartyId.values()) {
            String name = EnrolledParty.writer(party);
            making.processes.start(
                    name,
                    DemoProcesses.SMALL,
                    List.of(
                            "keys",
                            "create",
                            "group",
                            "--purpose",
                            KeyPurpose.RESULT.text(),
                            "--parties",
                            folder.partiesFile().toString(),
                            "--keys",
                            folder.keys(name).toString(),
                            "--passphrase",
                            folder.passphrase(name).toString(),
                            "--store",
                            folder.resultStore(name).toString(),
                            "--wait",
                            WAIT_SECONDS),
                    folder);
        }
        return making;
    }

    /** @throws DemoFailedException if a party ended with an error, or has not ended in time */
    GroupKeys await() throws InterruptedException {
        processes.awaitEnd(LIMIT_MILLIS);
        byte[] point = GroupKeyStore.readPublic(folder.resultStore(EnrolledParty.writer(PartyId.P0)))
                .key()
                .point();
        return GroupKeys.ofResults(ByteString.copyFrom(point));
    }

    @Override
    public void close() {
        processes.close();
    }
}
