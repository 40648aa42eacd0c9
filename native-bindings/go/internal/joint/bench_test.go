package joint_test

import (
	"fmt"
	"math/rand"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"io.veilflow/native/internal/measure"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/ruletest"
	"io.veilflow/native/internal/setup"
)

// BenchmarkProver holds one party's joint prover against gnark's own on a dense witness of the same circuit, each alone on
// the machine, at 2^14, 2^16 and 2^18 constraints: time at most 1.1 times, memory (peak of the process, the key included) at
// most 1.2 times. The setup of the largest takes a minute:
//
//	go test ./internal/joint -run NONE -bench Prover -benchtime 5x -timeout 30m
func BenchmarkProver(b *testing.B) {
	for _, size := range []int{14, 16, 18} {
		b.Run(fmt.Sprintf("constraints=2^%d", size), func(b *testing.B) {
			c := circuitOf(b, 1<<size)
			keys, err := setup.Unsafe(c)
			if err != nil {
				b.Fatal(err)
			}
			random := rand.New(rand.NewSource(seed))
			in := ruletest.MarketHealthInputs(c.Program, 1, slotsOf(c), random)
			inputs := elements(in.All())
			recording, err := measure.Record(c, keys, inputs)
			if err != nil {
				b.Fatal(err)
			}
			dense, err := measure.NewDense(c, keys)
			if err != nil {
				b.Fatal(err)
			}
			var party, gnark use
			for b.Loop() {
				party.add(b, func() error { _, err := recording.Replay(); return err })
				gnark.add(b, dense.Prove)
			}
			b.ReportMetric(float64(len(c.Rows)), "constraints")
			b.ReportMetric(party.wall.Seconds()*1e3/float64(b.N), "party-ms")
			b.ReportMetric(gnark.wall.Seconds()*1e3/float64(b.N), "gnark-dense-ms")
			b.ReportMetric(party.wall.Seconds()/gnark.wall.Seconds(), "time-ratio")
			b.ReportMetric(party.processor.Seconds()/gnark.processor.Seconds(), "processor-ratio")
			b.ReportMetric(float64(party.peak)/1e3, "party-MB")
			b.ReportMetric(float64(gnark.peak)/1e3, "gnark-MB")
			b.ReportMetric(float64(party.peak)/float64(gnark.peak), "memory-ratio")
		})
	}
}

// BenchmarkStages tells where one party's time goes, and what gnark's prover takes on the same inputs:
//
//	go test ./internal/joint -run NONE -bench Stages -benchtime 1x
func BenchmarkStages(b *testing.B) {
	for _, slots := range []int{16, 64, 256, 1024} {
		b.Run(fmt.Sprintf("slots=%d", slots), func(b *testing.B) {
			c, err := rulecircuit.Compile(ruletest.MarketHealthByLimbs(1, slots, 8))
			if err != nil {
				b.Fatal(err)
			}
			keys, err := setup.Unsafe(c)
			if err != nil {
				b.Fatal(err)
			}
			in := ruletest.MarketHealthInputs(c.Program, 1, slots, rand.New(rand.NewSource(seed)))
			var f measure.Figures
			for b.Loop() {
				if f, err = measure.Run(c, keys, elements(in.All()), 3); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(c.Rows)), "constraints")
			for name, d := range map[string]time.Duration{
				"walk": f.Walk, "fft": f.Transform, "msm": f.Multiply, "party": f.Party, "gnark": f.Gnark, "gnark-dense": f.Dense,
			} {
				b.ReportMetric(d.Seconds()*1e3, name+"-ms")
			}
		})
	}
}

// circuitOf is a market with almost as many constraints, and no more.
func circuitOf(b *testing.B, constraints int) *rulecircuit.Circuit {
	b.Helper()
	size := func(slots int) *rulecircuit.Circuit {
		c, err := rulecircuit.Compile(ruletest.MarketHealth(1, slots))
		if err != nil {
			b.Fatal(err)
		}
		return c
	}
	one, two := len(size(100).Rows), len(size(200).Rows)
	each := (two - one) / 100
	c := size((constraints-one)/each + 98)
	if len(c.Rows) > constraints || len(c.Rows) < constraints*9/10 {
		b.Fatalf("%d constraints", len(c.Rows))
	}
	return c
}

func slotsOf(c *rulecircuit.Circuit) int { return int(c.Program.Message().Roles[0].Slots) }

// use is what a prover took: wall time, processor time, which a busy machine changes less, and the peak of the process's
// memory in KB (Linux; 0 elsewhere).
type use struct {
	wall, processor time.Duration
	peak            int
}

func (u *use) add(b *testing.B, work func() error) {
	b.Helper()
	debug.FreeOSMemory()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // where there is none, the peak stays 0
	begin, before := time.Now(), processorTime(b)
	if err := work(); err != nil {
		b.Fatal(err)
	}
	u.wall += time.Since(begin)
	u.processor += processorTime(b) - before
	status, _ := os.ReadFile("/proc/self/status")
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	if fields := strings.Fields(after); len(fields) > 0 {
		kilobytes, _ := strconv.Atoi(fields[0])
		u.peak = max(u.peak, kilobytes)
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
