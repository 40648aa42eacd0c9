package rulecircuit

import (
	"fmt"
	"math/big"

	"io.veilflow/native/internal/rulepb"
)

// combine analyses an operation on earlier nodes: a scalar is repeated, two other shapes do not mix, and all operands that
// depend on a candidate depend on the same one.
func (p *Program) combine(op operation, operands *rulepb.Operands, least, most int) (node, error) {
	given := operands.GetNodes()
	if len(given) < least || len(given) > most {
		return node{}, fmt.Errorf("%d operands", len(given))
	}
	result := node{op: op, shape: scalar, kind: public, candidate: none}
	of := make([]*node, len(given))
	secrets := 0
	for i, k := range given {
		var err error
		if of[i], err = p.operand(k); err != nil {
			return node{}, err
		}
		result.operands = append(result.operands, int(k))
		result.kind = max(result.kind, of[i].kind)
		if of[i].kind != public {
			secrets++
		}
		if of[i].shape != scalar {
			if result.shape != scalar && result.shape != of[i].shape {
				return node{}, fmt.Errorf("%s and %s do not mix", p.shapeName(result.shape), p.shapeName(of[i].shape))
			}
			result.shape = of[i].shape
		}
		if of[i].candidate != none {
			if result.candidate != none && result.candidate != of[i].candidate {
				return node{}, fmt.Errorf("depends on candidates %d and %d", result.candidate, of[i].candidate)
			}
			result.candidate = of[i].candidate
		}
	}
	if sums := op == opSum || op == opSumByOwner; sums && result.candidate != none && p.count(p.nodes[result.candidate].shape) > 1 {
		return node{}, fmt.Errorf("sum over the numbers of candidate %d", result.candidate)
	}
	if err := p.finish(&result, of, secrets); err != nil {
		return node{}, err
	}
	return result.bounded()
}

// finish sets what depends on the operation: kind, interval, width, shape of a sum.
func (p *Program) finish(n *node, of []*node, secrets int) error {
	a := of[0].interval
	switch n.op {
	case opAdd:
		n.interval = a
		for _, o := range of[1:] {
			n.interval = n.interval.plus(o.interval)
		}
	case opSubtract:
		n.interval = a.minus(of[1].interval)
	case opMultiply:
		n.interval = a.times(of[1].interval)
		n.product(secrets)
	case opLessThan, opEqual:
		return n.comparison(a.minus(of[1].interval))
	case opBoth, opEither, opNot:
		for i, o := range of {
			if !o.interval.isBit() {
				return fmt.Errorf("operand %d is no bit", n.operands[i])
			}
		}
		n.interval = ofBits(1)
		n.product(secrets)
	case opSelect:
		if !a.isBit() {
			return fmt.Errorf("operand %d is no bit", n.operands[0])
		}
		n.interval = of[1].interval.or(of[2].interval)
		if of[0].kind != public {
			n.product(secrets)
		}
	case opSum:
		if n.shape == scalar {
			return fmt.Errorf("sum of a scalar")
		}
		n.interval = a.sumOf(p.count(n.shape), p.count(n.shape))
		n.shape = scalar
	case opSumByOwner:
		return p.sumByOwner(n, a)
	}
	return nil
}

// product: of two secrets it is a field element.
func (n *node) product(secrets int) {
	if secrets > 1 {
		n.kind = field
	}
}

func (n *node) comparison(difference interval) error {
	if n.kind == public {
		return fmt.Errorf("comparison of two public nodes")
	}
	n.kind = field
	n.width = difference.comparisonWidth()
	if n.width > comparisonBitsMax {
		return fmt.Errorf("comparison needs %d bits, at most %d", n.width, comparisonBitsMax)
	}
	n.interval = ofBits(1)
	return nil
}

func (p *Program) sumByOwner(n *node, a interval) error {
	if n.shape%2 != 1 {
		return fmt.Errorf("sum by owner of %s", p.shapeName(n.shape))
	}
	n.role = int(n.shape / 2)
	owners := p.message.Roles[n.role].OwnerSlots
	if len(owners) == 0 {
		return fmt.Errorf("role %d has no owners", n.role)
	}
	least, most := owners[0], owners[0]
	for _, slots := range owners {
		least, most = min(least, slots), max(most, slots)
	}
	n.interval = a.sumOf(int(least), int(most))
	n.shape = ownersOf(n.role)
	return nil
}

// sumOf is the interval of a sum of least to most values.
func (a interval) sumOf(least, most int) interval {
	few, many := big.NewInt(int64(least)), big.NewInt(int64(most))
	return a.times(interval{few, few}).or(a.times(interval{many, many}))
}

// lookedFor is the number h that a greatest finds.
func (p *Program) lookedFor(k int, c *rulepb.Candidate) (node, error) {
	if c.GetBits() == 0 || c.GetBits() > candidateBitsMax {
		return node{}, fmt.Errorf("candidate of %d bits, 1 to %d", c.GetBits(), candidateBitsMax)
	}
	if int64(c.GetShape()) > 2*int64(len(p.message.Roles)) {
		return node{}, fmt.Errorf("candidate of shape %d, there are %d roles", c.GetShape(), len(p.message.Roles))
	}
	s := shape(c.GetShape())
	if p.count(s) == 0 {
		return node{}, fmt.Errorf("candidate for %s: it has none", p.shapeName(s))
	}
	return node{
		op: opCandidate, bits: int(c.GetBits()), shape: s, kind: field, candidate: k,
		interval: interval{new(big.Int), powerOfTwo(int(c.GetBits()))}, // h + 1 included
	}, nil
}

// greatest is the h at which the condition holds and after which it fails.
func (p *Program) greatest(g *rulepb.Greatest) (node, error) {
	h, err := p.operand(g.GetCandidate())
	if err != nil {
		return node{}, err
	}
	condition, err := p.operand(g.GetCondition())
	if err != nil {
		return node{}, err
	}
	if h.op != opCandidate {
		return node{}, fmt.Errorf("node %d is no candidate", g.GetCandidate())
	}
	if condition.candidate != int(g.GetCandidate()) {
		return node{}, fmt.Errorf("condition %d does not depend on candidate %d", g.GetCondition(), g.GetCandidate())
	}
	if condition.shape != h.shape {
		return node{}, fmt.Errorf("condition for %s, candidate for %s", p.shapeName(condition.shape), p.shapeName(h.shape))
	}
	if !condition.interval.isBit() {
		return node{}, fmt.Errorf("condition %d is no bit", g.GetCondition())
	}
	return node{
		op: opGreatest, operands: []int{int(g.GetCandidate()), int(g.GetCondition())}, shape: h.shape, kind: field,
		candidate: none, interval: ofBits(uint32(h.bits)),
	}, nil
}

// checkCandidates: each has exactly one greatest.
func (p *Program) checkCandidates() error {
	found := make(map[int]int)
	for k, n := range p.nodes {
		if n.op != opGreatest {
			continue
		}
		if first, twice := found[n.operands[0]]; twice {
			return fmt.Errorf("node %d: candidate %d has its greatest in node %d", k, n.operands[0], first)
		}
		found[n.operands[0]] = k
	}
	for k, n := range p.nodes {
		if _, ok := found[k]; n.op == opCandidate && !ok {
			return fmt.Errorf("node %d: candidate without a greatest", k)
		}
	}
	return nil
}
