//go:build !js

package show

import (
	"os"
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
