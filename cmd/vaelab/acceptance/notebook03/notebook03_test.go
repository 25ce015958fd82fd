package notebook03

import (
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

func TestNotebook(t *testing.T) { labtest.Execute(t, "03_train_vae.ipynb") }
