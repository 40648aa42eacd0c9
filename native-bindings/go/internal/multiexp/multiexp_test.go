package multiexp

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand"
	"syscall"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
)

const seed = 41

var lambda, _ = new(big.Int).SetString("4407920970296243842393367215006156084916469457145843978461", 10)

// edgeScalars are where halves of scalars change sign or length.
func edgeScalars() (out []fr.Element) {
	var x fr.Element
	for _, v := range []*big.Int{
		big.NewInt(0), big.NewInt(1), big.NewInt(2), big.NewInt(-1), big.NewInt(-2), lambda,
		new(big.Int).Neg(lambda), new(big.Int).Lsh(big.NewInt(1), 127), new(big.Int).Rsh(fr.Modulus(), 1),
	} {
		x.SetBigInt(v)
		out = append(out, x)
	}
	return out
}

func randomScalars(r *rand.Rand, n int) []fr.Element {
	out := make([]fr.Element, n)
	for i := range out {
		out[i].SetBigInt(new(big.Int).Rand(r, fr.Modulus()))
	}
	return out
}

func signed(x *integer) *big.Int {
	v := new(big.Int)
	for w := 2; w >= 0; w-- {
		v.Lsh(v, 64).Or(v, new(big.Int).SetUint64(x[w]))
	}
	if x[2]>>63 == 1 {
		v.Sub(v, new(big.Int).Lsh(big.NewInt(1), 192))
	}
	return v
}

func TestHalvesAreShortAndGiveTheScalar(t *testing.T) {
	limit := new(big.Int).Lsh(big.NewInt(1), halfBits)
	for _, k := range append(edgeScalars(), randomScalars(rand.New(rand.NewSource(seed)), 2000)...) {
		x, y := split(&k)
		if signed(&x).CmpAbs(limit) >= 0 || signed(&y).CmpAbs(limit) >= 0 {
			t.Fatalf("%v has long halves", &k)
		}
		got := new(big.Int).Mul(signed(&y), lambda)
		got.Add(got, signed(&x)).Mod(got, fr.Modulus())
		if got.Cmp(k.BigInt(new(big.Int))) != 0 {
			t.Fatalf("%v became %v", &k, got)
		}
	}
}

func TestDigitsGiveTheHalves(t *testing.T) {
	scalars := append(edgeScalars(), randomScalars(rand.New(rand.NewSource(seed)), 50)...)
	n := len(scalars)
	for c := 3; c <= largestWindow; c++ {
		windows := windowsOf(c)
		cut := make([]int16, 2*n*windows)
		digits(scalars, c, windows, cut, n)
		for i := range scalars {
			x, y := split(&scalars[i])
			for half, expected := range []*big.Int{signed(&x), signed(&y)} {
				got := new(big.Int)
				for j := windows - 1; j >= 0; j-- {
					got.Lsh(got, uint(c)).Add(got, big.NewInt(int64(cut[2*n*j+half*n+i])))
				}
				if got.Cmp(expected) != 0 {
					t.Fatalf("window %d: half %d of %v is %v, not %v", c, half, &scalars[i], got, expected)
				}
			}
		}
	}
}

func TestPhiIsLambda(t *testing.T) {
	_, _, p, q := curve.Generators()
	var timesP curve.G1Affine
	timesP.ScalarMultiplication(&p, lambda)
	var timesQ curve.G2Affine
	timesQ.ScalarMultiplication(&q, lambda)
	g1.phi(&p)
	g2.phi(&q)
	if !p.Equal(&timesP) || !q.Equal(&timesQ) {
		t.Fatal("phi is not multiplication by lambda")
	}
}

// sets of points: all different; some equal, opposite, at infinity, and each other's image under phi; all equal.
func sets(r *rand.Rand, n int) map[string][]curve.G1Affine {
	_, _, base, _ := curve.Generators()
	different := curve.BatchScalarMultiplicationG1(&base, randomScalars(r, n))
	mixed := append([]curve.G1Affine(nil), different...)
	same := make([]curve.G1Affine, n)
	for i := range mixed {
		same[i] = base
		switch i % 7 {
		case 1:
			mixed[i] = mixed[i-1]
		case 2:
			mixed[i].Neg(&mixed[i-1])
		case 3:
			mixed[i] = curve.G1Affine{}
		case 4:
			mixed[i] = mixed[i-2]
			g1.phi(&mixed[i])
		}
	}
	return map[string][]curve.G1Affine{"different": different, "mixed": mixed, "same": same}
}

