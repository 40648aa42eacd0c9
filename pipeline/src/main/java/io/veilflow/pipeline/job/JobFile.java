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
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.config.DocumentReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The job file: one canonical JSON document, UTF-8, keys in the order below, indented by two spaces, one line feed at the
 * end. Bytes that differ from what {@link #bytes} writes are refused, since the configuration hash covers them; only the
 * profile may be left out, which is the same as writing the default.
 */
public final class JobFile {
    private static final String KIND = "market-health";
    private static final String PROFILE = "profile";
    private static final int SLOTS_MAX = 1 << 20;
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:-]{1,253}");
    private static final Pattern PARTY_LOG = Pattern.compile("party-[0-9]+");
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .build()
            .writer(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                            .withObjectEmptySeparator("")
                            .withArrayEmptySeparator(""))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private JobFile() {}

    /**
     * @param document its name in messages
     * @throws ConfigurationException with all errors: unknown or missing keys, values outside their bounds, slots that
     *     overlap, names or keys used twice, bytes that are not canonical
     */
    public static JobDefinition read(String document, byte[] bytes) {
        DocumentReader file = DocumentReader.of(document, bytes);
        file.small("version", 1, 1);
        String name = file.text("name", NAME);
        file.text("kind", Pattern.compile(KIND));
        boolean profileGiven = file.has(PROFILE);
        Profile profile = profileGiven ? file.choice(PROFILE, Profile.class) : JobDefinition.DEFAULT_PROFILE;
        MarketHealthJob marketHealth = marketHealth(file);
        List<EnrolledContributor> contributors = contributors(file);
        List<EnrolledParty> parties = parties(file);
        DocumentReader feederReader = file.object("feeder");
        EnrolledFeeder feeder = new EnrolledFeeder(writerName(feederReader), feederReader.hex("publicKey", "", 32));
        WindowPolicy windows = windows(file.object("windows"), contributors.size());
        DocumentReader chainReader = file.object("chain");
        ChainBinding chain = new ChainBinding(
                chainReader.whole("chainId", 1, Long.MAX_VALUE), chainReader.hex("registry", "0x", 20));
        JobDefinition job = new JobDefinition(
                name,
                profile,
                marketHealth,
                contributors,
                parties,
                feeder,
                windows,
                chain,
                file.hex("keyDigest", "", 32),
                file.hex("basisDigest", "", 32));
        refuseRepeated(file, job);
        file.finish();
        ObjectNode canonical = document(job);
        if (!profileGiven) {
            canonical.remove(PROFILE);
        }
        if (!Arrays.equals(bytes, bytes(canonical))) {
            throw new ConfigurationException(
                    document, List.of("not in canonical form (order of keys, indentation or last line feed)"));
        }
        return job;
    }

    /** The canonical bytes, with the profile. */
    public static byte[] bytes(JobDefinition job) {
        return bytes(document(job));
    }

    private static byte[] bytes(ObjectNode document) {
        try {
            return (WRITER.writeValueAsString(document) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("writing a tree of text and numbers", impossible);
        }
    }

    private static MarketHealthJob marketHealth(DocumentReader file) {
        List<Asset> assets = new ArrayList<>();
        for (DocumentReader asset : file.objects("assets", 1, MarketHealthJob.ASSETS_MAX)) {
            assets.add(new Asset(
                    asset.text("name", NAME),
                    asset.small("decimals", 0, 18),
                    asset.small("thresholdBps", 0, MarketHealthJob.BPS)));
        }
        if (new HashSet<>(assets.stream().map(Asset::name).toList()).size() != assets.size()) {
            file.error("assets", "a name stands twice");
        }
        List<Integer> limits = file.smalls("limitsBps", MarketHealthJob.LIMITS, 0, MarketHealthJob.BPS);
        for (int i = 1; i < limits.size(); i++) {
            if (limits.get(i) < limits.get(i - 1)) {
                file.error("limitsBps", "not ascending");
            }
        }
        return new MarketHealthJob(assets, limits);
    }

    private static List<EnrolledContributor> contributors(DocumentReader file) {
        List<EnrolledContributor> contributors = new ArrayList<>();
        int next = 0;
        for (DocumentReader entry : file.objects("contributors", 1, SLOTS_MAX)) {
            EnrolledContributor contributor = new EnrolledContributor(
                    writerName(entry),
                    entry.hex("publicKey", "", 32),
                    entry.small("firstSlot", 0, SLOTS_MAX - 1),
                    entry.small("slots", 1, SLOTS_MAX));
            if (contributor.firstSlot() != next) {
                entry.error("firstSlot", "expected " + next + ", the slot after those of the contributor before");
            }
            next = contributor.firstSlot() + contributor.slots();
            contributors.add(contributor);
        }
        if (next > SLOTS_MAX) {
            file.error("contributors", next + " slots, at most " + SLOTS_MAX);
        }
        return contributors;
    }

    private static List<EnrolledParty> parties(DocumentReader file) {
        List<EnrolledParty> parties = new ArrayList<>();
        for (DocumentReader entry : file.objects("parties", 3, 3)) {
            entry.small("index", parties.size(), parties.size());
            parties.add(new EnrolledParty(
                    PartyId.of(parties.size()),
                    entry.text("host", HOST),
                    entry.small("port", 1, 65_535),
                    entry.hex("identityKey", "", 32),
                    entry.hex("tlsPin", "", 32),
                    entry.hex("resultAddress", "0x", 20)));
        }
        return parties;
    }

    private static WindowPolicy windows(DocumentReader entry, int contributors) {
        return new WindowPolicy(
                entry.whole("startMillis", 0, Long.MAX_VALUE / 2),
                entry.whole("windowMillis", 1, 1L << 40),
                entry.small("minimumContributors", 1, Math.max(1, contributors)),
                entry.has("maximumBookAgeWindows")
                        ? OptionalInt.of(entry.small("maximumBookAgeWindows", 1, Integer.MAX_VALUE))
                        : OptionalInt.empty(),
                entry.small("openWindowLimit", 1, 1_024));
    }

    /** A writer's name must not look like a party's log. */
    private static String writerName(DocumentReader entry) {
        String name = entry.text("name", NAME);
        if (PARTY_LOG.matcher(name).matches()) {
            entry.error("name", "'" + name + "' is the name of a party's log");
        }
        return name;
    }

    private static void refuseRepeated(DocumentReader file, JobDefinition job) {
        Set<String> names = new HashSet<>(Set.of(job.feeder().name()));
        Set<ByteString> keys = new HashSet<>(Set.of(job.feeder().publicKey()));
        for (EnrolledContributor contributor : job.contributors()) {
            if (!names.add(contributor.name())) {
                file.error("contributors", "the name '" + contributor.name() + "' stands twice");
            }
            if (!keys.add(contributor.publicKey())) {
                file.error("contributors", "the key of '" + contributor.name() + "' stands twice");
            }
        }
        Set<ByteString> addresses = new HashSet<>();
        Set<ByteString> pins = new HashSet<>();
        for (EnrolledParty party : job.parties()) {
            if (!keys.add(party.identityKey()) || !addresses.add(party.resultAddress()) || !pins.add(party.tlsPin())) {
                file.error("parties", "a key, certificate or address of " + party.id() + " stands twice");
            }
        }
    }

    private static ObjectNode document(JobDefinition job) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("version", 1).put("name", job.name()).put("kind", KIND);
        file.put(PROFILE, job.profile().name());
        ArrayNode assets = file.putArray("assets");
        for (Asset asset : job.marketHealth().assets()) {
            assets.addObject()
                    .put("name", asset.name())
                    .put("decimals", asset.decimals())
                    .put("thresholdBps", asset.thresholdBps());
        }
        ArrayNode limits = file.putArray("limitsBps");
        job.marketHealth().limitsBps().forEach(limits::add);
        ArrayNode contributors = file.putArray("contributors");
        for (EnrolledContributor contributor : job.contributors()) {
            contributors
                    .addObject()
                    .put("name", contributor.name())
                    .put("publicKey", hex(contributor.publicKey()))
                    .put("firstSlot", contributor.firstSlot())
                    .put("slots", contributor.slots());
        }
        ArrayNode parties = file.putArray("parties");
        for (EnrolledParty party : job.parties()) {
            parties.addObject()
                    .put("index", party.id().index())
                    .put("host", party.host())
                    .put("port", party.port())
                    .put("identityKey", hex(party.identityKey()))
                    .put("tlsPin", hex(party.tlsPin()))
                    .put("resultAddress", "0x" + hex(party.resultAddress()));
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
        file.putObject("chain")
                .put("chainId", job.chain().chainId())
                .put("registry", "0x" + hex(job.chain().registry()));
        file.put("keyDigest", hex(job.keyDigest())).put("basisDigest", hex(job.basisDigest()));
        return file;
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
