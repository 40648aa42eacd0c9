package io.veilflow.pipeline.simulate;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.AttestedPost;
import io.veilflow.pipeline.post.Post;
import io.veilflow.pipeline.post.PostReceipt;
import io.veilflow.pipeline.post.PostStatus;
import io.veilflow.pipeline.post.RotationPost;
import io.veilflow.pipeline.post.SettlementException;
import io.veilflow.pipeline.post.SettlementException.Reason;
import io.veilflow.pipeline.post.SkipPost;
import io.veilflow.pipeline.post.WindowPost;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.GroupStatement;
import io.veilflow.pipeline.sign.ResultMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The registry on a chain of blocks: windows one after another, each by the group's signature, proven with a proof that holds, attested
 * only after the deadline, or skipped (DESIGN section 8). The newest blocks may be replaced by others that lack what was in them, never
 * deeper than the posters wait. What was sent may come into a block late, or never.
 */
final class SimulatedChain {
    static final int DEPTH = 2;
    private static final long MILLIS = 1_000_000;

    private final Schedule schedule;
    private final JobTerms terms;
    private final Predicate<WindowPost> proofCheck;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Sent> pool = new ArrayList<>();
    private final Map<Post, Boolean> right = new HashMap<>();
    private final Signal blockAdded;

    /** @param proofCheck whether a proof holds */
    SimulatedChain(Schedule schedule, JobTerms terms, Predicate<WindowPost> proofCheck) {
        this.schedule = schedule;
        this.terms = terms;
        this.proofCheck = proofCheck;
        this.blockAdded = new Signal(schedule);
    }

    private record Sent(Post post, int fromBlock) {}

    private record Block(long timeMillis, List<Post> posts) {}

    /** What the registry holds after a number of blocks. */
    static final class Registry {
        private final NavigableMap<Long, Post> places = new TreeMap<>();
        private final NavigableMap<Long, Integer> blocks = new TreeMap<>();

        /** By first window. */
        NavigableMap<Long, Post> places() {
            return places;
        }

        long nextWindow() {
            return places.isEmpty() ? 0 : 1 + lastWindow(places.lastEntry().getValue());
        }

        private Optional<Post> place(long window) {
            return Optional.ofNullable(places.floorEntry(window))
                    .map(NavigableMap.Entry::getValue)
                    .filter(post -> lastWindow(post) >= window);
        }
    }

    /** Makes blocks for ever. */
    void start() {
        schedule.after(schedule.between(300, 1_500), () -> {
            block();
            start();
        });
    }

    /** The last blocks are replaced by empty ones; what was in them waits again, or is forgotten. */
    void reorganise(int depth, boolean forgets) {
        int count = Math.min(Math.min(depth, DEPTH), blocks.size());
        schedule.note("chain", "replaces " + count + " blocks" + (forgets ? " and forgets what was in them" : ""));
        for (int k = blocks.size() - count; k < blocks.size(); k++) {
            Block replaced = blocks.set(k, new Block(blocks.get(k).timeMillis(), List.of()));
            if (!forgets) {
                replaced.posts().forEach(post -> pool.add(new Sent(post, blocks.size())));
            }
        }
        blockAdded.call();
    }

    /** Nothing that waits comes into a block any more. */
    void forgetPool() {
        schedule.note("chain", "forgets " + pool.size() + " transactions");
        pool.clear();
    }

    /** As the newest block shows it. */
    Registry registry() {
        return after(blocks.size());
    }

    /** As it will stay. */
    Registry settled() {
        return after(Math.max(0, blocks.size() - DEPTH));
    }

    Signal blockAdded() {
        return blockAdded;
    }

    int height() {
        return blocks.size();
    }

    /** @throws SettlementException as the contract's revert */
    void send(Post post) {
        Registry registry = registry();
        check(registry, post, schedule.now() / MILLIS);
        pool.add(new Sent(post, blocks.size() + schedule.random().nextInt(3)));
    }

    PostStatus status(Post post) {
        Registry now = registry();
        Standing standing = standing(now, post);
        boolean deep = standing == standing(settled(), post);
        return switch (standing) {
            case NOTHING -> PostStatus.of(PostStatus.State.OPEN);
            case UNPROVEN -> PostStatus.of(PostStatus.State.IMPROVABLE);
            case THIS -> deep ? PostStatus.settled(receipt(now, post)) : PostStatus.of(PostStatus.State.SHALLOW);
            case ANOTHER -> PostStatus.of(deep ? PostStatus.State.DISPLACED : PostStatus.State.CONTESTED);
        };
    }

    private enum Standing {
        NOTHING,
        UNPROVEN,
        THIS,
        ANOTHER
    }

