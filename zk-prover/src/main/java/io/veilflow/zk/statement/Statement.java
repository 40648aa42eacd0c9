package io.veilflow.zk.statement;

import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.rule.PublicValues;
import io.veilflow.zk.rule.Rule;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.List;

/**
 * What one proof says: the public inputs of the circuit, context first, then the variable words, then the parameter
 * words. Proof and statement hold for one window, manifest, job, registry and chain only.
 */
public record Statement(ContextHash context, List<BigInteger> words) {
    public Statement {
        words = List.copyOf(words);
    }

    /** The statement of a window with these outputs and public inputs. */
    public static Statement of(Rule rule, ContextHash context, PublicValues values) {
        return new Statement(context, rule.publicWords().pack(values));
    }

    /** Context and words, 32 bytes each, as verifiers take them. */
    public byte[] publicInputs() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ScalarField.encode(context.value()));
        bytes.writeBytes(wordBytes());
        return bytes.toByteArray();
    }

    /** The words alone, 32 bytes each. */
    public byte[] wordBytes() {
        return ScalarField.encode(words);
    }
}
