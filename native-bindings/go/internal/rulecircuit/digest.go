package rulecircuit

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// digest is SHA-256 of fields("veilflow/circuit/2", compiler version, rule hash, listing). The listing: u32 public wires
// (the constant one included), secret inputs, wires, number of commitments; for each of them mask wire, challenge wire,
// number of committed wires, each of them; number of rows; each row as three sums, each a u32 count and then per term u32 wire
// and the 32-byte coefficient.
func (c *Circuit) digest() [sha256.Size]byte {
	rule := c.Program.Hash()
	h := sha256.New()
	number := func(v int) { _ = binary.Write(h, binary.BigEndian, uint32(v)) } // a hash takes everything
	for _, f := range [][]byte{[]byte("veilflow/circuit/2"), []byte(compilerVersion), rule[:]} {
		number(len(f))
		h.Write(f)
	}
	number(c.listingBytes())
	for _, v := range []int{c.Public, c.Secret, c.Wires, len(c.Commitments)} {
		number(v)
	}
	for _, of := range c.Commitments {
		for _, v := range []int{of.Mask, of.Challenge, len(of.Wires)} {
			number(v)
		}
		for _, v := range of.Wires {
			number(v)
		}
	}
	number(len(c.Rows))
	var buffer []byte
	for _, r := range c.Rows {
		buffer = buffer[:0]
		for _, s := range [][]Term{r.Left, r.Right, r.Output} {
			buffer = binary.BigEndian.AppendUint32(buffer, uint32(len(s)))
			for _, t := range s {
				buffer = binary.BigEndian.AppendUint32(buffer, t.Wire)
				b := c.Coefficients[t.Coefficient].Bytes()
				buffer = append(buffer, b[:]...)
			}
		}
		h.Write(buffer)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

func (c *Circuit) listingBytes() int {
	length := 4 * 5
	for _, of := range c.Commitments {
		length += 4 * (3 + len(of.Wires))
	}
	for _, r := range c.Rows {
		length += 3*4 + (len(r.Left)+len(r.Right)+len(r.Output))*(4+fr.Bytes)
	}
	return length
}
