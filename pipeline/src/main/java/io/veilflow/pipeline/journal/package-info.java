/**
 * A party's own memory of what it promised: append-only, on disk before anything that depends on it is sent (DESIGN
 * section 6, PROTOCOLS 11.2). It lies outside Flink's state, because Flink's state rolls back and peers do not.
 *
 * <p>The order "journal, then send" is the caller's, {@link io.veilflow.pipeline.party}; here is only the promise that
 * {@link io.veilflow.pipeline.journal.Journal#append} returns when the record is stored, and that what
 * was recorded first can be asked for, also after a restart. What a party does with it then is the caller's too ({@code docs/recovery.md}).
 */
package io.veilflow.pipeline.journal;
