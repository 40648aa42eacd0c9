/**
 * The rules of the jobs that ship, one class each: what is asked of whom, what is published, and what every edge comes to. They are
 * written with {@link io.veilflow.zk.rule.RuleBuilder} alone, as any other job would be, and know nothing of parties, files or chains.
 *
 * <p>Numbers are integers in the unit of the job; shares and limits are basis points. Nothing is rounded but what says so: a
 * quotient is a {@code greatest}, proven like everything else. Start at {@link io.veilflow.zk.rule.job.VoteRule}.
 */
package io.veilflow.zk.rule.job;
