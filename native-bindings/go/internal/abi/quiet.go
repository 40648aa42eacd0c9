package abi

import (
	"sync"

	"github.com/consensys/gnark/logger"
)

// Quiet turns gnark's logger off: it writes to standard output, which belongs to the Java process.
var Quiet = sync.OnceFunc(logger.Disable)
