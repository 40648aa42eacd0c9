package io.veilflow.pipeline.party;

/**
 * The other parties do not take this one: its journal is behind what it has told them, or another one. It stands back; nothing that it might
 * have said before is undone by that. The message says what was found (docs/recovery.md says what to do).
 */
public final class PartyRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PartyRefusedException(String reason) {
        super(reason);
    }
}
