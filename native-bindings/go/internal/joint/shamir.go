package joint

import (
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// The local map of PROTOCOLS 8.2 from replicated shares to Shamir degree 1, P_i at point i+1:
//
//	S_1 = 1/2*x_0 + 2/3*x_1   S_2 = 1/3*x_1 - x_2   S_3 = -2*x_2 - 1/2*x_0
//
// Each party's pair is (factor of own, factor of next).
var toShamir = func() (m [3][2]fr.Element) {
	var half, third fr.Element
	one := fr.One()
	half.SetUint64(2)
	half.Inverse(&half)
	third.SetUint64(3)
	third.Inverse(&third)
	m[0][0].Set(&half)
	m[0][1].Double(&third)
	m[1][0].Set(&third)
	m[1][1].Neg(&one)
	m[2][0].Double(&m[1][1])
	m[2][1].Neg(&half)
	return m
}()

// shamirShare of party i from its two components.
func shamirShare(party int, own, next *fr.Element) (share fr.Element) {
	var t fr.Element
	share.Mul(own, &toShamir[party][0])
	t.Mul(next, &toShamir[party][1])
	share.Add(&share, &t)
	return share
}

// zeroShare is (F_i - F_{i+1}) / lambda_i with lambda = (3, -3, 1): it adds nothing to a degree-2 opening.
func zeroShare(party int, difference fr.Element) fr.Element {
	third := fr.NewElement(3)
	third.Inverse(&third)
	switch party {
	case 0:
		difference.Mul(&difference, &third)
	case 1:
		difference.Mul(&difference, &third).Neg(&difference)
	}
	return difference
}

// onLineG1 tells whether S_1 - 2*S_2 + S_3 = 0.
func onLineG1(s [3]curve.G1Affine) bool {
	var sum, middle curve.G1Jac
	middle.FromAffine(&s[1])
	middle.DoubleAssign()
	sum.FromAffine(&s[0])
	sum.AddMixed(&s[2]).SubAssign(&middle)
	return sum.Z.IsZero()
}

// onLineG2 is the same on the twist.
func onLineG2(s [3]curve.G2Affine) bool {
	var sum, middle curve.G2Jac
	middle.FromAffine(&s[1])
	middle.DoubleAssign()
	sum.FromAffine(&s[0])
	sum.AddMixed(&s[2]).SubAssign(&middle)
	return sum.Z.IsZero()
}

// openLineG1 is 2*S_1 - S_2.
func openLineG1(s [3]curve.G1Affine) (out curve.G1Affine) {
	var sum, second curve.G1Jac
	sum.FromAffine(&s[0])
	second.FromAffine(&s[1])
	sum.DoubleAssign().SubAssign(&second)
	return *out.FromJacobian(&sum)
}

// openLineG2 is the same on the twist.
func openLineG2(s [3]curve.G2Affine) (out curve.G2Affine) {
	var sum, second curve.G2Jac
	sum.FromAffine(&s[0])
	second.FromAffine(&s[1])
	sum.DoubleAssign().SubAssign(&second)
	return *out.FromJacobian(&sum)
}

// openDegreeTwo is 3*(S_1 - S_2) + S_3.
func openDegreeTwo(s [3]curve.G1Affine) (out curve.G1Affine) {
	var difference, second, sum curve.G1Jac
	difference.FromAffine(&s[0])
	second.FromAffine(&s[1])
	difference.SubAssign(&second)
	sum.Set(&difference)
	sum.DoubleAssign().AddAssign(&difference).AddMixed(&s[2])
	return *out.FromJacobian(&sum)
}
