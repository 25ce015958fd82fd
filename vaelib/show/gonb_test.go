//go:build !js

package show

import (
	"os"
	"path/filepath"
	"testing"
)

func TestMayAnswerGoesByTheServer(t *testing.T) {
	t.Setenv("JPY_SESSION_NAME", "notebooks/02_kl_divergence.ipynb")
	if !(notebook{}).mayAnswer() {
		t.Error("a kernel of Jupyter's server, and nobody is thought to be there")
	}
	os.Unsetenv("JPY_SESSION_NAME")
	if (notebook{}).mayAnswer() {
		t.Error("a kernel without a server, and somebody is thought to be there")
	}
}

func TestVSCodeDoesNotAnswer(t *testing.T) {
	made := filepath.Join(t.TempDir(), "02_kl_divergence-0fc8e8a5-3b9e-4d7c-9a53-1f0c6a2b7d11.ipynb")
	t.Setenv("JPY_SESSION_NAME", made)
	if (notebook{}).mayAnswer() {
		t.Error("VS Code is asked")
	}
	if err := os.WriteFile(made, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if !(notebook{}).mayAnswer() {
		t.Error("a notebook that somebody has named so gets no sliders in JupyterLab")
	}
}
