// Package ceremony is gnark's multi-party setup (after S. Bowe, A. Gabizon, I. Miers, 2017/1050) for the circuit of one rule:
// two phases, each a chain of contributions that ends with a public beacon. The keys are sound if one contributor of each phase
// forgot its randomness. gnark keeps one sigma for each in-proof commitment, so circuits with two of them need nothing more.
//
// A contribution is bound to the one before it by a hash in its proof of knowledge: one that is replaced, reordered or left
// out breaks the chain after it (THREATS E12). Only the end of a chain can be cut unseen: contributors must look for their own
// file's digest in the published list. All is public but the randomness of Contribute, which never leaves it.
package ceremony
