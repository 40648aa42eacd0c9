package multiexp

import (
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// phi is multiplication by lambda, a cube root of one modulo r. The vectors (a1, -b1) and (a2, b2) span the pairs (x, y) with
// x + lambda*y = 0 mod r, and a1*b2 + a2*b1 = r.
const (
	a1 = 0x89d3256894d213e3
	b2 = a1
)

var (
	a2 = [2]uint64{0x0be4e1541221250b, 0x6f4d8248eeb859fd}
	b1 = [2]uint64{0x8211bbeb7d4f1128, 0x6f4d8248eeb859fc}

	// overR1 and overR2 are b2 and b1 times 2^320 over r, rounded.
	overR1 = [4]uint64{0x6eb9c714773a6ef3, 0xd91d232ec7e0b3d7, 0x2, 0}
	overR2 = [4]uint64{0xa5e38cfb5eaa26da, 0x7a7bd9d4391eb18d, 0x4ccef014a773d2cf, 0x2}
)

// halfBits bounds both halves of a scalar: they lie within 2^halfBits of zero.
const halfBits = 126

// integer is an integer modulo 2^192 in two's complement, and a word that is always zero: bits are read across words.
type integer [4]uint64

// split gives x and y with x + lambda*y = k mod r, both short: k minus the nearest vectors. No branch depends on k.
func split(k *fr.Element) (x, y integer) {
	words := k.Bits()
	c1 := high(&words, &overR1)
	c2 := high(&words, &overR2)
	x[0], x[1], x[2] = words[0], words[1], words[2]
	subtractProduct(&x, [2]uint64{a1}, c1)
	subtractProduct(&x, a2, c2)
	var minus integer
	subtractProduct(&minus, b1, c1)
	y = negated(minus)
	subtractProduct(&y, [2]uint64{b2}, c2)
	return x, y
}

// high is k*f / 2^320, rounded, which is below 2^128.
func high(k, f *[4]uint64) [2]uint64 {
	var product [8]uint64
	for i := range k {
		var carry uint64
		for j := range f {
			h, l := bits.Mul64(k[i], f[j])
			var c uint64
			l, c = bits.Add64(l, product[i+j], 0)
			h += c
			l, c = bits.Add64(l, carry, 0)
			product[i+j], carry = l, h+c
		}
		product[i+4] = carry
	}
	low, carry := bits.Add64(product[5], product[4]>>63, 0)
	return [2]uint64{low, product[6] + carry}
}

// subtractProduct is x -= f*c.
func subtractProduct(x *integer, f, c [2]uint64) {
	h0, l0 := bits.Mul64(f[0], c[0])
	h1, l1 := bits.Mul64(f[0], c[1])
	h2, l2 := bits.Mul64(f[1], c[0])
	third := h1 + h2 + f[1]*c[1]
	second, carry := bits.Add64(h0, l1, 0)
	third += carry
	second, carry = bits.Add64(second, l2, 0)
	third += carry
	var borrow uint64
	x[0], borrow = bits.Sub64(x[0], l0, 0)
	x[1], borrow = bits.Sub64(x[1], second, borrow)
	x[2], _ = bits.Sub64(x[2], third, borrow)
}

func negated(x integer) (out integer) {
	var borrow uint64
	for w := 0; w < 3; w++ {
		out[w], borrow = bits.Sub64(0, x[w], borrow)
	}
	return out
}

// plus is x + y modulo 2^192.
func (x *integer) plus(y *integer) (out integer) {
	var carry uint64
	for w := 0; w < 3; w++ {
		out[w], carry = bits.Add64(x[w], y[w], carry)
	}
	return out
}

// window reads count bits from bit at on.
func (x *integer) window(at, count int) int {
	word, place := at>>6, at&63
	return int((x[word]>>place | x[word+1]<<(64-place)) & (1<<count - 1))
}

// digits cuts scalars, some of n, into windows of c bits. Digit j of half h of scalar i goes to j*2n + h*n + i; digits are from
// -2^(c-1) to 2^(c-1)-1: windows of the half plus 2^(c-1) in every window, less that again.
func digits(scalars []fr.Element, c, windows int, out []int16, n int) {
	var bias integer
	for j := range windows {
		at := j*c + c - 1
		bias[at>>6] |= 1 << (at & 63)
	}
	for i := range scalars {
		x, y := split(&scalars[i])
		x, y = x.plus(&bias), y.plus(&bias)
		for j := range windows {
			out[2*n*j+i] = int16(x.window(j*c, c) - 1<<(c-1))
			out[2*n*j+n+i] = int16(y.window(j*c, c) - 1<<(c-1))
		}
	}
}
