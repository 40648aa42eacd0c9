package io.veilflow.pipeline.cli;

import io.veilflow.zk.key.Ceremony;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which ceremony. */
final class CeremonyOptions {
    @Mixin
    private JobOptions job;

    @Option(
            names = "--transcript",
            required = true,
            paramLabel = "DIR",
            description = "The ceremony's folder; its members pass it on, and publish it in the end.")
    private Path transcript;

    Ceremony ceremony() {
        return new Ceremony(transcript, job.read().rule());
    }

    static Map<String, Object> shown(Ceremony.Contribution contribution) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("phase", contribution.phase());
        shown.put("contribution", contribution.number());
        shown.put("digest", HexFormat.of().formatHex(contribution.digest()));
        return shown;
    }
}
