// Package abi fixes what crosses the boundary to Java: status codes and the byte forms of field elements and points
// (docs/wire.md section 1). Every decoder checks the length before it takes memory, refuses what is not canonical, and
// checks curve and subgroup; the identity is refused wherever a point is received. Nothing here knows a circuit.
package abi
