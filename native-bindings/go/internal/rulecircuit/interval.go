package rulecircuit

import (
	"fmt"
	"math/big"

	"io.veilflow/native/internal/rulepb"
)

// interval holds exact integer bounds, both inclusive.
type interval struct{ low, high *big.Int }

func ofBits(bits uint32) interval {
	high := powerOfTwo(int(bits))
	return interval{new(big.Int), high.Sub(high, big.NewInt(1))}
}

// size is high - low.
func (a interval) size() *big.Int { return new(big.Int).Sub(a.high, a.low) }

func (a interval) plus(b interval) interval {
	return interval{new(big.Int).Add(a.low, b.low), new(big.Int).Add(a.high, b.high)}
}

func (a interval) minus(b interval) interval {
	return interval{new(big.Int).Sub(a.low, b.high), new(big.Int).Sub(a.high, b.low)}
}

// times takes the extremes of the four products.
func (a interval) times(b interval) interval {
	out := interval{}
	for _, x := range []*big.Int{a.low, a.high} {
		for _, y := range []*big.Int{b.low, b.high} {
			z := new(big.Int).Mul(x, y)
			out = out.or(interval{z, z})
		}
	}
	return out
}

// or is the hull; the empty interval has nil bounds.
func (a interval) or(b interval) interval {
	if a.low == nil {
		return b
	}
	out := a
	if b.low.Cmp(a.low) < 0 {
		out.low = b.low
	}
	if b.high.Cmp(a.high) > 0 {
		out.high = b.high
	}
	return out
}

func (a interval) isBit() bool { return a.low.Sign() >= 0 && a.high.BitLen() <= 1 }

// comparisonWidth is the least w >= 1 with -2^w <= d <= 2^w - 1 over the interval of d.
func (d interval) comparisonWidth() int {
	w := max(1, d.high.BitLen())
	if d.low.Sign() < 0 {
		// -2^w <= low is bitlen(-low - 1) <= w.
		m := new(big.Int).Neg(d.low)
		w = max(w, m.Sub(m, big.NewInt(1)).BitLen())
	}
	return w
}

// bound reads one end of a field: zero if it is absent, which is how zero is written.
func bound(c *rulepb.Constant) (*big.Int, error) {
	if c == nil {
		return new(big.Int), nil
	}
	v, err := integer(c)
	if err == nil && v.Sign() == 0 {
		return nil, fmt.Errorf("zero is written")
	}
	return v, err
}

// integer reads a Constant; one that is absent is no number.
func integer(c *rulepb.Constant) (*big.Int, error) {
	if c == nil {
		return nil, fmt.Errorf("no number")
	}
	magnitude := c.Magnitude
	if len(magnitude) > 0 && magnitude[0] == 0 {
		return nil, fmt.Errorf("number with a leading zero byte")
	}
	if len(magnitude) == 0 && c.Negative {
		return nil, fmt.Errorf("minus zero")
	}
	if len(magnitude) > boundBits/8+1 {
		return nil, fmt.Errorf("number of %d bytes", len(magnitude))
	}
	v := new(big.Int).SetBytes(magnitude)
	if c.Negative {
		v.Neg(v)
	}
	return v, nil
}

func powerOfTwo(i int) *big.Int { return new(big.Int).Lsh(big.NewInt(1), uint(i)) }
