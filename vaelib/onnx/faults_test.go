package onnx_test

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vaelab/vaelib/internal/hostile"
	"vaelab/vaelib/onnx"
	"vaelab/vaelib/run"
)

func TestRunsThatCantBeExported(t *testing.T) {
	for want, spoil := range map[string]func(r *run.Run){
		"holds no trained weights":                                  func(r *run.Run) { r.State.Arrays = nil },
		"trained for 1 of 9 epochs":                                 func(r *run.Run) { r.Epochs = 9 },
		`there is no array "decoder/pixels/biases"`:                 func(r *run.Run) { r.State.Arrays = r.State.Arrays[:len(r.State.Arrays)-1] },
		`an array "x" in the place of "encoder/mean/weights"`:       func(r *run.Run) { r.State.Arrays[2].Name = "x" },
		`"encoder/hidden/weights" has the shape [10 64], and`:       func(r *run.Run) { r.State.Arrays[0].Dims = []int{10, 64} },
		`"encoder/hidden/weights" holds 5 numbers`:                  func(r *run.Run) { r.State.Arrays[0].Data = r.State.Arrays[0].Data[:5] },
		`"encoder/mean/weights" has the shape [10 3], and the netw`: func(r *run.Run) { r.Latent = 5 },
		"Model is":                      func(r *run.Run) { r.Model = "gan" },
		"convolutions need a square":    func(r *run.Run) { r.Layers, r.Width, r.Height = run.Convolutional, 16, 4 },
		"images of 8×0 pixels are none": func(r *run.Run) { r.Height = 0 },
	} {
		r := kinds()["VAE"]
		spoil(&r)
		if models, err := onnx.Models(r); err == nil || !strings.Contains(err.Error(), want) || models != nil {
			t.Errorf("%d models, and the error is %v, want one with %q", len(models), err, want)
		}
		dir := filepath.Join(t.TempDir(), "out")
		if paths, err := onnx.Write(dir, r, false); err == nil || paths != nil {
			t.Errorf("%q are written, %v", paths, err)
		}
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the folder is made for nothing: %v", err)
		}
	}
}

// Whatever it is handed, the room answers.
func TestHostileRuns(t *testing.T) { hostile.Try(t, 300, onnx.Models, onnx.Model{}) }

func TestWrite(t *testing.T) {
	r := kinds()["given prior"]
	dir := filepath.Join(t.TempDir(), "a", "new folder")
	paths, err := onnx.Write(dir, r, false)
	if err != nil {
		t.Fatal(err)
	}
	models, err := onnx.Models(r)
	if err != nil || len(models) != 3 {
		t.Fatalf("%d models, %v", len(models), err)
	}
	for i, m := range models {
		if content, err := os.ReadFile(filepath.Join(dir, m.File())); err != nil || !slices.Equal(content, m.Contents) || paths[i] != filepath.Join(dir, m.File()) {
			t.Errorf("%s is at %s, %v", m.File(), paths[i], err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 3 {
		t.Errorf("the folder holds %v, %v", left, err)
	}
}

// A file that is there is replaced only where that is asked for, and otherwise none is written.
func TestWriteReplacesNothingUnasked(t *testing.T) {
	r := kinds()["VAE"]
	for _, there := range []string{"encoder.onnx", "decoder.onnx"} {
		dir := t.TempDir()
		mine := filepath.Join(dir, there)
		if err := os.WriteFile(mine, []byte("mine"), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := onnx.Write(dir, r, false)
		if !errors.Is(err, fs.ErrExist) || !strings.Contains(err.Error(), there+" is there already") {
			t.Errorf("the error is %v", err)
		}
		if content, _ := os.ReadFile(mine); string(content) != "mine" {
			t.Error("what was there has been replaced")
		}
		if left, _ := os.ReadDir(dir); len(left) != 1 {
			t.Errorf("the folder holds %v", left)
		}
		if _, err := onnx.Write(dir, r, true); err != nil {
			t.Error(err)
		}
		if content, _ := os.ReadFile(mine); string(content) == "mine" {
			t.Error("what was there hasn't been replaced")
		}
	}
}

// The files of a folder are of one run: a prior that this run hasn't got isn't left beside its networks, and a folder stays a folder.
func TestWriteBesideAnothers(t *testing.T) {
	for name, spoil := range map[string]func(path string) error{
		"prior.onnx is another run's": func(dir string) error { return os.WriteFile(filepath.Join(dir, "prior.onnx"), []byte("mine"), 0o644) },
		"decoder.onnx is a folder":    func(dir string) error { return os.Mkdir(filepath.Join(dir, "decoder.onnx"), 0o755) },
	} {
		dir := t.TempDir()
		if err := spoil(dir); err != nil {
			t.Fatal(err)
		}
		for _, replace := range []bool{false, true} {
			if _, err := onnx.Write(dir, kinds()["VAE"], replace); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("the error is %v, want %s", err, name)
			}
			if left, _ := os.ReadDir(dir); len(left) != 1 {
				t.Errorf("the folder holds %v", left)
			}
		}
	}
}

// A folder that is a file, or can't be written, is told.
func TestWriteWhereItCant(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := onnx.Write(file, kinds()["VAE"], false); err == nil || !strings.Contains(err.Error(), "can't be written") {
		t.Errorf("the error is %v", err)
	}
}

// Numbers that aren't finite are weights, too: a run that has come apart is exported as it is.
func TestWeightsThatArentFinite(t *testing.T) {
	r := kinds()["AE"]
	r.State.Arrays[0].Data[0] = float32(math.Inf(1))
	if f := modelsOf(t, r)["encoder"]; !math.IsInf(f.constants["encoder/hidden/weights"].data[0], 1) {
		t.Error("another number stands there")
	}
}
