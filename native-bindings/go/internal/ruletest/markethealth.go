package ruletest

import (
	"fmt"
	"math/big"
	"math/rand"

	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/rulepb"
)

// MarketHealth is the canonical rule of PROTOCOLS section 14 with ranges by bits: a slot holds a collateral and a debt per
// asset; it is at risk if sum(collateral*price*threshold) < sum(debt*price*10000); the output is a level 0..3, the number of
// limits that the share of debt value at risk exceeds.
func MarketHealth(assets, slots int) []byte { return MarketHealthByLimbs(assets, slots, 0) }

// MarketHealthByLimbs is the same with limbs of so many bits.
func MarketHealthByLimbs(assets, slots, limbBits int) []byte {
	b := Build("market-health", limbBits)
	var fields []*rulepb.InputField
	for _, name := range []string{"collateral", "debt"} {
		for a := 0; a < assets; a++ {
			fields = append(fields, BitField(fmt.Sprintf("%s%d", name, a), 64))
		}
	}
	role := b.Role("position", slots, nil, fields...)
	var prices, thresholds, limits []uint32
	for a := 0; a < assets; a++ {
		prices = append(prices, b.Public(fmt.Sprintf("price%d", a), 64, rulepb.Origin_FEED))
	}
	for a := 0; a < assets; a++ {
		thresholds = append(thresholds, b.Public(fmt.Sprintf("threshold%d", a), 14, rulepb.Origin_PARAMETER))
	}
	for k := 0; k < 3; k++ {
		limits = append(limits, b.Public(fmt.Sprintf("limit%d", k), 14, rulepb.Origin_PARAMETER))
	}
	whole := b.Constant(10000)
	var backed, owed []uint32
	for a := 0; a < assets; a++ {
		weight := b.Multiply(prices[a], thresholds[a])
		backed = append(backed, b.Multiply(b.Secret(role, uint32(a)), weight))
	}
	for a := 0; a < assets; a++ {
		owed = append(owed, b.Multiply(b.Secret(role, uint32(assets+a)), prices[a]))
	}
	debt := b.Add(owed...)
	atRisk := b.LessThan(b.Add(backed...), b.Multiply(debt, whole))
	total := b.Sum(debt)
	risky := b.Multiply(b.Sum(b.Multiply(atRisk, debt)), whole)
	var exceeded []uint32
	for _, limit := range limits {
		exceeded = append(exceeded, b.LessThan(b.Multiply(limit, total), risky))
	}
	b.Output("level", b.Add(exceeded...))
	return b.Bytes()
}

// MarketHealthInputs is a random book with random prices; roughly half of the slots are at risk.
func MarketHealthInputs(p *rulecircuit.Program, assets, slots int, random *rand.Rand) *Inputs {
	var book, publics []*big.Int
	number := func(bits int) *big.Int { return new(big.Int).Rand(random, new(big.Int).Lsh(big.NewInt(1), uint(bits))) }
	for k := 0; k < 2*assets*slots; k++ {
		book = append(book, number(64))
	}
	for a := 0; a < assets; a++ {
		publics = append(publics, number(64))
	}
	for a := 0; a < assets; a++ {
		publics = append(publics, big.NewInt(8000))
	}
	publics = append(publics, big.NewInt(500), big.NewInt(1500), big.NewInt(9900))
	return Read(p, number(250), book, publics)
}
