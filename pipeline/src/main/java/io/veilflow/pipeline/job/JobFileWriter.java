package io.veilflow.pipeline.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.kind.JobKind;
import io.veilflow.pipeline.job.kind.JobParameter;
import io.veilflow.pipeline.job.kind.JobParameters;
import io.veilflow.pipeline.job.kind.JobRole;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Writes job files in their canonical form. */
final class JobFileWriter {
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .build()
            .writer(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                            .withObjectEmptySeparator("")
                            .withArrayEmptySeparator(""))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private JobFileWriter() {}

    static byte[] bytes(ObjectNode document) {
        try {
            return (WRITER.writeValueAsString(document) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("writing a tree of text and numbers", impossible);
        }
    }

    static ObjectNode document(JobDefinition job) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("version", JobFile.VERSION).put("name", job.name());
        file.put("kind", job.program().kindName());
        file.put(JobFile.PROFILE, job.profile().name());
        file.put("environment", job.environment().name());
        parameters(file.putObject("parameters"), job.program());
        ArrayNode roles = file.putArray("roles");
        List<JobRole> declared = job.program().kind().roles();
        for (int role = 0; role < declared.size(); role++) {
            contributors(roles.addObject().put("name", declared.get(role).name()), job, role);
        }
        parties(file, job.parties());
        ObjectNode group =
                file.putObject("group").put("resultKey", hex(job.group().resultKey()));
        job.group().accountKey().ifPresent(key -> group.put("accountKey", hex(key)));
        job.group().signKey().ifPresent(key -> group.put("signKey", hex(key)));
        if (!job.group().signPurposes().isEmpty()) {
            ArrayNode purposes = group.putArray("signPurposes");
            job.group().signPurposes().forEach(purposes::add);
        }
        file.putObject("feeder")
                .put("name", job.feeder().name())
                .put("publicKey", hex(job.feeder().publicKey()));
        ObjectNode windows = file.putObject("windows")
                .put("startMillis", job.windows().startMillis())
                .put("windowMillis", job.windows().windowMillis())
                .put("minimumContributors", job.windows().minimumContributors());
        job.windows().maximumBookAgeWindows().ifPresent(most -> windows.put("maximumBookAgeWindows", most));
        windows.put("openWindowLimit", job.windows().openWindowLimit());
        posting(windows, job.windows().posting());
        file.putObject("chain")
                .put("chainId", job.chain().chainId())
                .put("registry", "0x" + hex(job.chain().registry()));
        file.put("keyDigest", hex(job.keyDigest())).put("basisDigest", hex(job.basisDigest()));
        return file;
    }

    private static void parameters(ObjectNode object, JobProgram program) {
        JobKind kind = program.kind();
        JobParameters values = program.parameters();
        for (JobParameter parameter : kind.parameters()) {
            String name = parameter.name();
            switch (parameter.form()) {
                case NUMBER -> object.put(name, values.number(name));
                case NUMBERS -> values.numbers(name).forEach(object.putArray(name)::add);
                case NAMES -> values.names(name).forEach(object.putArray(name)::add);
            }
        }
    }

    /** A document of its own. */
    static ObjectNode parties(List<EnrolledParty> parties) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        parties(file, parties);
        return file;
    }

    private static void parties(ObjectNode file, List<EnrolledParty> enrolled) {
        ArrayNode parties = file.putArray("parties");
        for (EnrolledParty party : enrolled) {
            parties.addObject()
                    .put("index", party.id().index())
                    .put("host", party.host())
                    .put("port", party.port())
                    .put("identityKey", hex(party.identityKey()))
                    .put("tlsPin", hex(party.tlsPin()));
        }
    }

    private static void posting(ObjectNode windows, PostingPolicy policy) {
        windows.put("proofDeadlineMillis", policy.proofDeadlineMillis())
                .put("rotationDelaySeconds", policy.rotationDelaySeconds());
        if (!policy.priceChecks().isEmpty()) {
            ArrayNode checks = windows.putArray(JobFile.PRICE_CHECKS);
            for (PriceCheck check : policy.priceChecks()) {
                checks.addObject()
                        .put("input", check.input())
                        .put("decimals", check.decimals())
                        .put("aggregator", "0x" + hex(check.aggregator()))
                        .put("maximumDeviationBps", check.maximumDeviationBps())
                        .put("maximumAgeSeconds", check.maximumAgeSeconds());
            }
        }
        if (policy.payer() == PostingPolicy.Payer.GROUP) {
            windows.put(JobFile.PAYER, JobFile.GROUP);
        }
    }

    private static void contributors(ObjectNode role, JobDefinition job, int index) {
        ArrayNode contributors = role.putArray("contributors");
        for (EnrolledContributor contributor : job.contributors()) {
            if (contributor.role() == index) {
                contributors
                        .addObject()
                        .put("name", contributor.name())
                        .put("publicKey", hex(contributor.publicKey()))
                        .put("firstSlot", contributor.firstSlot())
                        .put("slots", contributor.slots());
            }
        }
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
