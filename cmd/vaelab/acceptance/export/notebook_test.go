package export

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/vaelib/onnx"
	"vaelab/vaelib/places"
	"vaelab/vaelib/store"
)

const imports = `import (
	"vaelab/datasets"
	"vaelab/vaelib/lab"
	"vaelab/vaelib/onnx"
	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
)
`

// A notebook trains a model and exports it; its weights come back in by the command, and the next notebook draws them by the line that
// the command has printed.
func TestInANotebook(t *testing.T) {
	labtest.Long(t)
	labtest.Lab(t)
	dir, runs := t.TempDir(), t.TempDir()
	exec := func(name, cell string) (printed string) {
		book := filepath.Join(dir, name)
		labtest.Write(t, book, imports, "%%\ndata := show.Must(datasets.Sample())\n"+cell)
		cmd := labtest.Command(t, "exec", "-out", filepath.Join(dir, "out"), book)
		cmd.Env = append(cmd.Env, places.RunsEnv+"="+runs)
		if stdout, stderr, code := labtest.Outcome(t, cmd); code != 0 {
			t.Fatalf("code %d: %s", code, stdout+stderr)
		}
		return labtest.Outputs(t, filepath.Join(dir, "out", name))
	}
	models := filepath.Join(dir, "models")
	printed := exec("export.ipynb", "config := run.Default()\nconfig.Hidden, config.Epochs = 16, 1\nvae := show.Must(lab.Train(config, data))\n"+
		strings.ReplaceAll(block(t, "go", "notebook", 0), "/home/me/models", models)+`fmt.Println("kept in", vae.Dir, "for the next")`)
	kept := regexp.MustCompile(`kept in (\S+) for the next`).FindStringSubmatch(printed)
	if kept == nil || !strings.Contains(printed, filepath.Join(models, "decoder.onnx")) {
		t.Fatalf("it prints %s", printed)
	}
	r, err := store.Open(kept[1])
	if err != nil {
		t.Fatal(err)
	}
	want, err := onnx.Models(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range want {
		if content, err := os.ReadFile(filepath.Join(models, m.File())); err != nil || string(content) != string(m.Contents) {
			t.Errorf("%s is another one: %v", m.File(), err)
		}
	}
	brought := bring(t, runs, filepath.Join(r.Dir, "state.safetensors"), r.Dir)
	printed = exec("import.ipynb", `other := show.Must(lab.Load("`+brought.Dir+`", data))
other.Report()
show.Figure(other.Map())
fmt.Println(other.Name())`)
	if !strings.Contains(printed, "VAE, weights from elsewhere") {
		t.Errorf("it prints %s", printed)
	}
}
