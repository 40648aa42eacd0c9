/**
 * What a job computes and proves, written once: a small program of fixed shape over bounded integers (DESIGN section 5,
 * docs/wire.md section 3).
 *
 * <p>Here live the way to write a rule ({@link io.veilflow.zk.rule.RuleBuilder}), its nodes with shape, kind, interval
 * and comparison width, its canonical bytes and hash, the packing of its public values, and the reading in the clear,
 * which is the oracle of every test. The reading on shares is in the pipeline, the reading as constraints in the native
 * library; both follow the same canonical bytes. Nothing here knows a curve, a key, a party or a share.
 *
 * <p>Start reading at {@link io.veilflow.zk.rule.job.MarketHealthRule}, then {@link io.veilflow.zk.rule.Rule}.
 */
package io.veilflow.zk.rule;
