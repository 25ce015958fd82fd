package run_test

import (
	"testing"

	"vaelab/vaelib/internal/hostile"
	"vaelab/vaelib/run"
)

// Whatever it is given, a function answers: with an error, with NaN, or with nothing.
func TestHostileArguments(t *testing.T) {
	hostile.Try(t, 60,
		run.Cyclic, run.Linear, run.Weights, run.Config{}, run.Identity{}, run.Progress{},
		run.Run{}, run.State{}, run.Terms{}, run.Weight{}, run.Backend{})
}
