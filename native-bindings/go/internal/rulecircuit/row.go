package rulecircuit

import (
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
)

// rowBlueprint writes rows that gnark's API has no word for: left * right = output with three sums of the caller's choice.
// By Mul and AssertIsEqual they would take two rows and a wire each, and the joint prover a product of shares more.
type rowBlueprint struct{ id constraint.BlueprintID }

func newRowBlueprint(api frontend.API) rowBlueprint {
	return rowBlueprint{api.Compiler().AddBlueprint(&constraint.BlueprintGenericR1C{})}
}

// row asserts left * right = output; the shorter factor should be right (its points are in G2 too).
func (b *rows) row(left, right, output frontend.Variable) {
	row := constraint.R1C{L: b.terms(left), R: b.terms(right), O: b.terms(output)}
	var call []uint32
	(&constraint.BlueprintGenericR1C{}).CompressR1C(&row, &call)
	b.api.Compiler().AddInstruction(b.blueprint.id, call)
}

// terms is the sum that a variable stands for; a constant is a multiple of wire 0.
func (b *rows) terms(v frontend.Variable) constraint.LinearExpression {
	canonical := b.api.Compiler().ToCanonicalVariable(v).(constraint.LinearExpression)
	out := make(constraint.LinearExpression, len(canonical))
	for i, t := range canonical {
		if t.IsConstant() {
			t.VID = 0
		}
		out[i] = t
	}
	return out
}
