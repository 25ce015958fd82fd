package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/vaelib/places"
	"vaelab/vaelib/places/placestest"
)

// A learner's cell that imports a module which the class's clone lacks is told whose the modules are; go get says only that it may not.
func TestAModuleThatAClassLacks(t *testing.T) {
	placestest.AsOther(t, func(dir string) {
		if err := os.MkdirAll(filepath.Join(dir, ".vaelab"), 0o755); err != nil {
			t.Fatal(err)
		}
	}, func(dir string) {
		front, behind, cells := inFront(t), t.TempDir(), t.TempDir()
		refuses := "#!/bin/sh\necho 'mkdir /x: permission denied' >&2\nexit 1\n"
		if err := os.WriteFile(filepath.Join(behind, "go"), []byte(refuses), 0o755); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(filepath.Join(front, "go"), "build", "-o", "p")
		cmd.Dir = cells
		cmd.Env = append(os.Environ(), "PATH="+front+":"+behind+":/usr/bin:/bin", "GONB_TMP_DIR="+cells, places.RootEnv+"="+dir)
		out, err := cmd.CombinedOutput()
		if said := string(out); err == nil || !strings.Contains(said, "permission denied\nThe clone "+dir+" is another's, and so are its modules") {
			t.Errorf("it says %q, %v", said, err)
		}
	})
}
