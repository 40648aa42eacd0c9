package measure

import (
	"fmt"
	"slices"
	"time"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/joint"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/setup"
)

// Figures are wall times, medians over runs.
type Figures struct {
	Walk, Transform, Multiply time.Duration // of the party: walk and row check; quotient; multi-scalar multiplications
	Party                     time.Duration // all of its steps
	Gnark, Dense              time.Duration // gnark's prover on the inputs, and on random wires
}

// Run measures on all input wires in the clear (context, words, book, publics, limbs, counts, bits, advice).
func Run(c *rulecircuit.Circuit, keys *setup.Keys, inputs []fr.Element, runs int) (f Figures, err error) {
	recording, err := Record(c, keys, inputs)
	if err != nil {
		return f, err
	}
	clear, err := NewClear(c, keys, inputs)
	if err != nil {
		return f, err
	}
	dense, err := NewDense(c, keys)
	if err != nil {
		return f, err
	}
	var party, gnark, random []time.Duration
	for range runs {
		stages, err := recording.Replay()
		if err != nil {
			return f, err
		}
		total := stages[joint.Walking] + stages[joint.Transforming] + stages[joint.Multiplying] + stages[joint.Finishing]
		if len(party) == 0 || total < slices.Min(party) {
			f.Walk, f.Transform, f.Multiply = stages[joint.Walking], stages[joint.Transforming], stages[joint.Multiplying]
		}
		party = append(party, total)
		for prover, times := range map[*Gnark]*[]time.Duration{clear: &gnark, dense: &random} {
			begin := time.Now()
			if err := prover.Prove(); err != nil {
				return f, err
			}
			*times = append(*times, time.Since(begin))
		}
	}
	f.Party, f.Gnark, f.Dense = median(party), median(gnark), median(random)
	return f, nil
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

// Recording is party 0's share of a proof, and what it is told in it.
type Recording struct {
	circuit *rulecircuit.Circuit
	keys    *setup.Keys
	share   []byte
	replies [][]byte
}

// Replay is the party's side once more; it returns the time spent in each stage.
func (r *Recording) Replay() (stages map[joint.Stage]time.Duration, err error) {
	stages = map[joint.Stage]time.Duration{}
	begin, stage := time.Now(), joint.Walking
	enter := func(next joint.Stage) {
		now := time.Now()
		stages[stage] += now.Sub(begin)
		begin, stage = now, next
	}
	prover, err := joint.Start(r.circuit, r.keys, 0, r.share)
	if err != nil {
		return nil, err
	}
	defer prover.Close()
	prover.Observe(enter)
	out, err := prover.Step(nil)
	for _, reply := range r.replies {
		if err == nil {
			out, err = prover.Step(reply)
		}
	}
	enter(joint.Finishing)
	if err == nil && out.Kind != joint.Done {
		err = fmt.Errorf("%w: the recording ends at step %d", abi.Internal, out.Kind)
	}
	return stages, err
}

// Record makes a proof with three provers that take turns, with plain arithmetic in the place of the three-party engine.
func Record(c *rulecircuit.Circuit, keys *setup.Keys, inputs []fr.Element) (*Recording, error) {
	w, err := newWorld(c, keys, inputs)
	if err != nil {
		return nil, err
	}
	defer w.close()
	recording := &Recording{circuit: c, keys: keys, share: w.shares[0]}
	for w.outs[0].Kind != joint.Done {
		replies, err := w.replies()
		if err != nil {
			return nil, err
		}
		recording.replies = append(recording.replies, replies[0])
		for party := range w.provers {
			if w.outs[party], err = w.provers[party].Step(replies[party]); err != nil {
				return nil, err
			}
		}
	}
	return recording, nil
}

// commitmentTo is D for a book and a mask.
func commitmentTo(keys *setup.Keys, book []fr.Element, mask fr.Element) (curve.G1Affine, error) {
	basis := keys.Proving.CommitmentKeys[0]
	return basis.Commit(append(append([]fr.Element(nil), book...), mask))
}
