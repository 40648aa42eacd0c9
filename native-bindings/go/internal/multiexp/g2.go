package multiexp

import (
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

// rootOfOneG2 belongs to lambda on the twist.
var rootOfOneG2 = func() (root fp.Element) {
	root.Square(&rootOfOne)
	return root
}()

var g2 = group[curve.G2Affine, curve.G2Jac]{
	phi:    func(p *curve.G2Affine) { p.X.MulByElement(&p.X, &rootOfOneG2) },
	negate: func(p *curve.G2Affine) { p.Y.Neg(&p.Y) },
	isZero: (*curve.G2Affine).IsInfinity,
	adder:  g2Adder,
	add:    func(sum *curve.G2Jac, p *curve.G2Affine) { sum.AddMixed(p) },
	addSum: func(sum, more *curve.G2Jac) { sum.AddAssign(more) },
	double: func(sum *curve.G2Jac) { sum.DoubleAssign() },
}

// G2 is the sum of scalar times point over all terms, computed by so many goroutines.
func G2(tasks int, terms ...Terms[curve.G2Affine]) (curve.G2Jac, error) {
	return sum(&g2, tasks, terms)
}

// g2Adder adds in affine coordinates: five products and a square for each pair, and one inversion for all.
func g2Adder() (add func(a []*curve.G2Affine, b []curve.G2Affine), wipe func()) {
	var over, slope, before [largestBatch]curve.E2
	add = func(a []*curve.G2Affine, b []curve.G2Affine) {
		var product curve.E2
		product.SetOne()
		for i := range a {
			g2Slope(a[i], &b[i], &slope[i], &over[i])
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
			g2Third(a[i], &b[i], &slope[i])
		}
	}
	return add, func() {
		clear(over[:])
		clear(slope[:])
		clear(before[:])
	}
}

// g2Slope is the line through both points as a quotient; if there is none, or it has a point at infinity, over is zero, and a the
// sum. No other point than that at infinity has y = 0, since the group's order is odd.
func g2Slope(a, b *curve.G2Affine, slope, over *curve.E2) {
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
		var twice curve.E2
		over.Double(&a.Y)
		slope.Square(&a.X)
		slope.Add(slope, twice.Double(slope))
	default:
		*a = curve.G2Affine{}
	}
}

// g2Third makes a the third point of the line, mirrored.
func g2Third(a, b *curve.G2Affine, slope *curve.E2) {
	var x curve.E2
	x.Square(slope).Sub(&x, &a.X).Sub(&x, &b.X)
	a.X.Sub(&a.X, &x).Mul(&a.X, slope)
	a.Y.Sub(&a.X, &a.Y)
	a.X = x
}
