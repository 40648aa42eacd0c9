package io.veilflow.pipeline.board;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Ed25519 keys of tests, one for every name, always the same. */
public final class SampleWriters {
    private SampleWriters() {}

    public static MessageSigner key(String name) {
        Ed25519PrivateKeyParameters key = privateKey(name);
        return message -> {
            Ed25519Signer signer = new Ed25519Signer();
            signer.init(true, key);
            signer.update(message, 0, message.length);
            return signer.generateSignature();
        };
    }

    public static ByteString publicKey(String name) {
        return ByteString.copyFrom(privateKey(name).generatePublicKey().getEncoded());
    }

    private static Ed25519PrivateKeyParameters privateKey(String name) {
        return new Ed25519PrivateKeyParameters(Hashes.sha256(Fields.text("test key of " + name)));
    }
}
