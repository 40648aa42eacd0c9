/**
 * What the tests of the contracts, here and in {@code pipeline}, share: a chain to try things on, and keys whose trapdoor is
 * known, so that a valid proof of any statement can be made without a prover. No production code is here.
 */
package io.veilflow.contracts.testing;
