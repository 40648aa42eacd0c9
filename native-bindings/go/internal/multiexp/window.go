package multiexp

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
)

const (
	largestWindow = 16

	// largestBatch is how many additions share an inversion at most; their operands stay in the processor's cache.
	largestBatch = 512

	// Multiplications that an addition with a shared inversion takes, and such an inversion.
	additionCost  = 6
	inversionCost = 70
)

// group is what the buckets need of a group: P is affine, J a sum in other coordinates.
type group[P, J any] struct {
	// phi and negate change a point in place.
	phi, negate func(*P)
	isZero      func(*P) bool
	// adder makes a function that adds b[i] to a[i] for every i, at most largestBatch of them, and one that wipes its scratch.
	adder func() (add func(a []*P, b []P), wipe func())
	// add, addSum and double change the sum.
	add    func(*J, *P)
	addSum func(*J, *J)
	double func(*J)
}

// Terms are points and as many scalars.
type Terms[P any] struct {
	Points  []P
	Scalars []fr.Element
}

// sum is the sum of scalar times point over all terms; windows are worked on in so many goroutines.
func sum[P, J any](g *group[P, J], tasks int, terms []Terms[P]) (total J, err error) {
	n := 0
	for _, t := range terms {
		if len(t.Points) != len(t.Scalars) {
			return total, fmt.Errorf("%w: %d points for %d scalars", abi.Internal, len(t.Points), len(t.Scalars))
		}
		n += len(t.Points)
	}
	if n == 0 {
		return total, nil
	}
	c := windowFor(n)
	windows := windowsOf(c)
	all := make([]P, 0, 2*n)
	for _, t := range terms {
		all = append(all, t.Points...)
	}
	all = append(all, all...)
	for i := range all[n:] {
		g.phi(&all[n+i])
	}
	cut := make([]int16, 2*n*windows)
	defer clear(cut)
	at := 0
	for _, t := range terms {
		digits(t.Scalars, c, windows, cut[at:], n)
		at += len(t.Scalars)
	}
	for i := range all {
		if g.isZero(&all[i]) {
			for j := range windows {
				cut[2*n*j+i] = 0
			}
		}
	}

	sums := make([]J, windows)
	defer clear(sums)
	work := make([]func() error, windows)
	spare := make(chan *buckets[P, J], tasks)
	for range tasks {
		spare <- nil
	}
	for j := range windows {
		work[j] = func() error {
			b := <-spare
			defer func() { spare <- b }()
			if b == nil {
				b = newBuckets(g, c)
			}
			sums[j] = b.sum(all, cut[2*n*j:2*n*(j+1)])
			return nil
		}
	}
	err = abi.Lanes(tasks, work)
	for range tasks {
		if b := <-spare; b != nil {
			b.wipe()
		}
	}
	total = sums[windows-1]
	for j := windows - 2; j >= 0; j-- {
		for range c {
			g.double(&total)
		}
		g.addSum(&total, &sums[j])
	}
	return total, err
}

// windowFor is the window with the fewest multiplications.
func windowFor(n int) (best int) {
	least := 0
	for c := 3; c <= largestWindow; c++ {
		perWindow := additionCost*2*n + (2*additionCost+1)<<(c-1) + 40*inversionCost
		if cost := windowsOf(c) * perWindow; best == 0 || cost < least {
			best, least = c, cost
		}
	}
	return best
}

// windowsOf covers what lies within 2^halfBits of zero.
func windowsOf(c int) int { return (halfBits + 1 + c - 1) / c }

// buckets sums one window at a time, always in the same memory. Points are taken in their order; one whose bucket is in the batch
// already waits in a queue for the next batch.
type buckets[P, J any] struct {
	group  *group[P, J]
	adds   func(a []*P, b []P)
	forget func() // wipes the scratch of adds
	points []P    // bucket k-1 takes the points with digits k and -k
	filled []bool
	batch  int

	left   []*P // of the batch that is being filled
	right  []P
	last   []uint32 // number of the batch that a bucket was last in
	number uint32
	queue  []entry
	again  []entry
}

