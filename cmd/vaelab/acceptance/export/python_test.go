package export

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/setup"
)

// pythonWith is the Python of an environment with onnx, onnxruntime and safetensors, made by the course's own set-up.
func pythonWith(t *testing.T) string {
	t.Helper()
	labtest.Long(t)
	python, err := pythonOnce()
	if err != nil {
		t.Fatal(err)
	}
	return python
}

var pythonOnce = sync.OnceValues(func() (string, error) {
	layout, err := setup.FindRoot(".")
	if err != nil {
		return "", err
	}
	made, err := setup.Prepare(context.Background(), layout, setup.Options{Backend: setup.PureGo}, labtest.Teller{})
	if err != nil {
		return "", err
	}
	return made.OnnxRuntime(context.Background(), labtest.Teller{})
})

// script has a Python run a text in a folder.
func script(t *testing.T, python, dir, text string, env ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "script.py")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), python, path)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return string(out)
}
