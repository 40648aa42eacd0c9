package io.veilflow.pipeline.adversary;

import java.util.List;
import java.util.Optional;

/**
 * How a case ended.
 *
 * @param cheat empty for an honest run
 * @param carriedOut how often the cheat was carried out
 * @param violations of what must hold; none if all is well
 * @param details how each party fared, for people
 */
record CaseReport(
        Optional<Cheat> cheat, int carriedOut, Ending ending, List<String> violations, String details, long millis) {
    @Override
    public String toString() {
        return cheat.map(Cheat::toString).orElse("honest") + ": " + ending + violations + " " + details;
    }
}
