package multiexp

import (
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

// rootOfOne is the cube root of one in the base field with (rootOfOne*x, y) = lambda*(x, y) in G1.
var rootOfOne = func() (root fp.Element) {
	if _, err := root.SetString("2203960485148121921418603742825762020974279258880205651966"); err != nil {
		panic(err)
	}
	return root
}()

var g1 = group[curve.G1Affine, curve.G1Jac]{
	phi:    func(p *curve.G1Affine) { p.X.Mul(&p.X, &rootOfOne) },
	negate: func(p *curve.G1Affine) { p.Y.Neg(&p.Y) },
	isZero: (*curve.G1Affine).IsInfinity,
	adder:  g1Adder,
	add:    func(sum *curve.G1Jac, p *curve.G1Affine) { sum.AddMixed(p) },
	addSum: func(sum, more *curve.G1Jac) { sum.AddAssign(more) },
	double: func(sum *curve.G1Jac) { sum.DoubleAssign() },
}

// G1 is the sum of scalar times point over all terms, computed by so many goroutines.
func G1(tasks int, terms ...Terms[curve.G1Affine]) (curve.G1Jac, error) {
	return sum(&g1, tasks, terms)
}

// g1Adder adds in affine coordinates: five products and a square for each pair, and one inversion for all.
func g1Adder() (add func(a []*curve.G1Affine, b []curve.G1Affine), wipe func()) {
	var over, slope, before [largestBatch]fp.Element
	add = func(a []*curve.G1Affine, b []curve.G1Affine) {
		product := fp.One()
		for i := range a {
			g1Slope(a[i], &b[i], &slope[i], &over[i])
			before[i] = product
			if !over[i].IsZero() {
				product.Mul(&product, &over[i])
			}
		}
		product.Inverse(&product)
		for i := len(a) - 1; i >= 0; i-- {
			if over[i].IsZero() {
				continue
			}
			slope[i].Mul(&slope[i], before[i].Mul(&before[i], &product))
			product.Mul(&product, &over[i])
			g1Third(a[i], &b[i], &slope[i])
		}
	}
	return add, func() {
		clear(over[:])
		clear(slope[:])
		clear(before[:])
	}
}

// g1Slope is the line through both points as a quotient; if there is none, or it has a point at infinity, over is zero, and a the
// sum. No other point than that at infinity has y = 0, since the group's order is odd.
func g1Slope(a, b *curve.G1Affine, slope, over *fp.Element) {
	over.Sub(&b.X, &a.X)
	switch {
	case b.Y.IsZero():
		over.SetZero()
	case a.Y.IsZero():
		*a = *b
		over.SetZero()
	case !over.IsZero():
		slope.Sub(&b.Y, &a.Y)
	case a.Y.Equal(&b.Y):
		var twice fp.Element
		over.Double(&a.Y)
		slope.Square(&a.X)
		slope.Add(slope, twice.Double(slope))
	default:
		*a = curve.G1Affine{}
	}
}

// g1Third makes a the third point of the line, mirrored.
func g1Third(a, b *curve.G1Affine, slope *fp.Element) {
	var x fp.Element
	x.Square(slope).Sub(&x, &a.X).Sub(&x, &b.X)
	a.X.Sub(&a.X, &x).Mul(&a.X, slope)
	a.Y.Sub(&a.X, &a.Y)
	a.X = x
}
