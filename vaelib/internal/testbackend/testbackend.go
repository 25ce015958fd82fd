// Package testbackend runs a test on every backend that there is: pure Go always, XLA where a plugin is installed.
package testbackend

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/gomlx/compute"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/places"
)

// RequireEnv names the environment variable that makes a missing XLA plugin a failure: for machines on which the
// tests are worth little without it.
const RequireEnv = "VAELAB_REQUIRE_XLA"

// Each runs the test once on each backend.
func Each(t *testing.T, test func(t *testing.T, b *backend.Backend)) {
	t.Helper()
	t.Run("go", func(t *testing.T) { test(t, Go(t)) })
	t.Run("xla", func(t *testing.T) { test(t, XLA(t)) })
}

// Go is the pure Go backend.
func Go(t testing.TB) *backend.Backend {
	t.Helper()
	b, err := openGo()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// XLA is the plugin that GOMLX_BACKEND names, else the one in the clone, which the lab's own set-up makes where it is
// missing and can be had. Without either the test is skipped.
func XLA(t testing.TB) *backend.Backend {
	t.Helper()
	b, err := openXLA()
	switch {
	case err == nil:
	case os.Getenv(RequireEnv) == "1":
		t.Fatalf("XLA is required (%s=1): %v", RequireEnv, err)
	default:
		t.Skipf("no XLA here (`go run ./cmd/vaelab setup` installs it): %v", err)
	}
	return b
}

// TwoDevices is XLA on the CPU, which poses as two devices. Where XLA computes elsewhere, and has one, the test is skipped.
func TwoDevices(t testing.TB) *backend.Backend {
	t.Helper()
	XLA(t) // or the test is skipped
	b, err := openTwo()
	if err != nil {
		t.Fatal(err)
	}
	if n := b.Compute.NumDevices(); n < 2 {
		t.Skipf("%s is %d device", b.Words, n)
	}
	return b
}

var (
	openGo  = sync.OnceValues(func() (*backend.Backend, error) { return backend.Open("go") })
	openTwo = sync.OnceValues(func() (*backend.Backend, error) { return backend.OpenDevices("xla", 2) })
	openXLA = sync.OnceValues(func() (*backend.Backend, error) {
		if strings.HasPrefix(os.Getenv(compute.ConfigEnvVar), "xla") {
			return backend.Open("")
		}
		b, err := backend.Open("xla")
		if err == nil || os.Getenv(compute.ConfigEnvVar) != "" {
			return b, err
		}
		if setUpErr := setUp(); setUpErr != nil {
			return nil, setUpErr
		}
		return backend.Open("xla")
	})
)

// setUp makes what training lacks in the clone, as a person would. While another test does so, it waits.
func setUp() error {
	root, err := places.Clone()
	if err != nil {
		return err
	}
	cmd := exec.Command("go", "run", "./cmd/vaelab", "setup", "-for", "training")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("the set-up failed: %w: %s", err, out)
	}
	return nil
}
