package joint

import (
	"fmt"
	"math/big"
	"sort"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
)

// rowTerms takes the coin q and gives the terms of v = sum q^k (a_k b_k - c_k), k from 0 (PROTOCOLS 8.3 item 2): the
// engine computes v as one dot product on replicated shares, where no party can cancel the effect of its own error. A row
// with a factor that everybody knows is linear: all of it goes into the rest, which is subtracted, and costs no product.
func (p *Prover) rowTerms(reply []byte) (Outbound, error) {
	if err := wantBytes(reply, abi.ElementBytes); err != nil {
		return Outbound{}, err
	}
	var q fr.Element
	if q.SetBytesCanonical(reply) != nil || q.IsZero() {
		return Outbound{}, fmt.Errorf("%w: the coin is zero or not below the modulus", abi.InvalidArgument)
	}
	quadratic := p.quadraticRows()
	n := len(quadratic)
	out := vectors{make([]byte, (4*n+2)*abi.ElementBytes), n}
	var rest [2]fr.Element
	var adding sync.Mutex
	err := abi.Parallel(len(p.circuit.Rows), func(from, to int) error {
		own, next := p.rowsFrom(from, to, &q, quadratic, out)
		adding.Lock()
		defer adding.Unlock()
		rest[0].Add(&rest[0], &own)
		rest[1].Add(&rest[1], &next)
		return nil
	})
	for h := range rest {
		abi.PutElement(out.bytes[(4*n+h)*abi.ElementBytes:], &rest[h])
	}
	return Outbound{RowTerms, out.bytes}, err
}

// quadraticRows are the rows whose factors are both shared, ascending.
func (p *Prover) quadraticRows() (out []int) {
	for k := range p.circuit.Rows {
		row := &p.circuit.Rows[k]
		if !p.witness.allKnown(row.Left) && !p.witness.allKnown(row.Right) {
			out = append(out, k)
		}
	}
	return out
}

// rowsFrom writes the terms of some rows and returns their part of the rest.
func (p *Prover) rowsFrom(from, to int, q *fr.Element, quadratic []int, out vectors) (restOwn, restNext fr.Element) {
	c, w := p.circuit, &p.witness
	var power fr.Element
	power.Exp(*q, big.NewInt(int64(from)))
	term := sort.SearchInts(quadratic, from)
	for k := from; k < to; k++ {
		row := &c.Rows[k]
		own, next := w.sums(c, row.Output)
		if term < len(quadratic) && quadratic[term] == k {
			xOwn, xNext := w.sums(c, row.Left)
			yOwn, yNext := w.sums(c, row.Right)
			xOwn.Mul(&xOwn, &power)
			xNext.Mul(&xNext, &power)
			for vector, x := range [...]*fr.Element{&xOwn, &xNext, &yOwn, &yNext} {
				out.put(vector, term, x)
			}
			term++
		} else {
			known, other := row.Left, row.Right
			if !w.allKnown(known) {
				known, other = other, known
			}
			scale := w.publicSum(c, known)
			x, y := w.sums(c, other)
			own.Sub(&own, x.Mul(&x, &scale))
			next.Sub(&next, y.Mul(&y, &scale))
		}
		restOwn.Add(&restOwn, own.Mul(&own, &power))
		restNext.Add(&restNext, next.Mul(&next, &power))
		power.Mul(&power, q)
	}
	return restOwn, restNext
}
