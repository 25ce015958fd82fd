package export

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/vaelib/onnx"
	"vaelab/vaelib/run"
)

func makeFolder(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(path, 0o755); err != nil {
		t.Fatal(err)
	}
}

// keeps has a block of the page keep what it has computed, for the test to look at.
func keeps(names string) string {
	return `
import numpy as np
from safetensors.numpy import save_file
save_file({name: np.ascontiguousarray(globals()[name]) for name in "` + names + `".split()}, "computed.safetensors")
`
}

// The page's Python computes in onnxruntime what the course does.
func TestPageOnOnnx(t *testing.T) {
	python, dir := pythonWith(t), t.TempDir()
	r := kinds()["VAE"]
	if _, err := onnx.Write(dir, r, false); err != nil {
		t.Fatal(err)
	}
	said := script(t, python, dir, block(t, "python", "onnx", 0)+keeps("images mean log_variance codes pixels"))
	if !strings.Contains(said, "nothing 251.5 nats an image") {
		t.Errorf("it says\n%s", said)
	}
	computed := readArrays(t, filepath.Join(dir, "computed.safetensors"))
	want := ours(t, r, computed["images"], computed["codes"])
	agree(t, "the page", computed["mean"], want["encoder/mean"])
	agree(t, "the page", computed["log_variance"], want["encoder/log_variance"])
	agree(t, "the page", computed["pixels"], want["decoder/pixels"])
}

// Python's own safetensors reads a run's state, and the page's few lines are its network. An unfinished run has the arrays of the
// optimiser as the page says.
func TestPageOnWeights(t *testing.T) {
	python := pythonWith(t)
	unfinished := kinds()["VAE"]
	unfinished.Epochs = 9
	weights := unfinished.State.Arrays
	for _, moments := range []string{"adam/first/", "adam/second/"} {
		for _, a := range weights {
			unfinished.State.Arrays = append(unfinished.State.Arrays, run.Array{Name: moments + a.Name, Dims: a.Dims, Data: a.Data})
		}
	}
	unfinished.State.Arrays = append(unfinished.State.Arrays, run.Array{Name: "adam/steps", Data: []float32{78}})
	for _, r := range []run.Run{kinds()["VAE"], unfinished} {
		dir := keep(t, t.TempDir(), r).Dir
		said := script(t, python, dir, block(t, "python", "weights", 0)+keeps("images mean log_variance grey")+`
names = [name for name in weights if not name.startswith("adam/")]
print(len(weights) == len(names) or len(weights) == 3 * len(names) + 1, weights.get("adam/steps", "no steps"))
`)
		steps := map[bool]string{true: "True no steps", false: "True 78.0"}[len(r.State.Arrays) == len(weights)]
		if !strings.Contains(said, "1 251.5 nats an image") || !strings.Contains(said, steps) {
			t.Errorf("it says\n%s", said)
		}
		computed := readArrays(t, filepath.Join(dir, "computed.safetensors"))
		want := ours(t, r, computed["images"], computed["mean"])
		agree(t, "the page", computed["mean"], want["encoder/mean"])
		agree(t, "the page", computed["log_variance"], want["encoder/log_variance"])
		agree(t, "the page", computed["grey"], want["decoder/pixels"])
	}
}
