package io.veilflow.pipeline.simulate;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.Post;
import io.veilflow.pipeline.post.SkipPost;
import io.veilflow.pipeline.sign.ResultMessage;
import io.veilflow.pipeline.sign.SkipReason;
import io.veilflow.pipeline.window.SlotUse;
import io.veilflow.pipeline.wire.Manifest;
import io.veilflow.pipeline.wire.ManifestEntry;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.UnitKind;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.rule.ClearInputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a run came to in the end, held against what contributors and feeder know: every window stands on the chain with the result of
 * exactly its manifest's books, or with a right reason for none; nothing of the books stands anywhere in the clear.
 */
final class Judge {
    private final SimulatedWorld world;
    private final Script script;
    private final Violations violations;
    private final Map<Long, Manifest> manifests = new TreeMap<>();
    private int proven;
    private int skipped;

    Judge(SimulatedWorld world, Script script) {
        this.world = world;
        this.script = script;
        this.violations = world.violations();
    }

    int proven() {
        return proven;
    }

    int skipped() {
        return skipped;
    }

    void judge() {
        world.parties().forEach(this::judge);
        readManifests();
        Map<Long, Post> places = world.chain().settled().places();
        long expected = 0;
        for (Post post : places.values()) {
            if (post.window() != expected) {
                violations.add("window " + expected + " is missing before " + post.window());
            }
            expected = post instanceof SkipPost skip ? skip.message().lastWindow() + 1 : post.window() + 1;
            judge(post);
        }
        long last = windowOf(script.ticks().lastKey()) - 1;
        if (expected <= lastClosed()) {
            violations.add("window " + expected + " of " + last + " is not on the chain");
        }
        searchSecrets();
    }

    private void judge(SimulatedParty party) {
        party.held().ifPresent(reason -> violations.add(party.name() + " holds: " + reason));
        party.process().failures().forEach(fault -> violations.add(party.name() + " fails: " + fault));
    }

    private long windowOf(long millis) {
        return millis / SimulatedJob.WINDOW_MILLIS;
    }

    /** The last window with a tick of its own that another tick follows. */
    private long lastClosed() {
        long last = windowOf(script.ticks().lastKey());
        return script.ticks().keySet().stream()
                .mapToLong(this::windowOf)
                .filter(window -> window < last)
                .max()
                .orElse(-1);
    }

    private void readManifests() {
        for (BoardEntry entry : world.board().log(EnrolledParty.writer(io.veilflow.mpc.party.PartyId.P0))) {
            Payload payload = RecordCheck.payload(entry);
            if (payload.hasManifest() && payload.getManifest().getHeader().getKind() == UnitKind.WINDOW) {
                manifests.put(payload.getManifest().getHeader().getId(), payload.getManifest());
            }
        }
    }

    private void judge(Post post) {
        if (post instanceof SkipPost skip) {
            skipped++;
            judge(skip);
        } else {
            proven++;
            judge((ResultMessage) SimulatedChain.signed(post).statement());
        }
    }

    private void judge(SkipPost skip) {
        long first = skip.message().firstWindow();
        boolean hasTick =
                script.ticks().keySet().stream().mapToLong(this::windowOf).anyMatch(window -> window == first);
        SkipReason reason = skip.message().reason();
        if (reason == SkipReason.NO_TICK && hasTick || reason == SkipReason.NOT_COMPUTABLE) {
            violations.add("window " + first + " is skipped: " + reason);
        }
    }

    private void judge(ResultMessage message) {
        JobTerms terms = world.job().terms();
        Manifest manifest = manifests.get(message.window());
        if (manifest == null) {
            violations.add("window " + message.window() + " has a result and no manifest");
            return;
        }
        List<BigInteger> book = new ArrayList<>(Collections.nCopies(terms.rule().bookSize(), BigInteger.ZERO));
        for (ManifestEntry entry : manifest.getEntriesList()) {
            Optional<Script.Sent> sent = script.book(entry.getSubmissionHash());
            if (sent.isEmpty() || sent.get().kind() == Script.Kind.OUT_OF_RANGE) {
                violations.add("window " + message.window() + " counts what may not count");
                return;
            }
            int from = terms.firstWire(terms.contributor(entry.getContributor()).orElseThrow());
            for (int k = 0; k < sent.get().numbers().size(); k++) {
                book.set(from + k, sent.get().numbers().get(k));
            }
        }
        List<BigInteger> inputs = terms.publicInputs(prices(message.window()));
        List<BigInteger> words = terms.rule()
                .publicWords()
                .pack(terms.rule()
                        .evaluate(new ClearInputs(book, inputs, SlotUse.of(terms, manifest)))
                        .publicValues());
        for (int word = 0; word < message.variableWords().size(); word++) {
            ByteString right = ByteString.copyFrom(ScalarField.encode(words.get(word)));
            if (!right.equals(message.variableWords().get(word))) {
                violations.add("window " + message.window() + " has a wrong result");
            }
        }
    }

    private List<BigInteger> prices(long window) {
        return script.ticks()
                .lowerEntry((window + 1) * SimulatedJob.WINDOW_MILLIS)
                .getValue();
    }

    private void searchSecrets() {
        Set<Long> secrets = new HashSet<>();
        List<String> texts = new ArrayList<>();
        for (Script.Sent sent : script.books()) {
            for (BigInteger number : sent.numbers()) {
                if (number.bitLength() < Long.SIZE) {
                    secrets.add(number.longValue());
                    secrets.add(Long.reverseBytes(number.longValue()));
                    texts.add(number.toString());
                }
            }
        }
        for (String writer : world.board().writers()) {
            for (BoardEntry entry : world.board().log(writer)) {
                search(entry.place(), entry.record().toByteArray(), secrets, texts);
            }
        }
        searchFiles(secrets, texts);
        for (SimulatedParty party : world.parties()) {
            search(party.name() + "'s journal", party.journal(), secrets, texts);
            search(party.name() + "'s events", party.events().getBytes(StandardCharsets.UTF_8), secrets, texts);
        }
    }

    /** What parties keep beside their journals: audit logs, transcripts of failed attempts. */
    private void searchFiles(Set<Long> secrets, List<String> texts) {
        try (Stream<Path> files = Files.walk(world.directory())) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                search("the file " + file.getFileName(), Files.readAllBytes(file), secrets, texts);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the files of a run cannot be read", failed);
        }
    }

    private void search(String where, byte[] bytes, Set<Long> secrets, List<String> texts) {
        ByteBuffer view = ByteBuffer.wrap(bytes);
        for (int at = 0; at + Long.BYTES <= bytes.length; at++) {
            if (secrets.contains(view.getLong(at))) {
                violations.add("a book's number stands in " + where);
                return;
            }
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (texts.stream().anyMatch(text::contains)) {
            violations.add("a book's number is written in " + where);
        }
    }
}
