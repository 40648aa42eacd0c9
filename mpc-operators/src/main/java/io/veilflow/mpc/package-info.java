/**
 * Replicated three-party computation. One of the three parties may be corrupted, statically: in profile M, the default, it may
 * deviate at will, and the others abort before a value that it changed is opened; in profile S it follows the protocol and is only
 * curious. Reading order: {@code party}, {@code field}, {@code randomness}, {@code session}, {@code replicated}, {@code ledger}, {@code
 * verification}, {@code fair}.
 *
 * <table>
 * <caption>Protocols</caption>
 * <tr><th>PROTOCOLS</th><th>Class</th></tr>
 * <tr><td>3, 4.1 integer sharing</td><td>{@code replicated.IntegerSharing}, {@code IntegerShares}</td></tr>
 * <tr><td>4.0 PRSS</td><td>{@code randomness.PrssStream}, {@code PrssKey}, {@code ZeroSharing}</td></tr>
 * <tr><td>4.2 open</td><td>{@code replicated.Opening}, {@code MaskedOpening}, {@code PublicCoins}</td></tr>
 * <tr><td>4.4 products</td><td>{@code replicated.Multiplication}, {@code DotProduct}, {@code BitAnd}</td></tr>
 * <tr><td>4.5 order (a), comparison of inputs</td><td>{@code replicated.InputAgreement}</td></tr>
 * <tr><td>4.5 verification of products</td><td>{@code verification.Verification}, {@code ledger.Ledger}</td></tr>
 * <tr><td>4.6 bits and comparison</td><td>{@code replicated.compare}, {@code convert.IntegerToBits}, {@code Comparison}</td></tr>
 * <tr><td>4.7 bits to a field</td><td>{@code replicated.convert.BitsToField}</td></tr>
 * <tr><td>4.8 Boolean number to a field</td><td>{@code replicated.convert.BitsToNumber}</td></tr>
 * <tr><td>4.9 field elements to bits</td><td>{@code replicated.convert.FieldToBits}, {@code FieldToIntegers}, {@code P61ToBits}</td></tr>
 * <tr><td>4.10 truncation, inverse</td><td>{@code replicated.convert.Truncation}, {@code Inversion}</td></tr>
 * <tr><td>4.12, 8.6 counts of a lookup table</td><td>{@code replicated.count.Histogram}</td></tr>
 * <tr><td>9 key generation, new shares</td><td>{@code threshold.keygen.KeyGeneration}, {@code Resharing}</td></tr>
 * <tr><td>9 FROST</td><td>{@code threshold.frost}, over a board {@code threshold.signing.GroupSigning}</td></tr>
 * <tr><td>8.2 Shamir shares</td><td>the native prover, {@code go/internal/joint}</td></tr>
 * </table>
 */
package io.veilflow.mpc;
