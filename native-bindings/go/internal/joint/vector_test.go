package joint

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/rulecircuit"
)

// The vectors of the executable specification; Java reads the same file.
const vectorFile = "../../../../datasets/src/main/resources/vectors/spec/v1/joint.json"

type vectorCase struct {
	Name     string   `json:"name"`
	X        []string `json:"x"`
	Y        []string `json:"y"`
	SX       []string `json:"S_x"`
	SY       []string `json:"S_y"`
	OpenX    string   `json:"open_x"`
	OpenXY   string   `json:"open_xy_degree_2"`
	Messages [][]any  `json:"messages"`
	Inputs   struct {
		Rows   [][3]map[string]string `json:"rows"`
		Public map[string]string      `json:"public"`
		Shares []string               `json:"shares"`
		Wires  []string               `json:"wires"`
	} `json:"inputs"`
	Outputs struct {
		Wires  []string `json:"wires"`
		Shamir []string `json:"shamir"`
	} `json:"outputs"`
}

func specification(t *testing.T, prefix string) (out []vectorCase) {
	t.Helper()
	content, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(content, &raw); err != nil {
		t.Fatal(err)
	}
	for _, r := range raw {
		var named struct {
			Name string `json:"name"`
		}
		if err := json.Unmarshal(r, &named); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(named.Name, prefix) {
			var c vectorCase
			if err := json.Unmarshal(r, &c); err != nil {
				t.Fatal(err)
			}
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		t.Fatalf("no vector %q", prefix)
	}
	return out
}

func elementsOf(t *testing.T, text string) []fr.Element {
	t.Helper()
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	out, err := abi.Elements(b)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestVectorReplicatedToShamir(t *testing.T) {
	for _, c := range specification(t, "replicated to Shamir") {
		var x, y [3]fr.Element
		for i := range x {
			x[i], y[i] = elementsOf(t, c.X[i])[0], elementsOf(t, c.Y[i])[0]
		}
		var sx, sy [3]fr.Element
		for i := range sx {
			sx[i], sy[i] = shamirShare(i, &x[i], &x[(i+1)%3]), shamirShare(i, &y[i], &y[(i+1)%3])
			if want := elementsOf(t, c.SX[i])[0]; !sx[i].Equal(&want) {
				t.Errorf("%s: S_x of party %d", c.Name, i)
			}
			if want := elementsOf(t, c.SY[i])[0]; !sy[i].Equal(&want) {
				t.Errorf("%s: S_y of party %d", c.Name, i)
			}
		}
		// Degree 1 opens to 2*S_1 - S_2, a product of two to 3*S_1 - 3*S_2 + S_3.
		var opened, product, t3 fr.Element
		opened.Double(&sx[0]).Sub(&opened, &sx[1])
		three := fr.NewElement(3)
		product.Mul(&sx[0], &sy[0])
		t3.Mul(&sx[1], &sy[1])
		product.Sub(&product, &t3).Mul(&product, &three)
		t3.Mul(&sx[2], &sy[2])
		product.Add(&product, &t3)
		if want := elementsOf(t, c.OpenX)[0]; !opened.Equal(&want) {
			t.Errorf("%s: opening", c.Name)
		}
		if want := elementsOf(t, c.OpenXY)[0]; !product.Equal(&want) {
			t.Errorf("%s: opening of the product", c.Name)
		}
	}
}

// toy is the vectors' small system: wires one and 1 public, 2 and 3 secret, the rest computed.
func toy(t *testing.T, c *vectorCase, wires int) *rulecircuit.Circuit {
	t.Helper()
	// The first five coefficients have fixed places in gnark: 0, 1, 2, -1, -2.
	circuit := &rulecircuit.Circuit{Public: 2, Secret: 2, Wires: wires, Coefficients: make([]fr.Element, 5)}
	circuit.Coefficients[1].SetInt64(1)
	circuit.Coefficients[2].SetInt64(2)
	circuit.Coefficients[3].SetInt64(-1)
	circuit.Coefficients[4].SetInt64(-2)
	sum := func(part map[string]string) (terms []rulecircuit.Term) {
		for wire := 0; wire < wires; wire++ {
			if value, ok := part[strconv.Itoa(wire)]; ok {
				var v fr.Element
				if _, err := v.SetString(value); err != nil {
					t.Fatal(err)
				}
				index := uint32(len(circuit.Coefficients))
				if v.IsOne() {
					index = 1
				}
				circuit.Coefficients = append(circuit.Coefficients, v)
				terms = append(terms, rulecircuit.Term{Wire: uint32(wire), Coefficient: index})
			}
		}
		return terms
	}
	for _, row := range c.Inputs.Rows {
		circuit.Rows = append(circuit.Rows, rulecircuit.Row{Left: sum(row[0]), Right: sum(row[1]), Output: sum(row[2])})
	}
	return circuit
}

// The engine's products are those of the vector's messages (P_i sends z_i to P_{i-1}). One difference, by design: wire 4
// is a product of public wires, which the specification multiplies as a share and we know; so wires 4 and 8 = 7 * 4 have
// the same values on other shares.
func TestVectorWalk(t *testing.T) {
	c := specification(t, "walk")[0]
	var context fr.Element
	if _, err := context.SetString(c.Inputs.Public["1"]); err != nil {
		t.Fatal(err)
	}
	var provers [3]*Prover
	for i := range provers {
		p := &Prover{circuit: toy(t, &c, 9), party: i, enter: func(Stage) {}}
		p.witness = newReplicated(p.circuit, i)
		p.witness.setKnown(0, fr.One())
		p.witness.setKnown(1, context)
		own, next := elementsOf(t, c.Inputs.Shares[i]), elementsOf(t, c.Inputs.Shares[(i+1)%3])
		p.witness.setShared(2, own[0], next[0])
		p.witness.setShared(3, own[1], next[1])
		var err error
		if p.walk, err = p.circuit.PlanWalk(p.witness.known); err != nil {
			t.Fatal(err)
		}
		out, err := p.Step(nil)
		for level := 1; out.Kind == Products; level++ {
			z := sent(t, &c, "mul", level)
			out, err = p.Step(append(append([]byte(nil), z[i]...), z[(i+1)%3]...))
		}
		if err != nil || out.Kind != RowCoin {
			t.Fatalf("party %d: step %d, %v", i, out.Kind, err)
		}
		provers[i] = p
	}
	for wire := 0; wire < 9; wire++ {
		var sum, want fr.Element
		for i, p := range provers {
			component := elementsOf(t, c.Outputs.Wires[i])[wire]
			sum.Add(&sum, &p.witness.own[wire])
			want.Add(&want, &component)
			if wire != 8 && !p.witness.own[wire].Equal(&component) {
				t.Errorf("wire %d: component of party %d", wire, i)
			}
			if !p.witness.next[wire].Equal(&provers[(i+1)%3].witness.own[wire]) {
				t.Errorf("wire %d: parties %d and %d differ", wire, i, (i+1)%3)
			}
		}
		if !sum.Equal(&want) {
			t.Errorf("wire %d: value", wire)
		}
	}
	for i, p := range provers {
		if err := p.convert(); err != nil {
			t.Fatal(err)
		}
		want := elementsOf(t, c.Outputs.Shamir[i])
		for _, wire := range []int{0, 1, 2, 3, 5, 6, 7} {
			if !p.shamir[wire].Equal(&want[wire]) {
				t.Errorf("wire %d: Shamir share of party %d", wire, i)
			}
		}
	}
}

// The specification's messages of v add up to the sum of x_k*y_k of our terms: zero-sharing cancels.
func TestVectorRowCheckAsOneDotProduct(t *testing.T) {
	c := specification(t, "row check as one")[0]
	var q, v, want fr.Element
	for _, m := range sent(t, &c, "rows/q", 1) {
		x := elementsOf(t, hex.EncodeToString(m))[0]
		q.Add(&q, &x)
	}
	var restOwn, restNext [3]fr.Element
	for i := 0; i < 3; i++ {
		p := &Prover{circuit: toy(t, &c, 9), party: i, enter: func(Stage) {}}
		p.witness = newReplicated(p.circuit, i)
		mine, after := elementsOf(t, c.Inputs.Wires[i]), elementsOf(t, c.Inputs.Wires[(i+1)%3])
		for wire := range mine {
			p.witness.setShared(wire, mine[wire], after[wire])
		}
		b := q.Bytes()
		out, err := p.rowTerms(b[:])
		if err != nil {
			t.Fatal(err)
		}
		all := elementsOf(t, hex.EncodeToString(out.Body))
		rows := len(c.Inputs.Rows)
		for k := 0; k < rows; k++ {
			xOwn, xNext, yOwn, yNext := all[k], all[rows+k], all[2*rows+k], all[3*rows+k]
			var a, b, d fr.Element
			a.Mul(&xOwn, &yOwn)
			b.Mul(&xOwn, &yNext)
			d.Mul(&xNext, &yOwn)
			v.Add(&v, &a).Add(&v, &b).Add(&v, &d)
		}
		restOwn[i], restNext[i] = all[4*rows], all[4*rows+1]
	}
	for _, m := range sent(t, &c, "rows/v", 1) {
		x := elementsOf(t, hex.EncodeToString(m))[0]
		want.Add(&want, &x)
	}
	if !v.Equal(&want) {
		t.Error("v differs")
	}
	for i := 0; i < 3; i++ {
		v.Sub(&v, &restOwn[i])
		if !restNext[i].Equal(&restOwn[(i+1)%3]) {
			t.Errorf("rest of parties %d and %d differ", i, (i+1)%3)
		}
	}
	if !v.IsZero() {
		t.Error("a right witness has v = 0")
	}
}

// sent is what each party sent under a label in the n-th round in which the label occurs.
func sent(t *testing.T, c *vectorCase, label string, n int) (out [3][]byte) {
	t.Helper()
	round, seen := -1.0, 0
	for _, m := range c.Messages {
		if m[3] != label {
			continue
		}
		if m[0].(float64) != round {
			round = m[0].(float64)
			seen++
		}
		if seen == n {
			b, err := hex.DecodeString(m[4].(string))
			if err != nil {
				t.Fatal(err)
			}
			out[int(m[1].(float64))] = b
		}
	}
	return out
}
