package io.veilflow.pipeline.encoding;

import com.google.protobuf.ByteString;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.util.Optional;

/** Reading of Protobuf bytes that have one form only: what is hashed must not say the same thing in two ways. */
public final class CanonicalMessages {
    private CanonicalMessages() {}

    /** The message, or nothing if the bytes are not the ones that a writer of this schema makes of it. */
    public static <M extends Message> Optional<M> parse(Parser<M> parser, ByteString bytes) {
        M message;
        try {
            message = DiscardUnknownFieldsParser.wrap(parser).parseFrom(bytes);
        } catch (InvalidProtocolBufferException notThisSchema) {
            return Optional.empty();
        }
        return message.toByteString().equals(bytes) ? Optional.of(message) : Optional.empty();
    }
}
