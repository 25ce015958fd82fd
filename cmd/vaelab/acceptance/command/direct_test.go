package command

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/notebook"
	"vaelab/vaelib/places"
)

// A notebook shows the same whether its cells are built by the go command or directly.
func TestBuiltDirectly(t *testing.T) {
	labtest.Long(t)
	labtest.Lab(t)
	const name = "02_kl_divergence.ipynb"
	shown, runs := map[string]string{}, t.TempDir()
	for _, way := range []string{"first", "off", ""} { // at first models are trained, which takes another time each time, and exercises are done
		out := t.TempDir()
		cmd := labtest.Command(t, "exec", filepath.Join(labtest.Layout(t).Notebooks(), notebook.Solutions, name), "-out", out)
		cmd.Env = append(cmd.Env, "VAELAB_DIRECT="+way, places.RunsEnv+"="+runs)
		if stdout, stderr, code := labtest.Outcome(t, cmd); code != 0 {
			t.Fatalf("%q ends with %d: %s%s", way, code, stdout, stderr)
		}
		shown[way] = outputs(t, filepath.Join(out, name))
	}
	if shown["off"] != shown[""] || len(shown[""]) < 1000 {
		t.Errorf("directly the cells show %d bytes, by the go command %d, and not the same", len(shown[""]), len(shown["off"]))
	}
}

// outputs is all that an executed notebook's cells show, in one order.
func outputs(t *testing.T, path string) string {
	t.Helper()
	var book struct {
		Cells []struct {
			Outputs []struct {
				Name string
				Text any
				Data map[string]any
			}
		}
	}
	err := json.Unmarshal([]byte(labtest.Read(t, path)), &book)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(book.Cells)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
