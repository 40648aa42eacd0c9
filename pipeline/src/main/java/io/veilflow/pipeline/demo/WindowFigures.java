package io.veilflow.pipeline.demo;

/**
 * What the demo tells about one posted window; its components, in this order, are the keys of the JSON line.
 *
 * @param level the published result
 * @param assurance {@code proven} or {@code attested}
 * @param submissions books that count in the window
 * @param rejected submissions refused since the window before
 * @param manifestRoot 0x and hexadecimal digits
 * @param transaction likewise
 */
public record WindowFigures(
        String job,
        long window,
        int level,
        String assurance,
        int submissions,
        int rejected,
        String manifestRoot,
        String transaction,
        long gas,
        Millis millis) {
    /**
     * Time per stage.
     *
     * @param admit of the admission batches since the window before
     * @param seal from the closing tick to the signed manifest
     * @param evaluate of the rule on shares
     * @param prove both halves of the joint proof, opening included
     * @param post from the signed result to the recorded transaction
     * @param total from the closing tick to the recorded transaction
     */
    public record Millis(long admit, long seal, long evaluate, long prove, long post, long total) {}
}
