package io.veilflow.zk.rule;

/**
 * One published number inside a public word.
 *
 * @param source what it is
 * @param index its place among the values of all outputs, among all public inputs in declared order, or among all used bits
 * @param word its word, counted over variable words, then parameter words
 * @param offset lowest bit in the word
 * @param width bits
 */
public record PublicPart(String name, Source source, int index, int word, int offset, int width) {
    public enum Source {
        OUTPUT,
        FEED,
        USED,
        PARAMETER
    }
}