func twist(points []curve.G1Affine, scalars []fr.Element) (out []curve.G2Affine) {
	_, _, _, base := curve.Generators()
	out = curve.BatchScalarMultiplicationG2(&base, scalars)
	for i := range points {
		switch {
		case points[i].IsInfinity():
			out[i] = curve.G2Affine{}
		case i > 0 && points[i].Equal(&points[i-1]):
			out[i] = out[i-1]
		case i > 0 && points[i].X.Equal(&points[i-1].X):
			out[i].Neg(&out[i-1])
		}
	}
	return out
}

func TestSumsAreGnarks(t *testing.T) {
	r := rand.New(rand.NewSource(seed))
	for _, n := range []int{0, 1, 2, 3, 9, 40, 333, 2600} {
		for name, points := range sets(r, n) {
			for kind, scalars := range map[string][]fr.Element{"random": randomScalars(r, n), "edges": repeated(edgeScalars(), n)} {
				t.Run(fmt.Sprintf("%d %s points, %s scalars", n, name, kind), func(t *testing.T) { compare(t, r, points, scalars) })
			}
		}
	}
}

func repeated(few []fr.Element, n int) []fr.Element {
	out := make([]fr.Element, n)
	for i := range out {
		out[i] = few[i%len(few)]
	}
	return out
}

func compare(t *testing.T, r *rand.Rand, points []curve.G1Affine, scalars []fr.Element) {
	t.Helper()
	onTwist := twist(points, randomScalars(r, len(points)))
	var expected curve.G1Jac
	var expectedOnTwist curve.G2Jac
	if _, err := expected.MultiExp(points, scalars, ecc.MultiExpConfig{}); err != nil {
		t.Fatal(err)
	}
	if _, err := expectedOnTwist.MultiExp(onTwist, scalars, ecc.MultiExpConfig{}); err != nil {
		t.Fatal(err)
	}
	for _, tasks := range []int{1, 3} {
		// cut in two, as sums of a proof that belong together
		some := len(points) / 3
		got, err := G1(tasks, Terms[curve.G1Affine]{points[:some], scalars[:some]}, Terms[curve.G1Affine]{points[some:], scalars[some:]})
		if err != nil || !got.Equal(&expected) {
			t.Fatalf("another sum in G1, %d tasks, %v", tasks, err)
		}
		gotOnTwist, err := G2(tasks, Terms[curve.G2Affine]{onTwist, scalars})
		if err != nil || !gotOnTwist.Equal(&expectedOnTwist) {
			t.Fatalf("another sum in G2, %d tasks, %v", tasks, err)
		}
	}
}

func TestAnotherNumberOfScalarsIsRefused(t *testing.T) {
	if _, err := G1(1, Terms[curve.G1Affine]{make([]curve.G1Affine, 2), make([]fr.Element, 3)}); !errors.Is(err, abi.Internal) {
		t.Fatal(err)
	}
}

// BenchmarkSums holds sums against gnark's in processor time, which means something on a busy machine too:
//
//	go test ./internal/multiexp -run NONE -bench Sums
func BenchmarkSums(b *testing.B) {
	r := rand.New(rand.NewSource(seed))
	for _, n := range []int{130, 2600, 9200, 36000, 65535} {
		scalars := randomScalars(r, n)
		points := sets(r, n)["different"]
		onTwist := twist(nil, scalars)
		measure(b, fmt.Sprintf("G1/%d", n), func() error { _, err := G1(1, Terms[curve.G1Affine]{points, scalars}); return err })
		measure(b, fmt.Sprintf("G1/%d/gnark", n), func() error {
			_, err := new(curve.G1Jac).MultiExp(points, scalars, ecc.MultiExpConfig{NbTasks: 1})
			return err
		})
		measure(b, fmt.Sprintf("G2/%d", n), func() error { _, err := G2(1, Terms[curve.G2Affine]{onTwist, scalars}); return err })
		measure(b, fmt.Sprintf("G2/%d/gnark", n), func() error {
			_, err := new(curve.G2Jac).MultiExp(onTwist, scalars, ecc.MultiExpConfig{NbTasks: 1})
			return err
		})
	}
}

func measure(b *testing.B, name string, sum func() error) {
	b.Run(name, func(b *testing.B) {
		before := processor(b)
		for b.Loop() {
			if err := sum(); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric((processor(b)-before).Seconds()*1e3/float64(b.N), "processor-ms")
	})
}

func processor(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
