package io.veilflow.mpc.verification;

/**
 * Neighbouring statements of one shape in a ledger of products.
 *
 * @param cheap the cheaper first products of PROTOCOLS 4.7
 * @param firstStatement place of the first statement in the ledger
 * @param statements how many
 * @param firstTerm place of its first term
 * @param terms of each statement
 */
record ProductRun(boolean cheap, int firstStatement, int statements, int firstTerm, int terms) {
    /** Of its provers. */
    int entries() {
        return cheap ? statements : 2 * statements * terms;
    }

    /** {@code some} statements from the {@code from}-th on. */
    ProductRun piece(int from, int some) {
        return new ProductRun(cheap, firstStatement + from, some, firstTerm + from * terms, terms);
    }
}
