package export

import (
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/inference"
	"vaelab/vaelib/onnx"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
)

// computes checks the models of a folder by ONNX's own checker, shapes included, and has onnxruntime compute from the arrays of a
// file, in batches of two sizes.
const computes = `
import os
import numpy as np
import onnx, onnxruntime
from safetensors.numpy import load_file, save_file

given = load_file("asked/state.safetensors")
answers = {}
for name in ["encoder", "decoder", "prior"]:
    path = name + ".onnx"
    if not os.path.exists(path):
        continue
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    outputs = [o.name for o in session.get_outputs()]
    for batch in [1, 7]:
        inputs = {i.name: given[i.name][:batch] for i in session.get_inputs()}
        for output, x in zip(outputs, session.run(outputs, inputs)):
            answers["%s/%s %d" % (name, output, batch)] = np.ascontiguousarray(x)
save_file(answers, "answers.safetensors")
`

// Every kind of network computes in onnxruntime what it computes here, one picture and several at once.
func TestOnnxruntime(t *testing.T) {
	python := pythonWith(t)
	for name, r := range kinds() {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if _, err := onnx.Write(dir, r, false); err != nil {
				t.Fatal(err)
			}
			set, images, codes := asked(r)
			given := run.Array{Name: "given", Dims: []int{7, r.Given}}
			for i := range 7 {
				given.Data = append(given.Data, images.Data[i*side*side:i*side*side+r.Given]...)
			}
			keep := &store.Folder{Path: filepath.Join(dir, "asked")}
			makeFolder(t, keep.Path)
			if err := keep.SaveState(run.State{Arrays: []run.Array{images, codes, given}}, true); err != nil {
				t.Fatal(err)
			}
			script(t, python, dir, computes)
			theirs := readArrays(t, filepath.Join(dir, "answers.safetensors"))
			want := ours(t, r, images, codes)
			if len(theirs) != 2*len(want) {
				t.Errorf("onnxruntime gives %d arrays, and we %d for each batch", len(theirs), len(want))
			}
			largest := 0.0
			for what, all := range want {
				for _, batch := range []int{1, 7} {
					largest = max(largest, agree(t, name, theirs[fmt.Sprintf("%s %d", what, batch)], first(all, batch)))
				}
			}
			t.Logf("the largest difference is %.1e", largest)
			inferred(t, r, set, theirs)
		})
	}
}

// asked are images of bytes, the same as grey values, and codes.
func asked(r run.Run) (set datasets.Images, images, codes run.Array) {
	rng := rand.New(rand.NewPCG(7, 7))
	set = datasets.Images{Width: side, Height: side, Pixels: make([]uint8, 7*side*side), Labels: make([]uint8, 7), Classes: []string{"none"}}
	images = run.Array{Name: "images", Dims: []int{7, side * side}}
	for i := range set.Pixels {
		set.Pixels[i] = uint8(rng.IntN(256))
		images.Data = append(images.Data, float32(set.Pixels[i])/255)
	}
	codes = run.Array{Name: "codes", Dims: []int{7, r.Latent}}
	for range 7 * r.Latent {
		codes.Data = append(codes.Data, float32(rng.NormFloat64()))
	}
	return set, images, codes
}

// first are the first rows of an array; what has but one row is for all.
func first(a run.Array, rows int) run.Array {
	rows = min(rows, a.Dims[0])
	return run.Array{Name: a.Name, Dims: []int{rows, a.Dims[1]}, Data: a.Data[:rows*a.Dims[1]]}
}

// inferred holds onnxruntime's posteriors against package inference, which writes them in units of the prior.
func inferred(t *testing.T, r run.Run, set datasets.Images, theirs named) {
	t.Helper()
	b, err := backend.Open("go")
	if err != nil {
		t.Fatal(err)
	}
	coder, err := inference.Open(b.Compute, r)
	if err != nil {
		t.Fatal(err)
	}
	defer coder.Close()
	codes, err := coder.Encode(t.Context(), set)
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string, i, j int) float64 {
		a, known := theirs[name+" 7"]
		if !known {
			return 0 // N(0, I)
		}
		return float64(a.Data[min(i, a.Dims[0]-1)*a.Dims[1]+j])
	}
	for i := range codes.Mean {
		for j, want := range codes.Mean[i] {
			spread := at("prior/log_variance", i, j)
			if got := (at("encoder/mean", i, j) - at("prior/mean", i, j)) * math.Exp(-spread/2); !(math.Abs(got-want) <= 1e-5*max(1, math.Abs(want))) {
				t.Errorf("dimension %d of image %d is %v, and inference says %v", j, i, got, want)
			}
			if codes.LogVar == nil {
				continue
			}
			if got, want := at("encoder/log_variance", i, j)-spread, codes.LogVar[i][j]; !(math.Abs(got-want) <= 1e-5*max(1, math.Abs(want))) {
				t.Errorf("log σ² of dimension %d of image %d is %v, and inference says %v", j, i, got, want)
			}
		}
	}
}
