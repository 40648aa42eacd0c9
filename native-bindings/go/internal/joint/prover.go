package joint

import (
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/setup"
)

// Kind names an outbound step; JointStep in Java says what each asks for.
type Kind byte

const (
	RoundZero       Kind = 1 + iota // share of D2
	Products                        // x own || x next || y own || y next
	Inversions                      // x own || x next
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

// Stage is a part of the work, for measurements.
type Stage int

const (
	Walking      Stage = iota // witness walk and row check
	Transforming              // the quotient h
	Multiplying               // the multi-scalar multiplications
	Finishing                 // checks and round two
)

// Prover holds one party's secrets of one proof. One thread at a time.
type Prover struct {
	circuit *rulecircuit.Circuit
	keys    *setup.Keys
	party   int
	enter   func(Stage)

	witness replicated
	walk    *rulecircuit.Walk
	level   int
	waiting Kind // the last outbound, 0 before the first
	over    bool // failed, done or closed: refuses everything

	shamir    []fr.Element // degree-1 share of every wire, while they are multiplied
	r, s      fr.Element   // shares of the blinding
	expected  curve.G1Affine
	publics   []fr.Element   // context, then the words; complete from round two on
	second    curve.G1Affine // this party's share of D2, then D2
	mine      roundOne
	opened    roundOne
	withoutAB curve.G1Jac // share of C but for what A and B add
	krs       curve.G1Affine
}

// Start reads a witness share: tag per input wire (0 known, 1 shared) || own components || next components || for each
// commitment mask own || mask next || expected commitment. For a known wire own is the value and next is zero.
func Start(c *rulecircuit.Circuit, keys *setup.Keys, party int, share []byte) (*Prover, error) {
	if party < 0 || party > 2 {
		return nil, fmt.Errorf("%w: party %d", abi.InvalidArgument, party)
	}
	p := &Prover{circuit: c, keys: keys, party: party, enter: func(Stage) {}}
	if err := p.read(share); err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

// Observe has each stage announced as it begins.
func (p *Prover) Observe(enter func(Stage)) { p.enter = enter }

// Step takes the reply to the last outbound (nothing at first) and computes up to the next. After any error the prover is
// over: its secrets are zeroed and it refuses everything, so that r, s and the masks serve once.
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

// Close zeroes the secrets and lets go of the keys; idempotent.
func (p *Prover) Close() {
	p.over = true
	p.witness.wipe()
	p.wipeShamir()
	p.r.SetZero()
	p.s.SetZero()
	p.withoutAB = curve.G1Jac{}
	p.circuit, p.keys, p.walk = nil, nil, nil
}

func (p *Prover) wipeShamir() {
	clear(p.shamir)
	p.shamir = nil
}

func (p *Prover) step(reply []byte) (Outbound, error) {
	switch p.waiting {
	case 0:
		if err := wantBytes(reply, 0); err != nil {
			return Outbound{}, err
		}
		p.enter(Walking)
		if len(p.circuit.Commitments) == 2 {
			return p.roundZero()
		}
		return p.enterLevel()
	case RoundZero:
		if err := p.takeSecond(reply); err != nil {
			return Outbound{}, err
		}
		return p.enterLevel()
	case Products:
		return p.takeProducts(reply)
	case Inversions:
		return p.takeInverses(reply)
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
