package tiny

import (
	"os"
	"testing"

	"vaelab/vaelib/places"
)

// Runs runs a package's tests with a folder of their own for what they train, not the learner's, and on the backend that is
// always there. It gives their exit code.
func Runs(m *testing.M) int {
	dir, err := os.MkdirTemp("", "runs")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	os.Setenv(places.RunsEnv, dir)
	os.Setenv("GOMLX_BACKEND", "go")
	return m.Run()
}
