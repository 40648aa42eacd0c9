package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.identity.PublicIdentity;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.key.GroupKeyStore;
import io.veilflow.pipeline.key.PublicGroupKey;
import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** What is public of a key file, item by item. */
record ShownKeys(Map<String, Object> items) {
    static ShownKeys of(PublicIdentity identity) {
        Map<String, Object> items = new LinkedHashMap<>();
        items.put("kind", identity.kind().text());
        items.put("name", identity.name());
        items.put("identityKey", identity.identityKey().toString());
        identity.party().ifPresent(party -> {
            items.put("tlsPin", hex(party.certificatePin()));
            items.put("encryptionKey", hex(party.encryptionKey()));
        });
        return new ShownKeys(items);
    }

    static ShownKeys of(GroupKeyStore.StoredKey stored) {
        Map<String, Object> items = new LinkedHashMap<>();
        items.put("kind", "group-share");
        items.put("holder", EnrolledParty.writer(stored.holder()));
        items.putAll(of(stored.key()).items());
        stored.pendingGeneration().ifPresent(pending -> items.put("pending", pending));
        if (stored.suspended()) {
            items.put("suspended", "a signature has failed; run keys refresh");
        }
        return new ShownKeys(items);
    }

    static ShownKeys of(PublicGroupKey key) {
        Map<String, Object> items = new LinkedHashMap<>();
        items.put("purpose", key.purpose().text());
        items.put("generation", key.generation());
        items.put("key", hex(key.point()));
        items.put("address", "0x" + hex(key.address()));
        items.put("shares", key.shares().stream().map(ShownKeys::hex).toList());
        items.put("transcript", hex(key.transcript()));
        return new ShownKeys(items);
    }

    void print(CommandSpec spec, boolean json) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonLines.print(out, items);
        } else {
            items.forEach((key, value) -> out.printf("%-14s %s%n", key, value));
            out.flush();
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
