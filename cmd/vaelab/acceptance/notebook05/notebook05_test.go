package notebook05

import (
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

func TestNotebook(t *testing.T) { labtest.Execute(t, "05_kl_at_work.ipynb") }
