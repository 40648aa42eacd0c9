package io.veilflow.pipeline.job;

import io.veilflow.zk.key.JobKeys;
import io.veilflow.zk.key.KeyCache;
import io.veilflow.zk.rule.Rule;

/** What a job is run for: which keys its parties take. */
public enum Environment {
    /** Any key, also one that a single machine made; everything that shows a result says so. */
    DEVELOPMENT,
    /** Only keys of a ceremony; whoever would need a key refuses any other (THREATS E12). */
    PRODUCTION;

    /**
     * The keys of a rule that may be used here.
     *
     * @throws io.veilflow.zk.key.KeyException UNSAFE in production, if there are none of a ceremony
     */
    public JobKeys keysOf(Rule rule, KeyCache cache) {
        return switch (this) {
            case DEVELOPMENT -> cache.keysOf(rule);
            case PRODUCTION -> cache.ceremonyKeysOf(rule);
        };
    }
}
