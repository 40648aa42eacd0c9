package io.veilflow.pipeline.window;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.wire.Manifest;
import io.veilflow.pipeline.wire.ManifestSignature;

/**
 * A manifest with its root: what three signatures seal.
 *
 * @param root 32 bytes
 */
public record RootedManifest(Manifest manifest, ByteString root) {
    /** What a party signs, as a record in its log, to seal it. */
    public ManifestSignature signature() {
        return ManifestSignature.newBuilder()
                .setKind(manifest.getHeader().getKind())
                .setId(manifest.getHeader().getId())
                .setRound(manifest.getHeader().getRound())
                .setRoot(root)
                .build();
    }
}
