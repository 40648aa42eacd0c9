package rulecircuit

import (
	"crypto/sha256"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"io.veilflow/native/internal/abi"
)

// compilerVersion names the way rows are made from a rule; any change of it changes every circuit digest.
const compilerVersion = "veilflow-rules/2 gnark/0.16.1"

// Term is a coefficient (an index into Circuit.Coefficients) times a wire.
type Term struct{ Wire, Coefficient uint32 }

// Row says left * right = output, each a sum of terms.
type Row struct{ Left, Right, Output []Term }

// Commitment is one of the proof's: its wires ascending, the mask last, and the wire of its challenge.
type Commitment struct {
	Wires           []int
	Mask, Challenge int
}

// Circuit is a rule compiled and checked. Read-only after Compile; wires are numbered one, public, secret, internal.
type Circuit struct {
	Program      *Program
	Layout       *Layout
	System       *cs.R1CS
	Rows         []Row
	Coefficients []fr.Element
	Public       int          // public wires, the constant one included
	Secret       int          // secret inputs
	Wires        int          // all wires
	Commitments  []Commitment // to the book; with limbs, then to limbs and counts
	Digest       [sha256.Size]byte
	Levels       int // rounds of the witness walk that multiply
	Products     int // shared products of the walk
	Inverses     int // inverses of shared values of the walk
}

// Compile builds the circuit of a rule and checks what PROTOCOLS 8.4 asks of it.
func Compile(rule []byte) (*Circuit, error) {
	program, err := Parse(rule)
	if err != nil {
		return nil, err
	}
	abi.Quiet()
	layout, err := layoutOf(program)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", abi.InvalidRule, err)
	}
	definition := NewAssignment(layout)
	definition.program, definition.layout = program, layout
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, definition)
	if err != nil {
		return nil, fmt.Errorf("%w: the circuit does not compile: %w", abi.InvalidRule, err)
	}
	system, ok := compiled.(*cs.R1CS)
	if !ok {
		return nil, fmt.Errorf("%w: compiled to %T", abi.Internal, compiled)
	}
	c, err := read(system)
	if err != nil {
		return nil, err
	}
	c.Program, c.Layout = program, layout
	if c.Public+c.Secret-1 != layout.Inputs() {
		return nil, fmt.Errorf("%w: %d input wires, expected %d", abi.Internal, c.Public+c.Secret-1, layout.Inputs())
	}
	if err := c.finish(); err != nil {
		return nil, err
	}
	c.Digest = c.digest()
	return c, nil
}

// finish checks the circuit and counts its witness walk.
func (c *Circuit) finish() error {
	if err := c.check(); err != nil {
		return err
	}
	walk, err := c.PlanWalk(c.UsualKnowledge())
	if err != nil {
		return err
	}
	if divisions := walk.divisions(); divisions != c.Layout.Divisions {
		return fmt.Errorf("%w: %d divisions, declared are %d", abi.InvalidRule, divisions, c.Layout.Divisions)
	}
	c.Levels, c.Products, c.Inverses = walk.size()
	return nil
}

// NewWitness is an empty assignment for this circuit.
func (c *Circuit) NewWitness() *Assignment { return NewAssignment(c.Layout) }

// read copies gnark's rows and commitments.
func read(system *cs.R1CS) (*Circuit, error) {
	c := &Circuit{
		System:       system,
		Coefficients: system.Coefficients,
		Public:       system.GetNbPublicVariables(),
		Secret:       system.GetNbSecretVariables(),
	}
	c.Wires = c.Public + c.Secret + system.GetNbInternalVariables()
	commitments, ok := system.CommitmentInfo.(constraint.Groth16Commitments)
	if !ok {
		return nil, fmt.Errorf("%w: commitments of %T", abi.Internal, system.CommitmentInfo)
	}
	for k, of := range commitments {
		if len(of.PublicAndCommitmentCommitted) != 0 || len(of.PrivateCommitted) == 0 {
			return nil, fmt.Errorf("%w: commitment %d must be to secret wires only", abi.InvalidRule, k)
		}
		c.Commitments = append(c.Commitments, Commitment{
			Wires: of.PrivateCommitted, Mask: of.PrivateCommitted[len(of.PrivateCommitted)-1], Challenge: of.CommitmentIndex,
		})
	}
	iterator := system.GetR1CIterator()
	for r := iterator.Next(); r != nil; r = iterator.Next() {
		c.Rows = append(c.Rows, Row{c.terms(r.L), c.terms(r.R), c.terms(r.O)})
	}
	return c, nil
}

// terms copies an expression without its zero coefficients.
func (c *Circuit) terms(from constraint.LinearExpression) []Term {
	out := make([]Term, 0, len(from))
	for _, t := range from {
		if !c.Coefficients[t.CoeffID()].IsZero() {
			out = append(out, Term{uint32(t.WireID()), uint32(t.CoeffID())})
		}
	}
	return out
}
