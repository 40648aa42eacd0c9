package io.veilflow.pipeline.sign;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.key.KeyPurpose;

/**
 * A message of somebody else's that the group signs with its SIGN key, for a purpose that the operators allow (DESIGN section 8).
 *
 * @param groupKey the SIGN key, compressed point, 33 bytes
 * @param purpose text
 * @param message any bytes
 */
public record ServiceMessage(ByteString groupKey, String purpose, ByteString message) implements GroupStatement {
    private static final String LABEL = "veilflow/sign/1";

    public ServiceMessage {
        PointParts.require(groupKey);
        if (purpose.isEmpty()) {
            throw new IllegalArgumentException("a message without a purpose");
        }
    }

    @Override
    public byte[] digest() {
        return new AbiWords(5)
                .label(LABEL)
                .aligned("x of the group key", PointParts.x(groupKey), 32)
                .number(PointParts.parity(groupKey))
                .aligned("hash of the purpose", ByteString.copyFrom(Hashes.keccak256(Fields.text(purpose))), 32)
                .aligned("hash of the message", ByteString.copyFrom(Hashes.keccak256(message.toByteArray())), 32)
                .keccak256();
    }

    @Override
    public KeyPurpose key() {
        return KeyPurpose.SIGN;
    }

    @Override
    public String title() {
        return "message for purpose '" + purpose + "'";
    }
}
