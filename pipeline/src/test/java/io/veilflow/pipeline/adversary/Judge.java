package io.veilflow.pipeline.adversary;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.post.AttestedPost;
import io.veilflow.pipeline.post.Post;
import io.veilflow.pipeline.post.RotationPost;
import io.veilflow.pipeline.post.SkipPost;
import io.veilflow.pipeline.post.WindowPost;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.GroupStatement;
import io.veilflow.pipeline.sign.ResultMessage;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.UnitKind;
import io.veilflow.pipeline.wire.WindowResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What must hold after a case, whatever one party did: the honest parties have ended; what they signed is right and the same;
 * the bad book was never admitted; nobody honest was accused; if the cheater could open the outputs, so could they; and where the job
 * has a proof deadline, what they opened is published.
 */
final class Judge {
    private static final Duration POSTED = Duration.ofSeconds(5);
    private static final Pattern ACCUSED = Pattern.compile("\"accused\":\"(P[0-2])\"| accused: (P[0-2])| by (P[0-2]):");

    private final WindowWorld world;
    private final PartyRecords records;
    private final ClearMarket clear;

    Judge(WindowWorld world, PartyRecords records, ClearMarket clear) {
        this.world = world;
        this.records = records;
        this.clear = clear;
    }

    /**
     * @param before the book in force before this case
     * @param inTime whether all honest parties came to an end
     */
    CaseReport judge(
            Optional<Cheat> cheat,
            List<SeenParty> honest,
            long window,
            Optional<WindowWorld.Submitted> submitted,
            Optional<ClearMarket.Committed> before,
            boolean inTime,
            long nanos) {
        List<String> violations = new ArrayList<>();
        if (!inTime) {
            violations.add("a party hangs");
        }
        submitted.ifPresent(two -> admission(cheat, honest, two, violations));
        Optional<ClearMarket.Committed> book = inForce(records, honest, submitted, before);
        results(honest, window, book, violations);
        published(honest, window, violations);
        chain(window, book, violations);
        accusations(honest, violations);
        skip(honest, window, violations);
        fairness(cheat, honest, window, violations);
        Ending ending = ending(honest, window);
        order(cheat, ending, violations);
        int carriedOut = cheat.map(
                        planned -> world.party(planned.party()).conduct().changes())
                .orElse(0);
        return new CaseReport(cheat, carriedOut, ending, violations, details(window), nanos / 1_000_000);
    }

    /** The book that counts now: the new one, if an honest party has signed so. */
    static Optional<ClearMarket.Committed> inForce(
            PartyRecords records,
            List<SeenParty> honest,
            Optional<WindowWorld.Submitted> submitted,
            Optional<ClearMarket.Committed> before) {
        return submitted
                .filter(two -> honest.stream()
                        .anyMatch(party -> records.decision(party.id(), WindowWorld.GOOD_BANK, two.record())
                                .filter(Reason.ACCEPTED::equals)
                                .isPresent()))
                .map(WindowWorld.Submitted::book)
                .or(() -> before);
    }

    /** A party that refuses for a private reason can have a record left out, as a dispute; nothing else can. */
    private void admission(
            Optional<Cheat> cheat, List<SeenParty> honest, WindowWorld.Submitted submitted, List<String> violations) {
        boolean listed = cheat.filter(planned -> planned.place().what().equals("ACCEPT_LIST BATCH"))
                .isPresent();
        Set<Reason> decisions = new HashSet<>();
        for (SeenParty party : honest) {
            Optional<Reason> good = records.decision(party.id(), WindowWorld.GOOD_BANK, submitted.record());
            Optional<Reason> bad = records.decision(party.id(), WindowWorld.BAD_BANK, submitted.record());
            good.ifPresent(decisions::add);
            good.filter(reason -> reason != Reason.ACCEPTED && !(listed && reason == Reason.DISPUTED))
                    .ifPresent(reason -> violations.add(party.id() + " decided " + reason + " about the good book"));
            bad.filter(reason -> reason != Reason.VALUE_OUT_OF_RANGE && !(listed && reason == Reason.DISPUTED))
                    .ifPresent(reason -> violations.add(party.id() + " decided " + reason + " about the bad book"));
        }
        if (decisions.size() > 1) {
            violations.add("the honest parties disagree about the good book: " + decisions);
        }
    }

