package joint_test

import (
	"fmt"
	"math/rand"
	"syscall"
	"testing"
	"time"

	"io.veilflow/native/internal/joint"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/ruletest"
	"io.veilflow/native/internal/setup"
	"io.veilflow/native/internal/verify"
)

// BenchmarkJointProof tells where one party's time goes, the three provers taking turns. Each stage is given as wall time
// and as processor time, which a busy machine changes less:
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
			stages := map[joint.Kind]string{
				joint.Products: "walk", joint.RowCoin: "rows", joint.RowTerms: "round1",
				joint.RoundOne: "check", joint.RoundOneChecked: "round2", joint.RoundTwo: "verify",
			}
			wall, processor := map[string]time.Duration{}, map[string]time.Duration{}
			measure := func(stage string, work func() error) {
				begin, used := time.Now(), processorTime(b)
				if err := work(); err != nil {
					b.Fatal(err)
				}
				wall[stage] += time.Since(begin)
				processor[stage] += processorTime(b) - used
			}
			for b.Loop() {
				w := start(b, f, in, random)
				for w.outs[0].Kind != joint.Done {
					kind, replies := w.outs[0].Kind, w.replies()
					measure(stages[kind], func() (err error) {
						w.outs[0], err = w.provers[0].Step(replies[0])
						return err
					})
					for party := 1; party < 3; party++ {
						if w.outs[party], err = w.provers[party].Step(replies[party]); err != nil {
							b.Fatal(err)
						}
					}
				}
				measure("clear", func() error {
					_, err := ruletest.ProveInTheClear(c, keys.Proving, in)
					return err
				})
			}
			b.ReportMetric(float64(len(c.Rows)), "constraints")
			b.ReportMetric(float64(len(encoded))/1e6, "key-MB")
			b.ReportMetric(setupTime.Seconds()*1e3, "setup-ms")
			b.ReportMetric(loadTime.Seconds()*1e3, "load-ms")
			for stage := range wall {
				b.ReportMetric(wall[stage].Seconds()*1e3/float64(b.N), stage+"-ms")
				b.ReportMetric(processor[stage].Seconds()*1e3/float64(b.N), stage+"-cpu-ms")
			}
		})
	}
}

// processorTime of this process, user and system.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		b.Fatal(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}
