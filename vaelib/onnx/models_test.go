package onnx_test

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vaelab/vaelib"
	"vaelab/vaelib/onnx"
	"vaelab/vaelib/run"
)

func modelsOf(t *testing.T, r run.Run) map[string]file {
	t.Helper()
	models, err := onnx.Models(r)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]file{}
	for _, m := range models {
		if m.File() != m.Name+".onnx" {
			t.Errorf("the file of %s is called %s", m.Name, m.File())
		}
		files[m.Name] = read(t, m.Contents)
	}
	return files
}

// Each model, read and computed by ONNX's own description, gives what the course's graphs give, for one picture and for several.
func TestModelsComputeAsTheCourseDoes(t *testing.T) {
	each(t, func(t *testing.T, r run.Run) {
		files := modelsOf(t, r)
		for _, rows := range []int{1, 3} {
			in := asked(r, rows)
			want := ours(t, r, in)
			seen := 0
			for name, f := range files {
				of := map[string]numbers{}
				for _, v := range f.inputs {
					of[v.name] = in[v.name]
				}
				for output, got := range f.compute(t, of) {
					seen++
					near(t, name+" "+output, got, want[name+" "+output])
				}
			}
			if seen != len(want) {
				t.Errorf("the models give %d outputs, the course %d", seen, len(want))
			}
		}
	})
}

func near(t *testing.T, what string, got, want numbers) {
	t.Helper()
	if !slices.Equal(got.dims, want.dims) {
		t.Fatalf("%s has the shape %v, want %v", what, got.dims, want.dims)
	}
	for i := range want.data {
		if !(math.Abs(got.data[i]-want.data[i]) <= 1e-5*max(1, math.Abs(want.data[i]))) {
			t.Fatalf("%s %d is %v, want %v", what, i, got.data[i], want.data[i])
		}
	}
}

// What goes in and comes out has a name, a size and a description; a model says which operators it needs.
func TestModelsSayWhatTheyTake(t *testing.T) {
	each(t, func(t *testing.T, r run.Run) {
		files := modelsOf(t, r)
		pixels := r.Width * r.Height
		columns := map[string]int{"images": pixels, "pixels": pixels, "given": r.Given, "codes": r.Latent, "mean": r.Latent, "log_variance": r.Latent}
		named := func(list []outside) (names []string) {
			for _, v := range list {
				names = append(names, v.name)
				if v.columns != columns[v.name] || v.doc == "" {
					t.Errorf("%+v, want %d columns and a description", v, columns[v.name])
				}
			}
			return names
		}
		want := map[string]string{"encoder": "images > mean log_variance", "decoder": "codes > pixels"}
		if r.Model == run.AE {
			want["encoder"] = "images > mean"
		}
		if r.Given > 0 {
			want["decoder"] = "codes given > pixels"
		}
		if r.Prior == run.LearnedPrior {
			want["prior"] = strings.TrimSpace(strings.Repeat("given ", min(r.Given, 1)) + "> mean log_variance")
		}
		got := map[string]string{}
		for name, f := range files {
			got[name] = strings.TrimSpace(strings.Join(named(f.inputs), " ") + " > " + strings.Join(named(f.outputs), " "))
			if f.format != 7 || f.operators != 13 || f.producer != "vaelab" || f.version != vaelib.Version || f.doc == "" {
				t.Errorf("%s is of the format %d with the operators %d, by %s %s: %q", name, f.format, f.operators, f.producer, f.version, f.doc)
			}
		}
		if !maps.Equal(got, want) {
			t.Errorf("the models are %v, want %v", got, want)
		}
	})
}