    private void results(
            List<SeenParty> honest, long window, Optional<ClearMarket.Committed> book, List<String> violations) {
        Set<ByteString> roots = new HashSet<>();
        for (SeenParty party : honest) {
            for (WindowResult result : records.results(party.id(), window)) {
                roots.add(result.getManifestRoot());
                if (book.isEmpty()) {
                    violations.add(party.id() + " signed a result over no book");
                } else {
                    clear.wrongIn(result, book.get())
                            .forEach(wrong -> violations.add(party.id() + " signed a result: " + wrong));
                }
            }
        }
        if (roots.size() > 1) {
            violations.add("the honest parties signed results of different manifests");
        }
    }

    /** One result at most, attested once at most and then proven; and the group has signed nothing else for the window. */
    private void chain(long window, Optional<ClearMarket.Committed> book, List<String> violations) {
        List<Assurance> recorded = new ArrayList<>();
        for (Post post : world.chain().recorded(window)) {
            result(post).ifPresent(result -> {
                recorded.add(Assurance.ofCode(result.getAssurance()).orElseThrow());
                if (book.isEmpty()) {
                    violations.add("the chain has a result over no book");
                } else {
                    clear.wrongIn(result, book.get()).forEach(wrong -> violations.add("on the chain: " + wrong));
                }
            });
        }
        if (recorded.size() > 1 && !recorded.equals(List.of(Assurance.ATTESTED, Assurance.PROVEN))) {
            violations.add("the chain has recorded " + recorded + " of one window");
        }
        Set<GroupStatement> results = world.chain().offered(window).stream()
                .map(statement -> statement instanceof ResultMessage result ? result.as(Assurance.PROVEN) : statement)
                .collect(Collectors.toSet());
        if (results.size() > 1) {
            violations.add("the group has signed " + results.size() + " things of one window: " + results);
        }
    }

    private static Optional<WindowResult> result(Post post) {
        return post.read(new Post.Reader<>() {
            @Override
            public Optional<WindowResult> proven(WindowPost proven) {
                return Optional.of(of(proven.message()).setProof(proven.proof()).build());
            }

            @Override
            public Optional<WindowResult> attested(AttestedPost attested) {
                return Optional.of(of(attested.message()).build());
            }

            @Override
            public Optional<WindowResult> skipped(SkipPost skipped) {
                return Optional.empty();
            }

            @Override
            public Optional<WindowResult> rotated(RotationPost rotated) {
                return Optional.empty();
            }
        });
    }

    private static WindowResult.Builder of(ResultMessage message) {
        return WindowResult.newBuilder()
                .setWindow(message.window())
                .setManifestRoot(message.manifestRoot())
                .addAllVariableWords(message.variableWords())
                .setAssurance(message.assurance().code());
    }

    /** Where the job has a deadline, outputs that both honest parties know are published, proven or not. */
    private void published(List<SeenParty> honest, long window, List<String> violations) {
        boolean mustBe = world.terms().definition().windows().posting().proofDeadlineMillis() > 0
                && honest.stream().allMatch(party -> hasOpened(party, window));
        if (mustBe && !isRecorded(window)) {
            violations.add("the honest parties know the outputs, and the chain has no result");
        }
    }

    /** A post is on its way for a moment after its window has ended. */
    private boolean isRecorded(long window) {
        return WindowWorld.await(POSTED, () -> world.chain().recorded(window).stream()
                .anyMatch(post -> result(post).isPresent()));
    }

