// Package ruletest holds what tests and the maker of golden files share: the market-health rule, a second and independent
// reading of rules in the clear, and assignments for gnark's own prover. No production code imports it.
package ruletest
