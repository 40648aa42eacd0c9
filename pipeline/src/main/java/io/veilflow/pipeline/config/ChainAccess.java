package io.veilflow.pipeline.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a party sees and uses its chain: the keys {@code rpcUrl}, {@code furtherRpcUrls}, {@code depth} and {@code feeGweiMax} of its
 * configuration.
 *
 * @param nodes URLs of one or several nodes; a post is final when more than half of them call it final
 * @param depth blocks on top of a record after which it is final
 * @param feeGweiMax the most that posts pay for a unit of gas, in gwei
 */
public record ChainAccess(List<URI> nodes, int depth, long feeGweiMax) {
    private static final Pattern URL = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]/_-]{1,512}");
    private static final int FURTHER_NODES = 4;
    private static final int DEPTH = 12;
    /** Nodes keep the states of so many blocks at least. */
    private static final int DEPTH_MAX = 96;

    private static final long FEE_GWEI = 500;
    private static final long FEE_GWEI_MAX = 1_000_000;

    public ChainAccess {
        nodes = List.copyOf(nodes);
    }

    static ChainAccess read(DocumentReader document) {
        List<URI> nodes = new ArrayList<>(List.of(url(document, "rpcUrl", document.text("rpcUrl", URL))));
        if (document.has("furtherRpcUrls")) {
            document.names("furtherRpcUrls", 0, FURTHER_NODES, URL)
                    .forEach(text -> nodes.add(url(document, "furtherRpcUrls", text)));
        }
        return new ChainAccess(
                nodes,
                document.has("depth") ? document.small("depth", 0, DEPTH_MAX) : DEPTH,
                document.has("feeGweiMax") ? document.whole("feeGweiMax", 1, FEE_GWEI_MAX) : FEE_GWEI);
    }

    private static URI url(DocumentReader document, String key, String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException malformed) {
            document.error(key, "not a URL");
            return URI.create("");
        }
    }
}
