package rulecircuit

// rangeWidths is the width of every range that the circuit shows, in the order of docs/wire.md section 3: public inputs,
// book wires, nodes.
func (p *Program) rangeWidths() []int {
	widths := p.publicWidths()
	for r, role := range p.message.Roles {
		for s := uint32(0); s < role.Slots; s++ {
			for _, f := range p.fields[r] {
				widths = append(widths, f.widths()...)
			}
		}
	}
	for _, n := range p.nodes {
		switch n.op {
		case opCandidate:
			widths = append(widths, repeat(n.bits, p.count(n.shape))...)
		case opLessThan:
			widths = append(widths, repeat(n.width, n.copies()*p.count(n.shape))...)
		}
	}
	return widths
}

func (p *Program) publicWidths() (widths []int) {
	for _, in := range p.message.PublicInputs {
		widths = append(widths, int(in.Bits))
	}
	return widths
}

// widths of a secret number's ranges: x - minimum, and maximum - x if maximum - minimum + 1 is no power of two.
func (a interval) widths() []int {
	w := a.size().BitLen()
	if ofBits(uint32(w)).high.Cmp(a.size()) == 0 {
		return []int{w}
	}
	return []int{w, w}
}

func repeat(w, times int) []int {
	out := make([]int, times)
	for i := range out {
		out[i] = w
	}
	return out
}

// division says how a range of w bits is shown with limbs of t bits: so many limbs, of which the top one has topBits and is
// looked up a second time if they are fewer than t; no limb means by w bits.
func division(w, t int) (limbs, topBits int) {
	if t == 0 || w <= narrowBits {
		return 0, 0
	}
	limbs = (w + t - 1) / t
	return limbs, w - (limbs-1)*t
}
