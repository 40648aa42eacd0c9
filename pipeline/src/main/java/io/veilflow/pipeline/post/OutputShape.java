package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.zk.rule.PublicPart;
import io.veilflow.zk.rule.PublicWords;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a job's outputs stand: in its first variable words, all but the last of them whole (docs/wire.md, section 3).
 *
 * @param words that hold outputs, at least 1
 * @param bits of outputs in the last of them, from bit 0; feed values may stand above them
 */
public record OutputShape(int words, int bits) {

    /** @throws IllegalArgumentException if the rule has no output */
    public static OutputShape of(PublicWords words) {
        PublicPart last = words.parts().stream()
                .filter(part -> part.source() == PublicPart.Source.OUTPUT)
                .reduce((before, after) -> after)
                .orElseThrow(() -> new IllegalArgumentException("a rule without outputs"));
        return new OutputShape(last.word() + 1, last.offset() + last.width());
    }

    /** The outputs in a window's variable words, everything else cut off: what the registry keeps. */
    public List<BigInteger> of(List<ByteString> variableWords) {
        BigInteger mask = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
        return IntStream.range(0, words)
                .mapToObj(word -> {
                    BigInteger value = Hex.number(variableWords.get(word));
                    return word + 1 == words ? value.and(mask) : value;
                })
                .toList();
    }
}