    /** A window whose outputs an honest party knows must not vanish. */
    private void skip(List<SeenParty> honest, long window, List<String> violations) {
        if (world.chain().isSkipped(window) && honest.stream().anyMatch(party -> hasOpened(party, window))) {
            violations.add("the window is skipped on the chain, and an honest party knows its outputs");
        }
    }

    /** In the events of failed attempts, and in what a party says when it holds. */
    private static void accusations(List<SeenParty> honest, List<String> violations) {
        for (SeenParty party : honest) {
            List<String> said = new ArrayList<>(party.events());
            party.held().map(Throwable::getMessage).ifPresent(said::add);
            for (String event : said) {
                Matcher accused = ACCUSED.matcher(event);
                while (accused.find()) {
                    for (SeenParty other : honest) {
                        if (accused.group().contains(other.id().toString())) {
                            violations.add(party.id() + " accuses " + other.id() + ", which is honest: " + event);
                        }
                    }
                }
            }
        }
    }

    /** What makes the cheater able to learn the outputs makes the honest parties learn them. */
    private void fairness(Optional<Cheat> cheat, List<SeenParty> honest, long window, List<String> violations) {
        if (cheat.isEmpty() || world.terms().definition().profile() != Profile.M) {
            return;
        }
        boolean cheaterCanOpen = honest.stream().anyMatch(party -> party.conduct().said().stream()
                .anyMatch(said -> said.place().isOutputShare()));
        if (cheaterCanOpen && !honest.stream().allMatch(party -> hasOpened(party, window))) {
            violations.add("the cheater was given the outputs and an honest party does not know them");
        }
    }

    /** A wrong message of evaluation, or of the proof before its second round, is found before outputs are opened. */
    private static void order(Optional<Cheat> cheat, Ending ending, List<String> violations) {
        cheat.filter(planned -> planned.spoiling() == Cheat.Spoiling.NOTHING
                        && planned.place().isBeforeOpening()
                        && (ending == Ending.HELD_OPENED || ending == Ending.ATTESTED))
                .ifPresent(planned -> violations.add("outputs were opened before the check that failed"));
    }

    private static boolean hasOpened(SeenParty party, long window) {
        return party.journal().outputs(UnitKind.WINDOW, window).isPresent();
    }

    private Ending ending(List<SeenParty> honest, long window) {
        long finished = honest.stream().filter(party -> party.hasProven(window)).count();
        if (finished == 1 && honest.size() == 2) {
            return Ending.ONE_HELD;
        }
        if (honest.stream().allMatch(party -> party.hasEnded(window) && !party.hasProven(window))) {
            return Ending.SKIPPED;
        }
        List<Post> recorded = world.chain().recorded(window);
        boolean attested = !recorded.isEmpty() && recorded.get(0) instanceof AttestedPost;
        if (finished == 0) {
            if (attested) {
                return Ending.ATTESTED;
            }
            return honest.stream().anyMatch(party -> hasOpened(party, window))
                    ? Ending.HELD_OPENED
                    : Ending.HELD_UNOPENED;
        }
        if (attested) {
            return Ending.RIGHT_AFTER_ATTESTED;
        }
        boolean again = honest.stream()
                .anyMatch(party -> party.conduct().claimed().stream().anyMatch(path -> !path.startsWith("1 ")));
        return again ? Ending.RIGHT_AFTER_RETRY : Ending.RIGHT_AT_ONCE;
    }

    private String details(long window) {
        StringBuilder text = new StringBuilder();
        for (SeenParty party : world.parties()) {
            text.append(party.id())
                    .append(party.hasProven(window) ? " proven" : "")
                    .append(party.held()
                            .map(reason -> " held: " + reason.getMessage())
                            .orElse(""))
                    .append("; ");
            party.events().stream()
                    .filter(event -> event.contains("attempt-failed"))
                    .skip(Math.max(
                            0,
                            party.events().stream()
                                            .filter(event -> event.contains("attempt-failed"))
                                            .count()
                                    - 2))
                    .forEach(event -> text.append(event).append("; "));
        }
        return text.toString();
    }
}
