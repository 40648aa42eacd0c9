package joint_test

import (
	"fmt"
	"math/rand"
	"testing"
	"time"

	"io.veilflow/native/internal/joint"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/ruletest"
	"io.veilflow/native/internal/setup"
	"io.veilflow/native/internal/verify"
)

// BenchmarkJointProof tells where one party's time goes, alone on the machine (the three provers take turns):
//
//	go test ./internal/joint -run NONE -bench JointProof -benchtime 1x -timeout 30m
func BenchmarkJointProof(b *testing.B) {
	for _, slots := range []int{16, 64, 256} {
		b.Run(fmt.Sprintf("slots=%d", slots), func(b *testing.B) {
			c, err := rulecircuit.Compile(ruletest.MarketHealth(3, slots))
			if err != nil {
				b.Fatal(err)
			}
			begin := time.Now()
			keys, err := setup.Unsafe(c)
			if err != nil {
				b.Fatal(err)
			}
			setupTime := time.Since(begin)
			encoded, err := setup.Encode(c, keys)
			if err != nil {
				b.Fatal(err)
			}
			verifying := verify.AppendKey(nil, keys.Verifying)
			begin = time.Now()
			if _, err := setup.Load(c, encoded, verifying); err != nil {
				b.Fatal(err)
			}
			loadTime := time.Since(begin)
			f := &fixture{c, keys}
			random := rand.New(rand.NewSource(seed))
			in := ruletest.MarketHealthInputs(c.Program, 3, slots, random)
			spent := map[joint.Kind]time.Duration{}
			var clear time.Duration
			for b.Loop() {
				w := start(b, f, in, random)
				for w.outs[0].Kind != joint.Done {
					kind, replies := w.outs[0].Kind, w.replies()
					for party := range w.provers {
						begin := time.Now()
						out, err := w.provers[party].Step(replies[party])
						if err != nil {
							b.Fatal(err)
						}
						if party == 0 {
							spent[kind] += time.Since(begin)
						}
						w.outs[party] = out
					}
				}
				begin := time.Now()
				if _, err := ruletest.ProveInTheClear(c, keys.Proving, in); err != nil {
					b.Fatal(err)
				}
				clear += time.Since(begin)
			}
			for name, kinds := range map[string][]joint.Kind{
				"walk-ms": {joint.Products}, "rows-ms": {joint.RowCoin}, "round1-ms": {joint.RowTerms},
				"check-ms": {joint.RoundOne}, "round2-ms": {joint.RoundOneChecked}, "verify-ms": {joint.RoundTwo},
			} {
				total := time.Duration(0)
				for _, k := range kinds {
					total += spent[k]
				}
				b.ReportMetric(total.Seconds()*1e3/float64(b.N), name)
			}
			b.ReportMetric(float64(len(c.Rows)), "constraints")
			b.ReportMetric(float64(len(encoded))/1e6, "key-MB")
			b.ReportMetric(setupTime.Seconds()*1e3, "setup-ms")
			b.ReportMetric(loadTime.Seconds()*1e3, "load-ms")
			b.ReportMetric(clear.Seconds()*1e3/float64(b.N), "clear-ms")
		})
	}
}