type entry struct {
	point uint32
	digit int16
}

func newBuckets[P, J any](g *group[P, J], c int) *buckets[P, J] {
	count := 1 << (c - 1)
	size := max(4, min(largestBatch, count/4))
	adds, forget := g.adder()
	return &buckets[P, J]{
		group: g, adds: adds, forget: forget, points: make([]P, count), filled: make([]bool, count), batch: size,
		left: make([]*P, 0, size), right: make([]P, 0, size), last: make([]uint32, count), number: 1,
		queue: make([]entry, 0, size), again: make([]entry, 0, size),
	}
}

// sum is the sum of digits[i]*points[i].
func (b *buckets[P, J]) sum(points []P, digits []int16) J {
	clear(b.points)
	clear(b.filled)
	for i, d := range digits {
		if d == 0 {
			continue
		}
		b.put(points, entry{uint32(i), d})
		if len(b.left) == b.batch || len(b.queue) == b.batch {
			b.flush(points)
		}
	}
	for len(b.left) > 0 || len(b.queue) > 0 {
		b.flush(points)
	}
	return b.weighted()
}

func (b *buckets[P, J]) put(points []P, e entry) {
	sign := int(e.digit) >> 15
	k := (int(e.digit) ^ sign - sign) - 1
	if b.last[k] == b.number {
		b.queue = append(b.queue, e)
		return
	}
	to := &b.points[k]
	if b.filled[k] {
		b.last[k] = b.number
		b.left = append(b.left, to)
		b.right = b.right[:len(b.left)]
		to = &b.right[len(b.right)-1]
	}
	b.filled[k] = true
	*to = points[e.point]
	if sign != 0 {
		b.group.negate(to)
	}
}

// flush adds the batch, and begins the next one with the queue.
func (b *buckets[P, J]) flush(points []P) {
	b.adds(b.left, b.right)
	b.left, b.right = b.left[:0], b.right[:0]
	b.number++
	b.queue, b.again = b.again[:0], b.queue
	for _, e := range b.again {
		b.put(points, e)
	}
}

// wipe leaves nothing that depends on a scalar in the memory of the buckets. Copies that registers and stacks had of single elements stay.
func (b *buckets[P, J]) wipe() {
	b.forget()
	clear(b.points)
	clear(b.filled)
	clear(b.left[:cap(b.left)])
	clear(b.right[:cap(b.right)])
	clear(b.last)
	clear(b.queue[:cap(b.queue)])
	clear(b.again[:cap(b.again)])
	b.number = 0
}

// weighted is the sum of k times bucket k. Buckets stand in blocks, and every block adds up its buckets from the highest on, and these
// sums again, all blocks side by side; then block j counts j times its size more.
func (b *buckets[P, J]) weighted() (total J) {
	blocks := min(largestBatch/4, max(1, len(b.points)/8))
	size := len(b.points) / blocks
	// the first half runs over buckets, the second half adds up what the first was a step before
	sums, added := make([]P, 2*blocks), make([]P, 2*blocks)
	defer clear(sums)
	defer clear(added)
	targets := make([]*P, 2*blocks)
	for j := range targets {
		targets[j] = &sums[j]
	}
	for step := size; step >= 0; step-- {
		copy(added[blocks:], sums[:blocks])
		if step == 0 {
			clear(added[:blocks])
		}
		for j := 0; j < blocks && step > 0; j++ {
			added[j] = b.points[j*size+step-1]
		}
		b.adds(targets, added)
	}
	var running J
	for j := blocks - 1; j > 0; j-- {
		b.group.add(&running, &sums[j])
		b.group.addSum(&total, &running)
	}
	for s := size; s > 1; s /= 2 {
		b.group.double(&total)
	}
	for j := range blocks {
		b.group.add(&total, &sums[blocks+j])
	}
	return total
}
