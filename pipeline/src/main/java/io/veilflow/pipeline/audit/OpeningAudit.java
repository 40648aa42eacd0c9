package io.veilflow.pipeline.audit;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.veilflow.mpc.fair.FairMessage;
import io.veilflow.mpc.fair.FairStatement;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.pipeline.audit.PartyRecords.Opening;
import io.veilflow.pipeline.audit.PartyRecords.Posted;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.open.JobSignatures;
import io.veilflow.pipeline.open.OpeningRecords;
import io.veilflow.pipeline.open.WindowOpening;
import io.veilflow.pipeline.post.RegisteredTerms;
import io.veilflow.pipeline.window.RootedManifest;
import io.veilflow.pipeline.wire.OutputEcho;
import io.veilflow.pipeline.wire.OutputOpening;
import io.veilflow.zk.field.ScalarField;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The openings of one window's outputs: every READY and countersignature is signed, every component is the one that its
 * poster's READY has hashed, the two holders opened the same, and what they add up to is the same in every attempt and in
 * the published result.
 */
final class OpeningAudit {
    private final AuditDocuments documents;
    private final PartyRecords parties;
    private final AuditTally tally;
    private final JobSignatures signatures;

    OpeningAudit(AuditDocuments documents, PartyRecords parties, AuditTally tally) {
        this.documents = documents;
        this.parties = parties;
        this.tally = tally;
        this.signatures = new JobSignatures(documents.terms().definition(), message -> {
            throw new IllegalStateException("an auditor signs nothing");
        });
    }

    /** @param published variable words of the window's result, if there is one */
    void check(long window, RootedManifest rooted, Optional<List<ByteString>> published) {
        Optional<List<BigInteger>> outputs = published.map(this::outputs);
        for (Opening opening : parties.attempts(window)) {
            if (opening.attempt() < 1) {
                throw new AuditException("window " + window, "its outputs were opened in attempt " + opening.attempt());
            }
            Map<PartyId, FairMessage.Ready> readies = readies(opening, rooted);
            for (PartyId signer : PartyId.values()) {
                parties.echoes(opening, signer)
                        .forEach((poster, echo) -> requireEcho(opening, rooted, readies.get(poster), poster, echo));
            }
            Optional<List<BigInteger>> opened = opened(opening, rooted, readies);
            if (opened.isPresent() && outputs.isPresent() && !opened.equals(outputs)) {
                Posted<OutputOpening> first =
                        parties.openings(opening).values().iterator().next();
                throw new AuditException(
                        first.entry(),
                        "or another party's opens other outputs of window " + window + " than elsewhere");
            }
            outputs = outputs.isPresent() ? outputs : opened;
        }
    }

    private List<BigInteger> outputs(List<ByteString> variableWords) {
        List<ByteString> words = new ArrayList<>(variableWords);
        words.addAll(RegisteredTerms.parameterWords(documents.terms()));
        return documents
                .terms()
                .rule()
                .publicWords()
                .unpack(words.stream()
                        .map(word -> ScalarField.decode(word.toByteArray()))
                        .toList())
                .outputs();
    }

    private Map<PartyId, FairMessage.Ready> readies(Opening opening, RootedManifest rooted) {
        Map<PartyId, FairMessage.Ready> readies = new EnumMap<>(PartyId.class);
        parties.readies(opening).forEach((party, posted) -> {
            FairMessage.Ready ready = formed(posted, records(opening).ready(posted.message()));
            byte[] statement = statement(opening, rooted, ready).ready(party, ready.times(), ready.hashes());
            require(posted, signatures.verify(party, statement, ready.signature()), "is a READY without its signature");
            readies.put(party, ready);
            tally.passed(AuditReport.Check.OPENINGS);
        });
        return readies;
    }

