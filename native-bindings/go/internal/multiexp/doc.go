// Package multiexp sums points times scalars in both groups of BN254, for the joint prover, whose scalars are all full-size:
// Pippenger's buckets ("On the evaluation of powers and monomials", 1980) over scalars that the endomorphism phi has cut in half (Gallant,
// Lambert, Vanstone, CRYPTO 2001), every addition affine, with one inversion for some hundreds of them (Montgomery's trick). gnark's sums
// do not use phi, so that all windows of 254 bits have a set of buckets of their own, which a few thousand points hardly
// fill. Same result as gnark's MultiExp, which the tests hold it against.
//
// Which buckets are used depends on the scalars, as it does in gnark: like all that a party computes, this hides nothing from who
// can observe the party's own processor. Digits of scalars are wiped, and sums of points that they chose.
//
// Start with G1; split.go cuts scalars, window.go has the buckets, g1.go and g2.go the additions. These two differ in their types
// only: over a type parameter every product would be an indirect call, in the loop where all the time goes.
package multiexp