    private static Standing standing(Registry registry, Post post) {
        Optional<Post> place = registry.place(post.window());
        if (place.isEmpty()) {
            return Standing.NOTHING;
        }
        GroupStatement recorded = signed(place.get()).statement();
        GroupStatement wanted = signed(post).statement();
        if (recorded.equals(wanted)
                || recorded instanceof ResultMessage result
                        && result.as(Assurance.ATTESTED).equals(wanted)) {
            return Standing.THIS;
        }
        boolean unproven = wanted instanceof ResultMessage proven
                && proven.as(Assurance.ATTESTED).equals(recorded);
        return unproven ? Standing.UNPROVEN : Standing.ANOTHER;
    }

    private void block() {
        long time = schedule.now() / MILLIS;
        Registry registry = registry();
        List<Post> included = new ArrayList<>();
        blocks.add(new Block(time, included));
        for (Sent sent : List.copyOf(pool)) {
            if (sent.fromBlock() < blocks.size()) {
                pool.remove(sent);
                if (isTaken(registry, sent.post(), time)) {
                    included.add(sent.post());
                    take(registry, sent.post(), blocks.size());
                    schedule.note(
                            "chain",
                            "block " + blocks.size() + " takes "
                                    + signed(sent.post()).statement().title());
                }
            }
        }
        blockAdded.call();
    }

    private Registry after(int count) {
        Registry registry = new Registry();
        for (int k = 0; k < count; k++) {
            for (Post post : blocks.get(k).posts()) {
                // what a replaced block held may be missing before this
                if (isTaken(registry, post, blocks.get(k).timeMillis())) {
                    take(registry, post, k + 1);
                }
            }
        }
        return registry;
    }

    private static void take(Registry registry, Post post, int block) {
        registry.places.put(post.window(), post);
        registry.blocks.put(post.window(), block);
    }

    private boolean isTaken(Registry registry, Post post, long time) {
        Standing standing = standing(registry, post);
        return (standing == Standing.NOTHING && post.window() == registry.nextWindow() || standing == Standing.UNPROVEN)
                && !isEarly(post, time)
                && isRight(post);
    }

    private void check(Registry registry, Post post, long time) {
        Standing standing = standing(registry, post);
        if (standing == Standing.ANOTHER) {
            throw new SettlementException(Reason.CONFLICT, "window " + post.window());
        }
        if (standing == Standing.NOTHING && post.window() != registry.nextWindow()) {
            throw new SettlementException(Reason.NOT_YET, "window " + registry.nextWindow() + " is next");
        }
        if (isEarly(post, time)) {
            throw new SettlementException(Reason.NOT_YET, "attested too early");
        }
        if (!isRight(post)) {
            throw new SettlementException(Reason.REFUSED, "signature or proof");
        }
    }

    /** The contract looks at it in every block anew, and it is the same post. */
    private boolean isRight(Post post) {
        return right.computeIfAbsent(post, first -> {
            Signed signed = signed(post);
            boolean isSigned = GroupSignature.decode(signed.signature().toByteArray())
                    .filter(made -> made.verifies(
                            terms.definition().group().resultKey().toByteArray(),
                            signed.statement().digest()))
                    .isPresent();
            return isSigned && !(post instanceof WindowPost proven && !proofCheck.test(proven));
        });
    }

    private boolean isEarly(Post post, long time) {
        if (!(post instanceof AttestedPost)) {
            return false;
        }
        long deadline = terms.definition().windows().posting().proofDeadlineMillis();
        long end = terms.definition().windows().startMillis()
                + (post.window() + 1) * terms.definition().windows().windowMillis();
        return deadline == 0 || time < end + deadline;
    }

    private static long lastWindow(Post post) {
        return post instanceof SkipPost skip ? skip.message().lastWindow() : post.window();
    }

    private static PostReceipt receipt(Registry registry, Post post) {
        Post recorded = registry.place(post.window()).orElseThrow();
        ByteString digest = ByteString.copyFrom(signed(recorded).statement().digest());
        return new PostReceipt(recorded.window(), digest, registry.blocks.get(recorded.window()), 1, digest, digest);
    }

    record Signed(GroupStatement statement, ByteString signature) {}

    static Signed signed(Post post) {
        return post.read(new Post.Reader<>() {
            @Override
            public Signed proven(WindowPost proven) {
                return new Signed(proven.message(), proven.signature());
            }

            @Override
            public Signed attested(AttestedPost attested) {
                return new Signed(attested.message(), attested.signature());
            }

            @Override
            public Signed skipped(SkipPost skipped) {
                return new Signed(skipped.message(), skipped.signature());
            }

            @Override
            public Signed rotated(RotationPost rotated) {
                return new Signed(rotated.message(), rotated.signature());
            }
        });
    }
}
