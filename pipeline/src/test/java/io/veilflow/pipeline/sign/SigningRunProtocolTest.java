package io.veilflow.pipeline.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.key.KeyPurpose;
import io.veilflow.pipeline.wire.Payload;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningRunProtocolTest {
    @TempDir
    Path directory;

    private SigningWorld world;
    private SkipMessage statement;

    @BeforeEach
    void begin() {
        world = new SigningWorld(directory.resolve("board"));
        statement = new SkipMessage(
                world.job().definition().chain().chainId(),
                world.job().definition().chain().registry(),
                world.job().jobId(),
                3,
                3,
                SkipReason.NO_TICK);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    @DisplayName("G10: a wrong share is told as soon as it is seen, once, also if no signature ever comes about")
    void aWrongShareIsToldAtOnce() {
        try (SigningRun honest = world.signer(PartyId.P0, KeyPurpose.RESULT).begin(statement);
                SigningRun cheating = world.signer(PartyId.P1, KeyPurpose.RESULT, new WrongShares(PartyId.P1))
                        .begin(statement)) {
            for (int round = 0; round < 6; round++) {
                assertTrue(cheating.step().isEmpty());
                assertTrue(honest.step().isEmpty());
            }
            List<String> accused = List.of("P1: " + statement.title());
            assertEquals(accused, world.wrongShares(PartyId.P0));
            try (SigningRun third = world.signer(PartyId.P2, KeyPurpose.RESULT).begin(statement)) {
                for (int round = 0; round < 6; round++) {
                    third.step();
                    honest.step();
                }
                assertTrue(third.step().isPresent());
            }
            assertEquals(accused, world.wrongShares(PartyId.P0), "not told again");
        }
    }

    /** A party's log in which the scalar of each share has its lowest bit flipped. */
    private final class WrongShares implements BoardWriter {
        private final BoardWriter whole;

        WrongShares(PartyId party) {
            whole = world.log(party);
        }

        @Override
        public String name() {
            return whole.name();
        }

        @Override
        public BoardEntry append(Payload payload) {
            if (!payload.hasSignatureShare()) {
                return whole.append(payload);
            }
            byte[] z = payload.getSignatureShare().getZ().toByteArray();
            z[z.length - 1] ^= 1;
            Payload.Builder wrong = payload.toBuilder();
            wrong.getSignatureShareBuilder().setZ(ByteString.copyFrom(z));
            return whole.append(wrong.build());
        }

        @Override
        public void close() {
            whole.close();
        }
    }
}
