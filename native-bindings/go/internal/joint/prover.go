package joint

import (
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/setup"
	"io.veilflow/native/internal/verify"
)

// Kind names an outbound step; JointStep in Java says what each asks for.
type Kind byte

const (
	Products        Kind = 1 + iota // x own || x next || y own || y next
	RowCoin                         // nothing
	RowTerms                        // x own || x next || y own || y next || rest own || rest next
	RoundOne                        // A || B in G1 || B in G2 || D || PoK
	RoundOneChecked                 // nothing
	RoundTwo                        // share of C
	Done                            // proof
)

// Outbound is what the prover asks for next.
type Outbound struct {
	Kind Kind
	Body []byte
}

// roundOneBytes of a message: five points.
const roundOneBytes = 4*abi.G1Bytes + abi.G2Bytes

// Prover holds one party's secrets of one proof. One thread at a time.
type Prover struct {
	circuit *rulecircuit.Circuit
	keys    *setup.Keys
	party   int

	witness replicated
	walk    *rulecircuit.Walk
	level   int
	waiting Kind // the last outbound, 0 before the first
	over    bool // failed, done or closed: refuses everything

	shamir   []fr.Element // degree-1 share of every wire
	r, s     fr.Element   // shares of the blinding
	expected curve.G1Affine
	publics  []fr.Element // context, then the words; complete from round two on
	mine     roundOne
	opened   roundOne
	krs      curve.G1Affine // this party's share of C
}

// Start reads a witness share: tag per input wire (0 known, 1 shared) || own components || next components || mask own ||
// mask next || expected commitment. For a known wire own is the value and next is zero.
func Start(c *rulecircuit.Circuit, keys *setup.Keys, party int, share []byte) (*Prover, error) {
	n := c.Layout.Inputs()
	if len(c.Commitments) != 1 {
		return nil, fmt.Errorf("%w: a circuit with %d commitments", abi.InvalidArgument, len(c.Commitments))
	}
	if party < 0 || party > 2 {
		return nil, fmt.Errorf("%w: party %d", abi.InvalidArgument, party)
	}
	if want := n + (2*n+2)*abi.ElementBytes + abi.G1Bytes; len(share) != want {
		return nil, fmt.Errorf("%w: witness share of %d bytes, expected %d", abi.InvalidWitness, len(share), want)
	}
	tags, rest := share[:n], share[n:]
	elements, err := abi.Elements(rest[:(2*n+2)*abi.ElementBytes])
	if err != nil {
		return nil, fmt.Errorf("%w: %w", abi.InvalidWitness, err)
	}
	defer clear(elements)
	p := &Prover{circuit: c, keys: keys, party: party, witness: newReplicated(c, party)}
	if err := p.fill(tags, elements, rest[(2*n+2)*abi.ElementBytes:]); err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

func (p *Prover) fill(tags []byte, elements []fr.Element, commitment []byte) (err error) {
	n := len(tags)
	if p.expected, err = abi.G1(commitment); err != nil {
		return fmt.Errorf("%w: expected commitment: %w", abi.InvalidWitness, err)
	}
	p.witness.setKnown(0, fr.One())
	for i, tag := range tags {
		own, next := elements[i], elements[n+i]
		switch {
		case tag == 0 && next.IsZero():
			p.witness.setKnown(1+i, own)
		case tag == 1:
			p.witness.setShared(1+i, own, next)
		default:
			return fmt.Errorf("%w: input wire %d: tag %d", abi.InvalidWitness, i, tag)
		}
	}
	if !p.witness.known[1] {
		return fmt.Errorf("%w: the context must be known", abi.InvalidWitness)
	}
	p.witness.setShared(p.circuit.Commitments[0].Mask, elements[2*n], elements[2*n+1])
	p.witness.setKnown(p.circuit.Commitments[0].Challenge, verify.Challenge(&p.expected))
	p.publics = append(p.publics, p.witness.value[1:p.circuit.Public]...)
	p.walk, err = p.circuit.PlanWalk(p.witness.known)
	return err
}

// Step takes the reply to the last outbound (nothing at first) and computes up to the next. After any error the prover is
// over: its secrets are zeroed and it refuses everything, so that r and s serve once.
func (p *Prover) Step(reply []byte) (out Outbound, err error) {
	if p.over {
		return Outbound{}, fmt.Errorf("%w: the proof is over", abi.WrongState)
	}
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("%w: panic in a step", abi.Internal)
		}
		if err != nil {
			out = Outbound{}
			p.Close()
		}
	}()
	out, err = p.step(reply)
	p.waiting = out.Kind
	if err == nil && out.Kind == Done {
		p.Close()
	}
	return out, err
}

// Close zeroes the secrets; idempotent.
func (p *Prover) Close() {
	p.over = true
	p.witness.wipe()
	clear(p.shamir)
	p.r.SetZero()
	p.s.SetZero()
}

func (p *Prover) step(reply []byte) (Outbound, error) {
	switch p.waiting {
	case 0:
		if err := wantBytes(reply, 0); err != nil {
			return Outbound{}, err
		}
		return p.enterLevel()
	case Products:
		if err := p.takeProducts(reply); err != nil {
			return Outbound{}, err
		}
		return p.enterLevel()
	case RowCoin:
		return p.rowTerms(reply)
	case RowTerms:
		return p.firstRound(reply)
	case RoundOne:
		return p.checkFirstRound(reply)
	case RoundOneChecked:
		return p.secondRound(reply)
	case RoundTwo:
		return p.finish(reply)
	default:
		return Outbound{}, fmt.Errorf("%w: step %d", abi.Internal, p.waiting)
	}
}

func wantBytes(reply []byte, n int) error {
	if len(reply) != n {
		return fmt.Errorf("%w: reply of %d bytes, expected %d", abi.InvalidArgument, len(reply), n)
	}
	return nil
}
