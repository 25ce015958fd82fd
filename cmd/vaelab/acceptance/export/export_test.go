// Package export carries models out of the house and back in, as docs/export.md says it: by the command, into onnxruntime, by Python's own
// safetensors, and from PyTorch. What other programs compute is held against package model on the pure Go backend.
package export

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/vaelib/onnx"
	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
)

// block is one of docs/export.md, by what stands behind "sh" or "python".
func block(t *testing.T, kind, mark string, place int) string {
	t.Helper()
	text := labtest.Read(t, filepath.Join(labtest.Layout(t).Root, "docs", "export.md"))
	var found []string
	for _, m := range regexp.MustCompile("(?ms)^```([a-z]+) *([a-z]*)\n(.*?)^```$").FindAllStringSubmatch(text, -1) {
		if m[1] == kind && m[2] == mark {
			found = append(found, m[3])
		}
	}
	if place >= len(found) {
		t.Fatalf("docs/export.md has %d blocks marked %s %s", len(found), kind, mark)
	}
	return found[place]
}

// command does what a block of the page says, in the clone, with what it names.
func command(t *testing.T, runs, text string, names ...string) (said string, err error) {
	t.Helper()
	vaelab := labtest.Command(t)
	script := `go() { shift 2; "` + vaelab.Path + `" "$@"; }` + "\n" + text // "go run ./cmd/vaelab", built
	cmd := exec.CommandContext(t.Context(), "bash", "-euc", script)
	cmd.Dir, cmd.Env = vaelab.Dir, append(append(vaelab.Env, places.RunsEnv+"="+runs), names...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// keep puts a run into a folder of runs, as training does.
func keep(t *testing.T, runs string, r run.Run) run.Run {
	t.Helper()
	folder := store.NewFolder(runs, r.Identity)
	if err := folder.Lock(t.Context(), r.Identity, nil); err != nil {
		t.Fatal(err)
	}
	defer folder.Unlock()
	if err := folder.SaveState(r.State, true); err != nil {
		t.Fatal(err)
	}
	r.Dir = folder.Path
	return r
}

// The command writes the same models as the library, once; what is there it replaces when it is asked to. What it is given by its name
// alone it looks for among the runs. Weights come back in as another run.
func TestCommand(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program, which -short leaves alone")
	}
	runs, out := t.TempDir(), filepath.Join(t.TempDir(), "models of mine")
	r := keep(t, runs, kinds()["given prior"])
	said, err := command(t, runs, block(t, "sh", "", 0), "RUN="+filepath.Base(r.Dir), "MODELS="+out)
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	models, err := onnx.Models(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range models {
		if labtest.Read(t, filepath.Join(out, m.File())) != string(m.Contents) || !strings.Contains(said, m.File()) {
			t.Errorf("%s is another one, or isn't named in\n%s", m.File(), said)
		}
	}
	for _, c := range []struct{ line, want string }{
		{`"$VAELAB" export "$RUN" -out "$MODELS"`, "encoder.onnx is there already"},
		{`"$VAELAB" export "$MODELS" -out "$MODELS"`, "holds no run"},
		{`"$VAELAB" import "$RUN/run.json" -like "$RUN"`, "is no safetensors file"},
		{`"$VAELAB" import nothing -like "$RUN"`, "can't be read"},
	} {
		said, err := command(t, runs, c.line, "VAELAB="+labtest.Command(t).Path, "RUN="+r.Dir, "MODELS="+out)
		if err == nil || !strings.Contains(said, c.want) {
			t.Errorf("%s: %v, without %q in\n%s", c.line, err, c.want, said)
		}
	}
	if said, err := command(t, runs, strings.TrimSpace(block(t, "sh", "", 0))+" -replace", "RUN="+r.Dir, "MODELS="+out); err != nil {
		t.Errorf("%v: %s", err, said)
	}
	brought := bring(t, runs, filepath.Join(r.Dir, "state.safetensors"), r.Dir)
	if brought.Weights == "" || brought.Dir == r.Dir || len(brought.State.Arrays) != len(r.State.Arrays) {
		t.Errorf("what is brought in is %s with %d arrays", brought.Dir, len(brought.State.Arrays))
	}
}

// bring follows the page's last command and opens what comes of it.
func bring(t *testing.T, runs, weights, like string) run.Run {
	t.Helper()
	said, err := command(t, runs, block(t, "sh", "", 1), "WEIGHTS="+weights, "RUN="+like)
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	kept := regexp.MustCompile(`(?m)kept in (.*)$`).FindStringSubmatch(said)
	if kept == nil || !strings.Contains(said, `lab.Load("`+kept[1]+`", data)`) {
		t.Fatalf("it isn't said where the run is:\n%s", said)
	}
	r, err := store.Open(kept[1])
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The page's Python can be compiled, and its commands can be read.
func TestBlocks(t *testing.T) {
	for place := range 2 {
		if out, err := exec.Command("bash", "-n", "-c", block(t, "sh", "", place)).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no Python on PATH")
	}
	for _, mark := range []string{"onnx", "weights", "torch", "convolutions"} {
		path := filepath.Join(t.TempDir(), mark+".py")
		if err := os.WriteFile(path, []byte(block(t, "python", mark, 0)), 0o644); err != nil {
			t.Fatal(err)
		}
		const compiles = `import sys; compile(open(sys.argv[1]).read(), sys.argv[1], "exec")`
		if out, err := exec.Command(python, "-I", "-c", compiles, path).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", mark, err, out)
		}
	}
}
