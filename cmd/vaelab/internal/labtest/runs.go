package labtest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/engine/program"
)

// Runs is the folder in which tests keep what they train, and share it. A run is named by everything that shaped it, and
// the folder by what trains: the contents of the sources. So no test gets a run that this code wouldn't have made, and a
// changed line trains anew.
func Runs(t testing.TB) string {
	t.Helper()
	dir, err := runsOnce()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

var runsOnce = sync.OnceValues(func() (string, error) {
	layout, err := setup.FindRoot(".")
	if err != nil {
		return "", err
	}
	digest, err := program.Compute.Digest(layout.Root)
	if err != nil {
		return "", fmt.Errorf("the sources of what trains can't be read: %w", err)
	}
	dir := layout.Under("tests", "runs-"+digest[:16])
	return dir, alone(layout, "runs", func() error {
		return errors.Join(forget(layout, "runs", dir), os.MkdirAll(dir, 0o755))
	})
})

// forget removes what tests kept that was made from other sources.
func forget(layout setup.Layout, name, but string) error {
	older, err := filepath.Glob(layout.Under("tests", name+"-*"))
	if err != nil {
		return err
	}
	for _, path := range older {
		if path == but {
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
}
