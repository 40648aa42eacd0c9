package rulecircuit

import (
	"crypto/sha256"
	"encoding/binary"
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
const compilerVersion = "veilflow-rules/1 gnark/0.16.1"

// Term is a coefficient (an index into Circuit.Coefficients) times a wire.
type Term struct{ Wire, Coefficient uint32 }

// Row says left * right = output, each a sum of terms.
type Row struct{ Left, Right, Output []Term }

// Circuit is a rule compiled and checked. Read-only after Compile; wires are numbered one, public, secret, internal.
type Circuit struct {
	Program      *Program
	Layout       *Layout
	System       *cs.R1CS
	Rows         []Row
	Coefficients []fr.Element
	Public       int   // public wires, the constant one included
	Secret       int   // secret inputs
	Wires        int   // all wires
	Committed    []int // committed wires ascending: the book, then the mask
	Mask         int
	Challenge    int
	Digest       [sha256.Size]byte
	Levels       int // rounds of the witness walk
	Products     int // shared products of the walk
}

// Compile builds the circuit of a rule and checks what PROTOCOLS 8.4 asks of it.
func Compile(rule []byte) (*Circuit, error) {
	program, err := Parse(rule)
	if err != nil {
		return nil, err
	}
	abi.Quiet()
	layout := layoutOf(program)
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
	if err := c.check(); err != nil {
		return nil, err
	}
	c.Levels, c.Products, err = c.walkSize()
	if err != nil {
		return nil, err
	}
	c.Digest = c.digest()
	return c, nil
}

// NewWitness is an empty assignment for this circuit.
func (c *Circuit) NewWitness() *Assignment { return NewAssignment(c.Layout) }

// read copies gnark's rows and commitment.
func read(system *cs.R1CS) (*Circuit, error) {
	c := &Circuit{
		System:       system,
		Coefficients: system.Coefficients,
		Public:       system.GetNbPublicVariables(),
		Secret:       system.GetNbSecretVariables(),
	}
	c.Wires = c.Public + c.Secret + system.GetNbInternalVariables()
	commitments, ok := system.CommitmentInfo.(constraint.Groth16Commitments)
	if !ok || len(commitments) != 1 || len(commitments[0].PublicAndCommitmentCommitted) != 0 {
		return nil, fmt.Errorf("%w: the circuit must commit exactly once, to secret wires only", abi.InvalidRule)
	}
	c.Committed = commitments[0].PrivateCommitted
	c.Mask = c.Committed[len(c.Committed)-1]
	c.Challenge = commitments[0].CommitmentIndex
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

// digest is SHA-256 of fields("veilflow/circuit/1", compiler version, rule hash, listing). The listing: u32 public wires
// (the constant one included), secret wires, wires, mask wire, challenge wire, number of committed wires; each of them;
// number of rows; each row as three sums, each a u32 count and then per term u32 wire and the 32-byte coefficient.
func (c *Circuit) digest() [sha256.Size]byte {
	hash := c.Program.Hash()
	length := 4 * (7 + len(c.Committed))
	for _, r := range c.Rows {
		length += 3*4 + (len(r.Left)+len(r.Right)+len(r.Output))*(4+fr.Bytes)
	}
	h := sha256.New()
	number := func(v int) { _ = binary.Write(h, binary.BigEndian, uint32(v)) }
	for _, f := range [][]byte{[]byte("veilflow/circuit/1"), []byte(compilerVersion), hash[:]} {
		number(len(f))
		h.Write(f)
	}
	number(length)
	for _, v := range []int{c.Public, c.Secret, c.Wires, c.Mask, c.Challenge, len(c.Committed)} {
		number(v)
	}
	for _, v := range c.Committed {
		number(v)
	}
	number(len(c.Rows))
	var buffer []byte
	for _, r := range c.Rows {
		buffer = buffer[:0]
		for _, s := range [][]Term{r.Left, r.Right, r.Output} {
			buffer = binary.BigEndian.AppendUint32(buffer, uint32(len(s)))
			for _, t := range s {
				buffer = binary.BigEndian.AppendUint32(buffer, t.Wire)
				b := c.Coefficients[t.Coefficient].Bytes()
				buffer = append(buffer, b[:]...)
			}
		}
		h.Write(buffer)
	}
	return [sha256.Size]byte(h.Sum(nil))
}
