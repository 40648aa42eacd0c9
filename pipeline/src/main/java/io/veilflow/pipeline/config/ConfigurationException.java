package io.veilflow.pipeline.config;

import java.util.List;

/** A document or start-up that is refused, with everything that is wrong with it. Nothing has been changed. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> errors;

    /**
     * @param document what was refused, for example the name of a file
     * @param errors at least one, each a sentence that says where and what
     */
    public ConfigurationException(String document, List<String> errors) {
        super(document + ":\n  " + String.join("\n  ", errors));
        this.errors = List.copyOf(errors);
    }

    public List<String> errors() {
        return errors;
    }
}
