package ceremony

import (
	"fmt"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/setup"
)

// Bytes of a beacon: a hash that nobody knew when the last contribution was made.
const (
	beaconBytesMin = 32
	beaconBytesMax = 64
)

// Begin is the first file of the first phase; it depends on the circuit alone.
func Begin(c *rulecircuit.Circuit) ([]byte, error) {
	abi.Quiet()
	return write(c, firstLabel, mpcsetup.NewPhase1(domain(c)))
}

// Contribute adds randomness to the last file of either phase and forgets it.
func Contribute(c *rulecircuit.Circuit, previous []byte) ([]byte, error) {
	abi.Quiet()
	f, err := read(c, previous)
	if err != nil {
		return nil, err
	}
	if f.first != nil {
		f.first.Contribute()
		return write(c, firstLabel, f.first)
	}
	f.second.Contribute()
	return write(c, secondLabel, f.second)
}

// Verify is nil if next is a contribution made to previous, in the same phase.
func Verify(c *rulecircuit.Circuit, previous, next []byte) error {
	abi.Quiet()
	before, err := read(c, previous)
	if err != nil {
		return err
	}
	after, err := read(c, next)
	if err != nil {
		return err
	}
	switch {
	case after.begins:
		err = fmt.Errorf("nobody contributed to it")
	case before.first != nil && after.first != nil:
		err = before.first.Verify(after.first)
	case before.second != nil && after.second != nil:
		err = before.second.Verify(after.second)
	default:
		err = fmt.Errorf("it is of the other phase")
	}
	if err != nil {
		return fmt.Errorf("%w: contribution: %w", abi.InvalidKey, err)
	}
	return nil
}

// SecondPhase ends the first phase with a beacon and gives the first file of the second; everybody gets the same. The chain up
// to last must have been verified.
func SecondPhase(c *rulecircuit.Circuit, last, beacon []byte) ([]byte, error) {
	commons, err := seal(c, last, beacon)
	if err != nil {
		return nil, err
	}
	second := &mpcsetup.Phase2{}
	second.Initialize(c.System, commons)
	return write(c, secondLabel, second)
}

// Finish ends the second phase with a beacon of its own and makes the keys; everybody gets the same. Both chains, and that the
// second begins with SecondPhase of the first, must have been verified.
func Finish(c *rulecircuit.Circuit, lastFirst, beaconFirst, lastSecond, beaconSecond []byte) (*setup.Keys, error) {
	if err := checkBeacon(beaconSecond); err != nil {
		return nil, err
	}
	f, err := read(c, lastSecond)
	if err != nil {
		return nil, err
	}
	if f.second == nil || f.begins {
		return nil, fmt.Errorf("%w: no contribution to the second phase", abi.InvalidKey)
	}
	commons, err := seal(c, lastFirst, beaconFirst)
	if err != nil {
		return nil, err
	}
	evaluations := (&mpcsetup.Phase2{}).Initialize(c.System, commons)
	proving, verifying := f.second.Seal(commons, &evaluations, beaconSecond)
	keys := &setup.Keys{Origin: setup.Ceremony}
	var ok [2]bool
	keys.Proving, ok[0] = proving.(*groth16.ProvingKey)
	keys.Verifying, ok[1] = verifying.(*groth16.VerifyingKey)
	if !ok[0] || !ok[1] {
		return nil, fmt.Errorf("%w: keys of %T and %T", abi.Internal, proving, verifying)
	}
	return keys, nil
}

func seal(c *rulecircuit.Circuit, last, beacon []byte) (*mpcsetup.SrsCommons, error) {
	abi.Quiet()
	if err := checkBeacon(beacon); err != nil {
		return nil, err
	}
	f, err := read(c, last)
	if err != nil {
		return nil, err
	}
	if f.first == nil || f.begins {
		return nil, fmt.Errorf("%w: no contribution to the first phase", abi.InvalidKey)
	}
	commons := f.first.Seal(beacon)
	return &commons, nil
}

func checkBeacon(beacon []byte) error {
	if len(beacon) < beaconBytesMin || len(beacon) > beaconBytesMax {
		return fmt.Errorf("%w: beacon of %d bytes, %d to %d", abi.InvalidArgument, len(beacon), beaconBytesMin, beaconBytesMax)
	}
	return nil
}
