package abi

import "errors"

// Status is a stable code shared with NativeStatus in Java. It is an error, so that failures wrap it:
// fmt.Errorf("%w: node %d ...", abi.InvalidRule, k).
type Status int32

const (
	OK Status = iota
	InvalidArgument
	InvalidRule
	InvalidKey
	InvalidWitness
	InvalidPoint
	NotCollinear
	InconsistentOpening
	CommitmentMismatch
	ProofInvalid
	WrongState
	UnknownHandle
	Internal
	OutOfMemory
)

func (s Status) Error() string {
	switch s {
	case OK:
		return "ok"
	case InvalidArgument:
		return "invalid argument"
	case InvalidRule:
		return "invalid rule"
	case InvalidKey:
		return "invalid key"
	case InvalidWitness:
		return "invalid witness"
	case InvalidPoint:
		return "invalid point"
	case NotCollinear:
		return "shares not on a line"
	case InconsistentOpening:
		return "inconsistent opening"
	case CommitmentMismatch:
		return "commitment mismatch"
	case ProofInvalid:
		return "proof invalid"
	case WrongState:
		return "wrong state"
	case UnknownHandle:
		return "unknown handle"
	case OutOfMemory:
		return "out of memory"
	default:
		return "internal error"
	}
}

// StatusOf is the status that an error wraps, Internal if it wraps none, OK for nil.
func StatusOf(err error) Status {
	if err == nil {
		return OK
	}
	var s Status
	if errors.As(err, &s) {
		return s
	}
	return Internal
}
