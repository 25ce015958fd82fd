package notebook01

import (
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

func TestNotebook(t *testing.T) { labtest.Execute(t, "01_autoencoder_to_vae.ipynb") }
