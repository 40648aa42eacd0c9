package joint_test

import (
	"math/big"
	"math/rand"
	"sync"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/commitment"
	"io.veilflow/native/internal/joint"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/ruletest"
	"io.veilflow/native/internal/setup"
)

const seed = 20261122

// fixture is one small market with its keys, made once: setup is the slow part.
type fixture struct {
	circuit *rulecircuit.Circuit
	keys    *setup.Keys
}

const (
	assets = 1
	slots  = 2
)

func newFixture(limbBits int) func() (*fixture, error) {
	return sync.OnceValues(func() (*fixture, error) {
		c, err := rulecircuit.Compile(ruletest.MarketHealthByLimbs(assets, slots, limbBits))
		if err != nil {
			return nil, err
		}
		keys, err := setup.Unsafe(c)
		return &fixture{c, keys}, err
	})
}

// fixtures are the same market with one commitment and with two.
var fixtures = map[string]func() (*fixture, error){"one commitment": newFixture(0), "two commitments": newFixture(4)}

// inBoth runs a test with one commitment and with two.
func inBoth(t *testing.T, test func(t *testing.T, f *fixture)) {
	t.Helper()
	for name, get := range fixtures {
		f, err := get()
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { test(t, f) })
	}
}

func market(t *testing.T) *fixture {
	t.Helper()
	f, err := fixtures["one commitment"]()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func marketByLimbs(t *testing.T) *fixture {
	t.Helper()
	f, err := fixtures["two commitments"]()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (f *fixture) inputs(random *rand.Rand) *ruletest.Inputs {
	return ruletest.MarketHealthInputs(f.circuit.Program, assets, slots, random)
}

// world is three provers in one process. A plain-arithmetic engine in the place of the MPC reconstructs, computes and
// shares again: only a test may see all components.
type world struct {
	t       testing.TB
	random  *rand.Rand
	fixture *fixture
	provers [3]*joint.Prover
	outs    [3]joint.Outbound
	words   []fr.Element
	v       fr.Element // the row check's value
	// tamper may change a party's message or reply before it is delivered to a prover; nil leaves all as it is.
	tamper func(kind joint.Kind, receiver int, reply []byte)
}

// shares are the components x_0, x_1, x_2 of each value.
func (w *world) shares(values []fr.Element) [3][]fr.Element {
	var out [3][]fr.Element
	for j := range out {
		out[j] = make([]fr.Element, len(values))
	}
	for i, v := range values {
		out[0][i], out[1][i] = w.element(), w.element()
		out[2][i].Sub(&v, &out[0][i]).Sub(&out[2][i], &out[1][i])
	}
	return out
}

func (w *world) element() (x fr.Element) {
	return *x.SetBigInt(new(big.Int).Rand(w.random, fr.Modulus()))
}

func elements(values []*big.Int) []fr.Element {
	out := make([]fr.Element, len(values))
	for i := range values {
		out[i].SetBigInt(values[i])
	}
	return out
}

// start shares the inputs as the pipeline would: word 0 holds the level and is shared, the other words are known.
func start(t testing.TB, f *fixture, in *ruletest.Inputs, random *rand.Rand) *world {
	t.Helper()
	var mask fr.Element
	mask.SetBigInt(new(big.Int).Rand(random, fr.Modulus()))
	return startWith(t, f, in, random, mask, commitmentOf(t, f, elements(in.Book), mask))
}

// startWith lets a test choose mask and expected commitment.
func startWith(t testing.TB, f *fixture, in *ruletest.Inputs, random *rand.Rand, mask fr.Element, d []byte) *world {
	t.Helper()
	w := &world{t: t, random: random, fixture: f, words: elements(in.Words)}
	values := elements(in.All())
	known := f.circuit.UsualKnowledge()
	masked := append(append([]fr.Element(nil), values...), mask)
	if len(f.circuit.Commitments) == 2 {
		masked = append(masked, w.element())
	}
	all := w.shares(masked)
	n := len(values)
	for party := range w.provers {
		tags := make([]byte, n)
		own, next := append([]fr.Element(nil), all[party]...), append([]fr.Element(nil), all[(party+1)%3]...)
		for i := range tags {
			if known[1+i] {
				own[i] = values[i]
				next[i].SetZero()
			} else {
				tags[i] = 1
			}
		}
		share := abi.AppendElements(abi.AppendElements(tags, own[:n]), next[:n])
		for k := n; k < len(masked); k++ {
			share = abi.AppendElements(abi.AppendElements(share, own[k:k+1]), next[k:k+1])
		}
		prover, err := joint.Start(f.circuit, f.keys, party, append(share, d...))
		if err != nil {
			t.Fatal(err)
		}
		w.provers[party] = prover
		if w.outs[party], err = prover.Step(nil); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// commitmentOf is the sum of two contributors' commitments, each to one half of the book.
func commitmentOf(t testing.TB, f *fixture, book []fr.Element, mask fr.Element) []byte {
	t.Helper()
	basis := setup.EncodeBasis(f.keys)
	half := len(book) / 2
	point := func(i int) []byte { return basis[i*abi.G1Bytes : (i+1)*abi.G1Bytes] }
	rho := fr.NewElement(77)
	var rest fr.Element
	rest.Sub(&mask, &rho)
	var sum []byte
	for k, part := range [][]fr.Element{book[:half], book[half:]} {
		points := append([]byte(nil), basis[k*half*abi.G1Bytes:(k*half+len(part))*abi.G1Bytes]...)
		points = append(points, point(len(book))...)
		c, err := commitment.Commit(points, abi.AppendElements(nil, append(append([]fr.Element(nil), part...), []fr.Element{rho, rest}[k])))
		if err != nil {
			t.Fatal(err)
		}
		sum = append(sum, c...)
	}
	d, err := commitment.Add(sum)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// run drives the provers to the given kind, or to the first failure of any; it returns each prover's error.
func (w *world) run(until joint.Kind) (failures [3]error) {
	w.t.Helper()
	for w.outs[0].Kind != until {
		replies := w.replies()
		kind := w.outs[0].Kind
		failed := false
		for party := range w.provers {
			if w.tamper != nil {
				w.tamper(kind, party, replies[party])
			}
			w.outs[party], failures[party] = w.provers[party].Step(replies[party])
			failed = failed || failures[party] != nil
		}
		if failed {
			return failures
		}
	}
	return failures
}

// replies does for one step what the MPC session does.
func (w *world) replies() (replies [3][]byte) {
	outs := w.outs
	switch outs[0].Kind {
	case joint.Products:
		x, y := w.reconstruct(4, 0), w.reconstruct(4, 2)
		for i := range x {
			x[i].Mul(&x[i], &y[i])
		}
		return w.encodeShares(x)
	case joint.Inversions:
		return w.encodeShares(fr.BatchInvert(w.reconstruct(2, 0)))
	case joint.RowCoin:
		q := w.element()
		for party := range replies {
			replies[party] = abi.AppendElements(nil, []fr.Element{q})
		}
	case joint.RowTerms:
		w.rowCheck()
		r, s := w.encodeShares([]fr.Element{w.element()}), w.encodeShares([]fr.Element{w.element()})
		for party := range replies {
			replies[party] = append(r[party], s[party]...)
		}
	case joint.RoundZero, joint.RoundOne, joint.RoundTwo:
		for party := range replies {
			replies[party] = append(append([]byte(nil), outs[(party+1)%3].Body...), outs[(party+2)%3].Body...)
		}
	case joint.RoundOneChecked:
		f := [3]fr.Element{w.element(), w.element(), w.element()}
		for party := range replies {
			var zero fr.Element
			zero.Sub(&f[party], &f[(party+1)%3])
			replies[party] = abi.AppendElements(abi.AppendElements(nil, w.words), []fr.Element{zero})
		}
	}
	return replies
}

// reconstruct opens a vector that stands as parts own (at) and next (at+1) of so many equal parts of the bodies, and
// checks that neighbours agree.
func (w *world) reconstruct(parts, at int) []fr.Element {
	w.t.Helper()
	var own, next [3][]fr.Element
	for party, out := range w.outs {
		size := len(out.Body) / parts
		var err error
		if own[party], err = abi.Elements(out.Body[at*size : (at+1)*size]); err != nil {
			w.t.Fatal(err)
		}
		if next[party], err = abi.Elements(out.Body[(at+1)*size : (at+2)*size]); err != nil {
			w.t.Fatal(err)
		}
	}
	sum := make([]fr.Element, len(own[0]))
	for i := range sum {
		for party := range own {
			sum[i].Add(&sum[i], &own[party][i])
			if !next[party][i].Equal(&own[(party+1)%3][i]) {
				w.t.Fatalf("element %d: parties %d and %d hold different components", i, party, (party+1)%3)
			}
		}
	}
	return sum
}

func (w *world) encodeShares(values []fr.Element) (out [3][]byte) {
	all := w.shares(values)
	for party := range out {
		out[party] = abi.AppendElements(abi.AppendElements(nil, all[party]), all[(party+1)%3])
	}
	return out
}

// rowCheck computes v = sum x*y - rest in the clear.
func (w *world) rowCheck() {
	w.t.Helper()
	bodies := w.outs
	terms := len(bodies[0].Body) - 2*abi.ElementBytes
	for party := range w.outs {
		w.outs[party].Body = bodies[party].Body[:terms]
	}
	x, y := w.reconstruct(4, 0), w.reconstruct(4, 2)
	for party := range w.outs {
		w.outs[party].Body = bodies[party].Body[terms:]
	}
	rest := w.reconstruct(2, 0)
	w.outs = bodies
	w.v.Neg(&rest[0])
	for k := range x {
		x[k].Mul(&x[k], &y[k])
		w.v.Add(&w.v, &x[k])
	}
}

// point reads 64 bytes that are known to be a point.
func point(t testing.TB, b []byte) curve.G1Affine {
	t.Helper()
	p, err := abi.G1(b)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