// Dense arrays are in the files as they are in the state, to the last bit, and each is there once.
func TestModelsHoldTheStatesArrays(t *testing.T) {
	each(t, func(t *testing.T, r run.Run) {
		found := map[string]int{}
		for _, f := range modelsOf(t, r) {
			for name, c := range f.constants {
				found[name]++
				for _, a := range r.State.Arrays {
					if a.Name != name || len(a.Dims) == 4 {
						continue
					}
					for i := range a.Data {
						if float64(a.Data[i]) != c.data[i] {
							t.Fatalf("%s %d is %v, want %v", name, i, c.data[i], a.Data[i])
						}
					}
				}
			}
		}
		for _, a := range r.State.Arrays {
			want := 1
			if a.Name == run.LogSigma {
				want = 0 // it is in the metadata, as σ
			}
			if found[a.Name] != want {
				t.Errorf("%s is there %d times", a.Name, found[a.Name])
			}
		}
	})
}

// The metadata say where a model comes from and what its numbers mean.
func TestMetadata(t *testing.T) {
	each(t, func(t *testing.T, r run.Run) {
		for name, f := range modelsOf(t, r) {
			m := f.metadata
			var settings run.Config
			if err := json.Unmarshal([]byte(m["settings"]), &settings); err != nil || settings != r.Config {
				t.Errorf("%s: the settings are %s, %v", name, m["settings"], err)
			}
			for key, want := range map[string]string{
				"run": r.Key(), "data": "bars", "data_sha256": "d1", "width": strconv.Itoa(r.Width), "height": strconv.Itoa(r.Height), "backend": "go",
				"vaelab_version": vaelib.Version, "epochs": "1", "test_loss": "21.5", "test_reconstruction": "20", "test_kl": "1.5", "weights_sha256": "",
			} {
				if m[key] != want {
					t.Errorf("%s: %s is %q, want %q", name, key, m[key], want)
				}
			}
			if !strings.Contains(m["loss_units"], "nats an image") || m["images"] == "" || m["layout"] == "" {
				t.Errorf("%s: the metadata are %v", name, m)
			}
			var sigma, scale float64
			switch {
			case r.Decoder == run.Laplace:
				scale = r.PixelSigma
			case r.Sigma != run.FixedSigma:
				sigma = math.Exp(float64(r.State.Arrays[len(r.State.Arrays)-1].Data[0]))
			case r.Decoder == run.Gaussian:
				sigma = r.PixelSigma
			}
			for key, want := range map[string]float64{"pixel_sigma": sigma, "pixel_scale": scale} {
				if got, _ := strconv.ParseFloat(m[key], 64); got != want {
					t.Errorf("%s: %s is %q, want %v", name, key, m[key], want)
				}
			}
			if learned := strings.HasPrefix(m["prior"], "learned"); learned != (r.Prior == run.LearnedPrior) || (m["prior"] == "") != (r.Model == run.AE) {
				t.Errorf("%s: the prior is %q", name, m["prior"])
			}
		}
	})
}

// Weights that came from elsewhere say so, and no loss that nobody has measured.
func TestMetadataOfBroughtWeights(t *testing.T) {
	r := kinds()["VAE"]
	r.Config, r.Backend, r.Weights, r.State.History = r.Network(), run.Elsewhere, "w1", nil
	for name, f := range modelsOf(t, r) {
		if f.metadata["weights_sha256"] != "w1" || f.metadata["backend"] != "elsewhere" {
			t.Errorf("%s: the metadata are %v", name, f.metadata)
		}
		for key := range f.metadata {
			if strings.HasPrefix(key, "test_") || key == "epochs" || key == "loss_units" {
				t.Errorf("%s has %s", name, key)
			}
		}
	}
}

// Two exports of a run are the same to the last byte.
func TestModelsAreTheSameEachTime(t *testing.T) {
	r := kinds()["conv prior"]
	one, err := onnx.Models(r)
	other, again := onnx.Models(r)
	if err != nil || again != nil {
		t.Fatal(err, again)
	}
	for i := range one {
		if !slices.Equal(one[i].Contents, other[i].Contents) {
			t.Errorf("%s is another model", one[i].Name)
		}
	}
}
