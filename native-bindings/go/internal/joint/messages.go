package joint

import (
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"

	"io.veilflow/native/internal/abi"
)

// roundOneBytes of a message: five points.
const roundOneBytes = 4*abi.G1Bytes + abi.G2Bytes

// roundOne is a share of, or an opening of, what round one publishes.
type roundOne struct {
	ar, bs1, d, pok curve.G1Affine
	bs2             curve.G2Affine
}

func (m *roundOne) encode() []byte {
	out := make([]byte, 0, roundOneBytes)
	out = abi.AppendG1(abi.AppendG1(out, &m.ar), &m.bs1)
	return abi.AppendG1(abi.AppendG1(abi.AppendG2(out, &m.bs2), &m.d), &m.pok)
}

// readRoundOne reads 384 bytes; every point is checked.
func readRoundOne(from []byte) (m roundOne, err error) {
	middle := 2 * abi.G1Bytes
	if m.bs2, err = abi.G2(from[middle : middle+abi.G2Bytes]); err != nil {
		return m, fmt.Errorf("B in G2: %w", err)
	}
	places := [...]struct {
		to   *curve.G1Affine
		at   int
		name string
	}{
		{&m.ar, 0, "A"}, {&m.bs1, abi.G1Bytes, "B in G1"},
		{&m.d, middle + abi.G2Bytes, "D"}, {&m.pok, middle + abi.G2Bytes + abi.G1Bytes, "PoK"},
	}
	for _, p := range places {
		if *p.to, err = abi.G1(from[p.at : p.at+abi.G1Bytes]); err != nil {
			return m, fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return m, nil
}

// openRoundOne opens the three parties' shares. Each of the five must be on a line before its value is used: two honest
// shares fix the line, so one cheater is always caught (PROTOCOLS 8.3 item 3).
func openRoundOne(all *[3]roundOne) (opened roundOne, err error) {
	fields := [...]struct {
		name string
		of   func(*roundOne) *curve.G1Affine
	}{
		{"A", func(m *roundOne) *curve.G1Affine { return &m.ar }},
		{"B in G1", func(m *roundOne) *curve.G1Affine { return &m.bs1 }},
		{"D", func(m *roundOne) *curve.G1Affine { return &m.d }},
		{"PoK", func(m *roundOne) *curve.G1Affine { return &m.pok }},
	}
	for _, f := range fields {
		shares := [3]curve.G1Affine{*f.of(&all[0]), *f.of(&all[1]), *f.of(&all[2])}
		if !onLineG1(shares) {
			return roundOne{}, fmt.Errorf("%w: %s", abi.NotCollinear, f.name)
		}
		*f.of(&opened) = openLineG1(shares)
	}
	shares := [3]curve.G2Affine{all[0].bs2, all[1].bs2, all[2].bs2}
	if !onLineG2(shares) {
		return roundOne{}, fmt.Errorf("%w: B in G2", abi.NotCollinear)
	}
	opened.bs2 = openLineG2(shares)
	return opened, nil
}
