package io.veilflow.pipeline.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.service.OperatorLogs.Asked;
import io.veilflow.pipeline.sign.SigningWorld;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.ServiceText;
import io.veilflow.pipeline.wire.SigningApproval;
import io.veilflow.pipeline.wire.SigningRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorLogsTest {
    private static final int LARGE = (4 << 20) - 1_024;

    @TempDir
    Path directory;

    @Test
    @DisplayName(
            "Of one operator a bounded number of bytes counts, whatever it posts; what counted stays, and the others' count")
    void boundedBytes() {
        int fitting = (int) (OperatorLogs.BYTES_OF_OPERATOR / LARGE);
        try (SigningWorld world = new SigningWorld(directory.resolve("board"));
                BoardWriter flooding = world.operatorLog(PartyId.P0);
                BoardWriter other = world.operatorLog(PartyId.P1)) {
            OperatorLogs logs = new OperatorLogs(world.job().definition(), world.board());
            for (int k = 0; k <= fitting; k++) {
                flooding.append(asking(request(k, LARGE)));
            }
            flooding.append(asking(request(fitting + 1, 1)));
            assertEquals(fitting, logs.read().size());
            SigningRequest small = request(fitting + 2, 1);
            other.append(asking(small));
            other.append(Payload.newBuilder()
                    .setSigningApproval(SigningApproval.newBuilder().setRequest(SigningTerms.hash(request(0, LARGE))))
                    .build());
            List<Asked> counting = logs.read();
            assertEquals(fitting + 1, counting.size());
            assertTrue(counting.get(0).isApproved());
            assertEquals(SigningTerms.hash(small), counting.get(fitting).hash());
        }
    }

    private static SigningRequest request(int number, int bytes) {
        byte[] id = new byte[SigningTerms.REQUEST_ID_BYTES];
        id[0] = (byte) number;
        return SigningRequest.newBuilder()
                .setRequestId(ByteString.copyFrom(id))
                .setText(
                        ServiceText.newBuilder().setPurpose("custody").setMessage(ByteString.copyFrom(new byte[bytes])))
                .build();
    }

    private static Payload asking(SigningRequest request) {
        return Payload.newBuilder().setSigningRequest(request).build();
    }
}
