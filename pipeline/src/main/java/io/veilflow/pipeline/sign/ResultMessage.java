package io.veilflow.pipeline.sign;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.key.KeyPurpose;
import java.util.List;
import java.util.Locale;

/**
 * The statement that the group signs for a window and the registry stores (docs/wire.md, section 10).
 *
 * @param chainId of the chain that the result is for
 * @param registry address of the WindowRegistry, 20 bytes
 * @param jobId 32 bytes
 * @param window unsigned
 * @param manifestRoot 32 bytes
 * @param ruleHash 32 bytes
 * @param commitment D, the sum of the contributors' book commitments, {@code x || y}, 64 bytes
 * @param variableWords outputs and feed values as packed public inputs, 32 bytes each
 */
public record ResultMessage(
        long chainId,
        ByteString registry,
        ByteString jobId,
        long window,
        ByteString manifestRoot,
        ByteString ruleHash,
        ByteString commitment,
        List<ByteString> variableWords,
        Assurance assurance)
        implements GroupStatement {
    private static final String LABEL = "veilflow/result/2";
    private static final int WORD = 32;
    /** Bytes of the tag that the registry keeps of a statement. */
    public static final int TAG_BYTES = 10;

    public ResultMessage {
        variableWords = List.copyOf(variableWords);
        if (commitment.size() != 2 * WORD) {
            throw new IllegalArgumentException("commitment has " + commitment.size() + " bytes, expected " + 2 * WORD);
        }
        for (ByteString word : variableWords) {
            if (word.size() != WORD) {
                throw new IllegalArgumentException("a word has " + word.size() + " bytes, expected " + WORD);
            }
        }
    }

    /** The same result, resting on something else. */
    public ResultMessage as(Assurance other) {
        return new ResultMessage(
                chainId, registry, jobId, window, manifestRoot, ruleHash, commitment, variableWords, other);
    }

    @Override
    public byte[] digest() {
        byte[] words = Hashes.keccak256(
                variableWords.stream().map(ByteString::toByteArray).toArray(byte[][]::new));
        return new AbiWords(11)
                .label(LABEL)
                .number(chainId)
                .aligned("registry", registry, 20)
                .aligned("job id", jobId, WORD)
                .number(window)
                .aligned("manifest root", manifestRoot, WORD)
                .aligned("rule hash", ruleHash, WORD)
                .aligned("commitment x", commitment.substring(0, WORD), WORD)
                .aligned("commitment y", commitment.substring(WORD), WORD)
                .aligned("hash of the words", ByteString.copyFrom(words), WORD)
                .number(assurance.code())
                .keccak256();
    }

    @Override
    public KeyPurpose key() {
        return KeyPurpose.RESULT;
    }

    @Override
    public String title() {
        return assurance.name().toLowerCase(Locale.ROOT) + " result of window " + window;
    }

    /** The last {@value #TAG_BYTES} bytes of the digest, which the registry stores with the result. */
    public ByteString tag() {
        return ByteString.copyFrom(digest()).substring(WORD - TAG_BYTES);
    }
}
