package setup_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"golang.org/x/crypto/sha3"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/ruletest"
	"io.veilflow/native/internal/setup"
	"io.veilflow/native/internal/verify"
)

// The contract's tests read these files: proofs of one small market-health rule, by bits and by limbs (two commitments), each
// under one unsafe key, and gnark's own exported verifier for the first key. For two commitments gnark 0.16.1 exports a contract
// that holds the folded proof of knowledge against the first commitment alone, and so refuses right proofs: there is none here.
// Made again by: go test ./internal/setup -run Golden -update
var update = flag.Bool("update", false, "make the golden files again")

const goldenDirectory = "../../../../contracts/src/test/resources/proofs"

type golden struct {
	Rule         string   `json:"rule"`         // canonical bytes
	KeyDigest    string   `json:"keyDigest"`    // KECCAK(verifyingKey)
	VerifyingKey string   `json:"verifyingKey"` // docs/wire.md section 4
	PublicInputs []string `json:"publicInputs"` // context, then words
	Proof        string   `json:"proof"`        // A || B || C || D [|| D2] || PoK
}

func TestGoldenProofsVerify(t *testing.T) {
	if *update {
		writeGolden(t)
	}
	files, err := filepath.Glob(filepath.Join(goldenDirectory, "*.json"))
	if err != nil || len(files) != 6 {
		t.Fatalf("%d golden files, %v", len(files), err)
	}
	for _, file := range files {
		var g golden
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(content, &g); err != nil {
			t.Fatal(err)
		}
		vk, err := verify.Key(unhex(t, g.VerifyingKey))
		if err != nil {
			t.Fatal(err)
		}
		proof, err := verify.Proof(unhex(t, g.Proof))
		if err != nil {
			t.Fatal(err)
		}
		var inputs []byte
		for _, in := range g.PublicInputs {
			inputs = append(inputs, unhex(t, in)...)
		}
		elements, err := abi.Elements(inputs)
		if err != nil {
			t.Fatal(err)
		}
		if err := verify.Check(vk, proof, elements); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		for i := range elements {
			one := fr.One()
			elements[i].Add(&elements[i], &one)
			if verify.Check(vk, proof, elements) == nil {
				t.Errorf("%s: verifies with public input %d changed", file, i)
			}
			if err := elements[i].SetBytesCanonical(inputs[32*i : 32*i+32]); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func writeGolden(t *testing.T) {
	t.Helper()
	var contract bytes.Buffer
	if err := writeProofs(t, "market-health", ruletest.MarketHealth(1, 2)).ExportSolidity(&contract); err != nil {
		t.Fatal(err)
	}
	write(t, "GnarkVerifier.sol", contract.Bytes())
	writeProofs(t, "market-health-limbs", ruletest.MarketHealthByLimbs(1, 2, 6))
}

// writeProofs writes three proofs of a rule and gives their key.
func writeProofs(t *testing.T, name string, rule []byte) *groth16.VerifyingKey {
	t.Helper()
	c, err := rulecircuit.Compile(rule)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := setup.Unsafe(c)
	if err != nil {
		t.Fatal(err)
	}
	key := verify.AppendKey(nil, keys.Verifying)
	digest := sha3.NewLegacyKeccak256()
	digest.Write(key)
	for k := int64(0); k < 3; k++ {
		in := ruletest.MarketHealthInputs(c.Program, 1, 2, rand.New(rand.NewSource(k)))
		proof, err := ruletest.ProveInTheClear(c, keys.Proving, in)
		if err != nil {
			t.Fatal(err)
		}
		g := golden{
			Rule: hex.EncodeToString(rule), VerifyingKey: hex.EncodeToString(key),
			KeyDigest: hex.EncodeToString(digest.Sum(nil)), Proof: hex.EncodeToString(verify.AppendProof(nil, proof)),
		}
		for _, v := range in.PublicInputs() {
			b := v.Bytes()
			g.PublicInputs = append(g.PublicInputs, hex.EncodeToString(b[:]))
		}
		content, err := json.MarshalIndent(g, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		write(t, fmt.Sprintf("%s-%d.json", name, k), append(content, '\n'))
	}
	return keys.Verifying
}

func write(t *testing.T, name string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(goldenDirectory, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(goldenDirectory, name), content, 0o644); err != nil {
		t.Fatal(err)
	}
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
