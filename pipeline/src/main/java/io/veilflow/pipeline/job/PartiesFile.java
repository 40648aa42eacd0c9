package io.veilflow.pipeline.job;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.config.DocumentReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The three parties as they know each other before there is a job: a JSON object with the {@code parties} member of a job file.
 * A whole job file serves as well.
 */
public final class PartiesFile {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:-]{1,253}");

    private PartiesFile() {}

    /**
     * @param document its name in messages
     * @throws ConfigurationException with all errors
     */
    public static List<EnrolledParty> read(String document, byte[] bytes) {
        DocumentReader file = DocumentReader.of(document, bytes);
        if (file.has("kind")) {
            return JobFile.read(document, bytes).parties();
        }
        List<EnrolledParty> parties = parties(file);
        file.finish();
        return parties;
    }

    /** Of a document that has them as {@code parties}. */
    static List<EnrolledParty> parties(DocumentReader file) {
        List<EnrolledParty> parties = new ArrayList<>();
        for (DocumentReader entry : file.objects("parties", 3, 3)) {
            entry.small("index", parties.size(), parties.size());
            parties.add(new EnrolledParty(
                    PartyId.of(parties.size()),
                    entry.text("host", HOST),
                    entry.small("port", 1, 65_535),
                    entry.hex("identityKey", "", 32),
                    entry.hex("tlsPin", "", 32)));
        }
        return parties;
    }

    /** As {@link #read} takes it. */
    public static byte[] bytes(List<EnrolledParty> parties) {
        return JobFileWriter.bytes(JobFileWriter.parties(parties));
    }
}
