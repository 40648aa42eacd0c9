/**
 * From a record on the board to a book that windows may count (PROTOCOLS 4.1, 10.1, 10.2). What anyone can check is
 * {@link io.veilflow.pipeline.admit.SubmissionCheck}; what only a party can, because it must decrypt, is
 * {@link io.veilflow.pipeline.admit.SubmissionOpener}; what takes all three parties is the range check. Opened books live in
 * memory only ({@link io.veilflow.pipeline.admit.BookStore}).
 *
 * <p>A "no" of this package is a value with a {@code Reason}, never an exception: no contributor may stop a party.
 */
package io.veilflow.pipeline.admit;
