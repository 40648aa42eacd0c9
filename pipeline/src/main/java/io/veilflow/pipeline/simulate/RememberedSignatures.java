package io.veilflow.pipeline.simulate;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.SignatureCheck;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;

/**
 * A check that is made once for all readers of one run: three parties read every record several times over. A check depends on nothing
 * but what it is given, so nobody comes to see anything else by it.
 */
final class RememberedSignatures implements SignatureCheck {
    private record Question(ByteString key, ByteString message, ByteString signature) {}

    private final SignatureCheck check = SignatureCheck.ed25519();
    private final Map<Question, Boolean> answers = new HashMap<>();

    @Override
    public boolean holds(Ed25519PublicKeyParameters key, byte[] message, byte[] signature) {
        Question question = new Question(
                ByteString.copyFrom(key.getEncoded()), ByteString.copyFrom(message), ByteString.copyFrom(signature));
        return answers.computeIfAbsent(question, first -> check.holds(key, message, signature));
    }
}
