package io.veilflow.pipeline.simulate;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.RecordSigner;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.contributor.BookEncoder;
import io.veilflow.pipeline.contributor.PartyKeys;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.submission.BasisCommitments;
import io.veilflow.pipeline.window.Manifests;
import io.veilflow.pipeline.wire.Ciphertext;
import io.veilflow.pipeline.wire.End;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Submission;
import io.veilflow.pipeline.wire.Tick;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** What contributors and feeder do in one run, by its seed, and what they alone know: the books in the clear. */
final class Script {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long TRY_AGAIN_NANOS = 50 * NANOS_PER_MILLI;
    /** Numbers that stand out wherever they come up in the clear. */
    private static final long SMALLEST = 1L << 40;

    private static final long LARGEST = 1L << 55;

    private final SimulatedWorld world;
    private final SplittableRandom random;
    private final BookEncoder encoder;
    private final RecordVerifier verifier;
    private final Map<String, BoardWriter> logs = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<ByteString, Sent> sent = new HashMap<>();
    private final NavigableMap<Long, List<BigInteger>> ticks = new TreeMap<>();
    private final SimulatedProcess process;
    private final Board board;
    private boolean ended;

    /** What a contributor sent. */
    enum Kind {
        GOOD,
        OUT_OF_RANGE,
        /** Not for one of the parties to open. */
        UNREADABLE_TO_ONE
    }

    record Sent(String contributor, Kind kind, List<BigInteger> numbers) {}

    Script(SimulatedWorld world, SplittableRandom random) {
        this.world = world;
        this.random = random;
        JobTerms terms = world.job().terms();
        SeededRandom source = new SeededRandom(random.split());
        this.encoder = new BookEncoder(
                terms, BasisCommitments.of(terms, world.job().basis().bytes(), source), source);
        this.verifier = world.records();
        this.process = new SimulatedProcess(world.schedule(), "outside", operation -> false, () -> {});
        this.board = world.board().view("outside").open(process);
        for (String writer : terms.logs()) {
            logs.put(
                    writer,
                    board.writer(new RecordSigner(terms.configurationHash(), writer, SimulatedJob.signer(writer))));
        }
    }

    /** Plans everything: books around the windows, ticks, the end of the feed. */
    void plan(int windows) {
        Set<Integer> silent = new TreeSet<>();
        for (int window = 1; window < windows; window++) {
            if (random.nextInt(5) == 0) {
                silent.add(window);
            }
        }
        plan(windows, silent);
    }

    /** @param silent windows without a tick of their own */
    void plan(int windows, Set<Integer> silent) {
        for (String contributor : SimulatedJob.CONTRIBUTORS) {
            int books = random.nextInt(4) == 0 ? random.nextInt(2) : 1 + random.nextInt(3);
            for (int k = 0; k < books; k++) {
                long latest = k == 0 ? SimulatedJob.WINDOW_MILLIS : windows * SimulatedJob.WINDOW_MILLIS;
                Kind kind = kind();
                atMillis(random.nextLong(1, latest), () -> submit(contributor, kind));
            }
        }
        for (int window = 0; window <= windows; window++) {
            if (!silent.contains(window)) {
                long time = window * SimulatedJob.WINDOW_MILLIS + random.nextLong(SimulatedJob.WINDOW_MILLIS / 4);
                atMillis(time, () -> tick(time));
            }
        }
        atMillis((windows + 1) * SimulatedJob.WINDOW_MILLIS, this::end);
    }

    /** Whether the feed has ended. */
    boolean hasEnded() {
        return ended;
    }

    Optional<Sent> book(ByteString submissionHash) {
        return Optional.ofNullable(sent.get(submissionHash));
    }

    List<Sent> books() {
        return List.copyOf(sent.values());
    }

    /** Feed values by event time. */
    NavigableMap<Long, List<BigInteger>> ticks() {
        return ticks;
    }

    private Kind kind() {
        return switch (random.nextInt(8)) {
            case 0 -> Kind.OUT_OF_RANGE;
            case 1 -> Kind.UNREADABLE_TO_ONE;
            default -> Kind.GOOD;
        };
    }

    private void atMillis(long millis, Runnable action) {
        world.schedule().at(millis * NANOS_PER_MILLI, action);
    }

    private void submit(String contributor, Kind kind) {
        Optional<PartyKeys> keys = PartyKeys.read(board, verifier);
        if (keys.isEmpty()) {
            world.schedule().after(TRY_AGAIN_NANOS, () -> submit(contributor, kind));
            return;
        }
        List<BigInteger> numbers = new ArrayList<>();
        numbers.add(kind == Kind.OUT_OF_RANGE ? BigInteger.ONE.shiftLeft(64) : number());
        numbers.add(number());
        JobTerms terms = world.job().terms();
        Submission submission = encoder.encode(
                terms.contributor(contributor).orElseThrow(),
                sequences.merge(contributor, 1L, Long::sum),
                0,
                numbers,
                keys.get());
        if (kind == Kind.UNREADABLE_TO_ONE) {
            submission = spoilt(submission);
        }
        BoardEntry entry = logs.get(contributor)
                .append(Payload.newBuilder().setSubmission(submission).build());
        sent.put(entry.recordHash(), new Sent(contributor, kind, List.copyOf(numbers)));
    }

    private BigInteger number() {
        return BigInteger.valueOf(random.nextLong(SMALLEST, LARGEST));
    }

    private Submission spoilt(Submission submission) {
        int party = random.nextInt(submission.getCiphertextsCount());
        Ciphertext right = submission.getCiphertexts(party);
        byte[] bytes = right.getCiphertext().toByteArray();
        bytes[0] ^= 1;
        return submission.toBuilder()
                .setCiphertexts(party, right.toBuilder().setCiphertext(ByteString.copyFrom(bytes)))
                .build();
    }

    private void tick(long millis) {
        List<BigInteger> prices = world.job().terms().feedInputs().stream()
                .map(input -> BigInteger.valueOf(random.nextLong(1, 1_000)))
                .toList();
        ticks.put(millis, prices);
        logs.get(SimulatedJob.FEEDER)
                .append(Payload.newBuilder()
                        .setTick(Tick.newBuilder()
                                .setTimeMillis(millis)
                                .addAllValues(prices.stream()
                                        .map(Manifests::canonical)
                                        .toList()))
                        .build());
    }

    private void end() {
        logs.get(SimulatedJob.FEEDER)
                .append(Payload.newBuilder().setEnd(End.getDefaultInstance()).build());
        ended = true;
    }
}
