package notebook04

import (
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

func TestNotebook(t *testing.T) { labtest.Execute(t, "04_kl_weight.ipynb") }
