package notebook02

import (
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

func TestNotebook(t *testing.T) { labtest.Execute(t, "02_kl_divergence.ipynb") }
