package io.veilflow.pipeline.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.config.DocumentReader;
import io.veilflow.pipeline.job.kind.JobKind;
import io.veilflow.pipeline.job.kind.JobKinds;
import io.veilflow.zk.rule.RuleException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The job file: one canonical JSON document, UTF-8, keys in the order below, indented by two spaces, one line feed at the
 * end. Bytes that differ from what {@link #bytes} writes are refused, since the configuration hash covers them; only the
 * profile may be left out, which is the same as writing the default.
 */
public final class JobFile {
    static final int VERSION = 3;
    static final String PROFILE = "profile";
    static final String PRICE_CHECKS = "priceChecks";
    static final String PAYER = "payer";
    static final String GROUP = "group";
    private static final Pattern PAYERS = Pattern.compile("own|" + GROUP);
    private static final Pattern PURPOSE = Pattern.compile("[a-z0-9-]{1,64}");
    private static final int PURPOSES_MAX = 64;
    static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
    static final int SLOTS_MAX = 1 << 20;
    private static final Pattern PARTY_LOG = Pattern.compile("(party|operator)-[0-9]+");

    private JobFile() {}

    /**
     * @param document its name in messages
     * @throws ConfigurationException with all errors: unknown or missing keys, values outside their bounds, slots that
     *     overlap, names or keys used twice, bytes that are not canonical; and, of a file without such errors, that the rule cannot
     *     be built
     */
    public static JobDefinition read(String document, byte[] bytes) {
        DocumentReader file = DocumentReader.of(document, bytes);
        file.small("version", VERSION, VERSION);
        String name = file.text("name", NAME);
        Optional<JobKind> kind = kind(file);
        boolean profileGiven = file.has(PROFILE);
        Profile profile = profileGiven ? file.choice(PROFILE, Profile.class) : JobDefinition.DEFAULT_PROFILE;
        Environment environment = file.choice("environment", Environment.class);
        JobProgramReader program = new JobProgramReader(file, kind);
        JobProgram computed = program.program();
        List<EnrolledContributor> contributors = program.contributors();
        List<EnrolledParty> parties = PartiesFile.parties(file);
        GroupKeys group = group(file.object("group"));
        DocumentReader feederReader = file.object("feeder");
        EnrolledFeeder feeder = new EnrolledFeeder(writerName(feederReader), feederReader.hex("publicKey", "", 32));
        WindowPolicy windows = windows(file.object("windows"), contributors.size());
        DocumentReader chainReader = file.object("chain");
        ChainBinding chain = new ChainBinding(
                chainReader.whole("chainId", 1, Long.MAX_VALUE), chainReader.hex("registry", "0x", 20));
        JobDefinition job = new JobDefinition(
                name,
                profile,
                environment,
                computed,
                contributors,
                parties,
                group,
                feeder,
                windows,
                chain,
                file.hex("keyDigest", "", 32),
                file.hex("basisDigest", "", 32));
        refuseRepeated(file, job);
        if (job.windows().posting().payer() == PostingPolicy.Payer.GROUP
                && job.group().accountKey().isEmpty()) {
            file.error("windows", "the payer is the group, and the group has no accountKey");
        }
        file.finish();
        ObjectNode canonical = JobFileWriter.document(job);
        if (!profileGiven) {
            canonical.remove(PROFILE);
        }
        if (!Arrays.equals(bytes, JobFileWriter.bytes(canonical))) {
            throw new ConfigurationException(
                    document, List.of("not in canonical form (order of keys, indentation or last line feed)"));
        }
        requireRule(document, job);
        return job;
    }

    /** The canonical bytes, with the profile. */
    public static byte[] bytes(JobDefinition job) {
        return JobFileWriter.bytes(JobFileWriter.document(job));
    }

    private static Optional<JobKind> kind(DocumentReader file) {
        String name = file.text("kind", NAME);
        Optional<JobKind> kind = JobKinds.named(name);
        if (kind.isEmpty() && !name.isEmpty()) {
            file.error("kind", "'" + name + "' is not one of the installed kinds " + JobKinds.names());
        }
        return kind;
    }

    private static void requireRule(String document, JobDefinition job) {
        try {
            new JobTerms(job);
        } catch (RuleException | IllegalArgumentException refused) {
            throw new ConfigurationException(
                    document, List.of("no rule with these roles and parameters: " + refused.getMessage()));
        }
    }

    private static GroupKeys group(DocumentReader entry) {
        return new GroupKeys(
                groupKey(entry, "resultKey"),
                entry.has("accountKey") ? Optional.of(groupKey(entry, "accountKey")) : Optional.empty(),
                entry.has("signKey") ? Optional.of(groupKey(entry, "signKey")) : Optional.empty(),
                entry.has("signPurposes") ? entry.names("signPurposes", 1, PURPOSES_MAX, PURPOSE) : List.of());
    }

    private static ByteString groupKey(DocumentReader entry, String key) {
        int errors = entry.errorCount();
        ByteString point = entry.hex(key, "", GroupKeys.POINT_BYTES);
        if (entry.errorCount() == errors && !GroupKeys.isKey(point)) {
            entry.error(key, "not a public key on secp256k1 that the chain can use");
        }
        return point;
    }

    private static WindowPolicy windows(DocumentReader entry, int contributors) {
        return new WindowPolicy(
                entry.whole("startMillis", 0, Long.MAX_VALUE / 2),
                entry.whole("windowMillis", 1, 1L << 40),
                entry.small("minimumContributors", 1, Math.max(1, contributors)),
                entry.has("maximumBookAgeWindows")
                        ? OptionalInt.of(entry.small("maximumBookAgeWindows", 1, Integer.MAX_VALUE))
                        : OptionalInt.empty(),
                entry.small("openWindowLimit", 1, 1_024),
                new PostingPolicy(
                        entry.whole("proofDeadlineMillis", 0, 1L << 40),
                        entry.whole("rotationDelaySeconds", 0, 1L << 30),
                        entry.has(PRICE_CHECKS) ? priceChecks(entry) : List.of(),
                        payer(entry)));
    }

    private static PostingPolicy.Payer payer(DocumentReader windows) {
        return windows.has(PAYER) && windows.text(PAYER, PAYERS).equals(GROUP)
                ? PostingPolicy.Payer.GROUP
                : PostingPolicy.Payer.OWN;
    }

    private static List<PriceCheck> priceChecks(DocumentReader windows) {
        return windows.objects(PRICE_CHECKS, 1, 64).stream()
                .map(entry -> new PriceCheck(
                        entry.small("input", 0, 1_023),
                        entry.small("decimals", 0, 36),
                        entry.hex("aggregator", "0x", 20),
                        entry.small("maximumDeviationBps", 1, 9_999),
                        entry.whole("maximumAgeSeconds", 1, 1L << 30)))
                .toList();
    }

    /** A writer's name must not look like a party's log. */
    static String writerName(DocumentReader entry) {
        String name = entry.text("name", NAME);
        if (PARTY_LOG.matcher(name).matches()) {
            entry.error("name", "'" + name + "' is the name of a party's or operator's log");
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
        Set<ByteString> groupKeys = new HashSet<>(Set.of(job.group().resultKey()));
        Stream.of(job.group().accountKey(), job.group().signKey())
                .flatMap(Optional::stream)
                .filter(key -> !groupKeys.add(key))
                .forEach(key -> file.error("group", "one key stands for two purposes"));
        Set<ByteString> pins = new HashSet<>();
        for (EnrolledParty party : job.parties()) {
            if (!keys.add(party.identityKey()) || !pins.add(party.tlsPin())) {
                file.error("parties", "a key or certificate of " + party.id() + " stands twice");
            }
        }
    }
}
