/**
 * Replicated three-party computation, profile S (semi-honest) for now. Reading order: {@code party}, {@code field}, {@code
 * randomness}, {@code session}, {@code replicated}.
 *
 * <table>
 * <caption>Protocols</caption>
 * <tr><th>PROTOCOLS</th><th>Class</th></tr>
 * <tr><td>3, 4.1 integer sharing</td><td>{@code replicated.IntegerSharing}, {@code IntegerShares}</td></tr>
 * <tr><td>4.0 PRSS</td><td>{@code randomness.PrssStream}, {@code PrssKey}, {@code ZeroSharing}</td></tr>
 * <tr><td>4.2 open</td><td>{@code replicated.Opening}</td></tr>
 * <tr><td>4.4 products</td><td>{@code replicated.Multiplication}, {@code DotProduct}, {@code BitAnd}</td></tr>
 * <tr><td>4.6 bits and comparison</td><td>{@code replicated.compare}, {@code convert.IntegerToBits}, {@code Comparison}</td></tr>
 * <tr><td>4.7, 4.9 bits to Fr, Fr to bits</td><td>{@code replicated.convert.BitsToField}, {@code FieldToBits}</td></tr>
 * <tr><td>8.2 Shamir shares</td><td>the native prover, {@code go/internal/joint}</td></tr>
 * </table>
 */
package io.veilflow.mpc;
