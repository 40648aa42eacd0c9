/**
 * A rule read on shares (DESIGN section 5, second reading): from the book's shares and the public values to the shared outputs
 * and the shared advice of the circuit. Start with {@code RuleOnShares}. Linear nodes stay integer sharings and cost no message;
 * whatever needs messages is collected in waves, one vector per kind and wave. Nothing is opened here but what the protocols
 * themselves mask.
 *
 * <p>What is verified when: {@link io.veilflow.pipeline.evaluate.RuleOnShares}. In profile S nothing is, so one party that deviates can
 * change a result unseen.
 */
package io.veilflow.pipeline.evaluate;