    /** Whoever countersigns has posted a READY over the same hashes before. */
    private void requireEcho(
            Opening opening, RootedManifest rooted, FairMessage.Ready own, PartyId poster, Posted<OutputEcho> posted) {
        FairMessage.Echo echo = formed(posted, records(opening).echo(posted.message()));
        require(posted, own != null && echo.signer() != poster, "countersigns without a READY of its own, or itself");
        FairStatement statement = statement(opening, rooted, own);
        byte[] ready = statement.ready(echo.signer(), own.times(), own.hashes());
        byte[] countersigned = statement.echo(poster, echo.signer(), own.times(), own.hashes());
        boolean signed = signatures.verify(echo.signer(), ready, echo.signature())
                && signatures.verify(poster, countersigned, echo.countersignature());
        require(posted, signed, "countersigns a READY, and a signature is missing");
        tally.passed(AuditReport.Check.OPENINGS);
    }

    /** The sum of the components, if all three are there. */
    private Optional<List<BigInteger>> opened(
            Opening opening, RootedManifest rooted, Map<PartyId, FairMessage.Ready> readies) {
        Map<Integer, byte[]> components = new HashMap<>();
        parties.openings(opening).forEach((party, posted) -> {
            FairMessage.Opened opened = formed(posted, records(opening).opened(posted.message()));
            FairMessage.Ready ready = readies.get(party);
            require(posted, ready != null, "opens outputs without a READY of its writer");
            FairStatement statement = statement(opening, rooted, ready);
            put(components, posted, statement, ready, party.index(), opened.own());
            put(components, posted, statement, ready, party.next().index(), opened.next());
            tally.passed(AuditReport.Check.OPENINGS);
        });
        return components.size() == PartyId.values().length
                ? Optional.of(sum(List.copyOf(components.values())))
                : Optional.empty();
    }

    private void put(
            Map<Integer, byte[]> components,
            Posted<OutputOpening> posted,
            FairStatement statement,
            FairMessage.Ready ready,
            int index,
            FairMessage.Component component) {
        int from = index * FairStatement.HASH_BYTES;
        byte[] hash = Arrays.copyOfRange(ready.hashes(), from, from + FairStatement.HASH_BYTES);
        require(
                posted,
                Arrays.equals(hash, statement.hash(index, component)),
                "opens another component than its READY has hashed");
        int expected = documents.terms().rule().outputValues() * ScalarField.BYTES;
        require(posted, component.value().length == expected, "opens a component of a wrong length");
        byte[] before = components.putIfAbsent(index, component.value());
        require(
                posted,
                before == null || Arrays.equals(before, component.value()),
                "opens another component than its other holder");
    }

    private static List<BigInteger> sum(List<byte[]> components) {
        List<BigInteger> sums = new ArrayList<>();
        for (int at = 0; at < components.get(0).length; at += ScalarField.BYTES) {
            BigInteger sum = BigInteger.ZERO;
            for (byte[] component : components) {
                sum = sum.add(new BigInteger(1, Arrays.copyOfRange(component, at, at + ScalarField.BYTES)));
            }
            sums.add(sum.mod(ScalarField.MODULUS));
        }
        return sums;
    }

    private FairStatement statement(Opening opening, RootedManifest rooted, FairMessage.Ready ready) {
        JobTerms terms = documents.terms();
        SessionContext session = new SessionContext(
                terms.jobId().toByteArray(),
                SessionContext.Kind.WINDOW,
                opening.window(),
                rooted.root().toByteArray(),
                opening.attempt(),
                terms.ruleHash().toByteArray());
        return FairStatement.of(ready.epoch(), session, WindowOpening.PATH);
    }

    private static OpeningRecords records(Opening opening) {
        return new OpeningRecords(opening.window(), opening.attempt());
    }

    private static <M extends FairMessage> M formed(Posted<? extends Message> posted, Optional<M> message) {
        return message.orElseThrow(() -> new AuditException(posted.entry(), "has not the sizes of such a record"));
    }

    private static void require(Posted<?> posted, boolean holds, String what) {
        if (!holds) {
            throw new AuditException(posted.entry(), what);
        }
    }
}
