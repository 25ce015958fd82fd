package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"vaelab/cmd/internal/bench"
	"vaelab/datasets"
	"vaelab/vaelib/places"
)

// program is the built vaebench: what a person gets, exit code and all.
var program string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "vaebench")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		program = filepath.Join(dir, "vaebench.exe")
		if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
			panic(fmt.Sprintf("%v: %s", err, out))
		}
		return m.Run()
	}())
}

// vaebench gives the program's output and exit code.
func vaebench(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, err bytes.Buffer
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Env = append(os.Environ(), places.RunsEnv+"="+t.TempDir(), "GOMLX_BACKEND=go", "GOMLX_NO_AUTO_INSTALL=1")
	cmd.Stdout, cmd.Stderr = &out, &err
	var exit *exec.ExitError
	if e := cmd.Run(); e != nil && !errors.As(e, &exit) {
		t.Fatal(e)
	}
	return out.String(), err.String(), cmd.ProcessState.ExitCode()
}

// told runs one mode of bench on the Go backend and reads its lines.
func told[Line any](t *testing.T, args ...string) (lines []Line) {
	t.Helper()
	stdout, stderr, code := vaebench(t, args...)
	if code != 0 || stderr != "" {
		t.Fatalf("bench %v ends with code %d: %s", args, code, stderr)
	}
	for text := range strings.Lines(stdout) {
		var line Line
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		lines = append(lines, line)
	}
	return lines
}

// smallImages are the first images of the sample, in a folder as bench data writes them.
func smallImages(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	data, err := datasets.Sample()
	if err != nil {
		t.Fatal(err)
	}
	for name, set := range map[string]datasets.Images{"train": data.Train, "t10k": data.Test} {
		set.Pixels, set.Labels = set.Pixels[:300*784], set.Labels[:300]
		if err := writeIDX(filepath.Join(dir, name+"-images-idx3-ubyte"), set); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// The exported images are the sample's, byte for byte.
func TestBenchData(t *testing.T) {
	dir := t.TempDir()
	if got := told[bench.Data](t, "data", "-sample", "-out", dir); len(got) != 1 || got[0].Train != 10000 || got[0].Whole {
		t.Errorf("%+v", got)
	}
	back, err := readImages(dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	sample, err := datasets.Sample()
	if err != nil {
		t.Fatal(err)
	}
	if string(back.Train.Pixels) != string(sample.Train.Pixels) || string(back.Test.Pixels) != string(sample.Test.Pixels) {
		t.Error("the images have changed on the way")
	}
	if first, err := readImages(dir, 77); err != nil || first.Train.Len() != 77 || first.Test.Len() != back.Test.Len() {
		t.Errorf("of 77 images, %d are read, %v", first.Train.Len(), err)
	}
}

// Each epoch of each KL weight is told once, and another weight gives another loss.
func TestBenchTrain(t *testing.T) {
	epochs := told[bench.Epoch](t, "train", "-from", smallImages(t), "-images", "200", "-hidden", "8", "-latent", "2",
		"-batch", "100", "-epochs", "2", "-weights", "1,50")
	if len(epochs) != 4 {
		t.Fatalf("%d epochs are told: %+v", len(epochs), epochs)
	}
	losses := map[float64]bool{}
	for _, e := range epochs {
		if e.Seconds <= 0 || e.TestLoss < 200 || e.TestLoss > 2000 {
			t.Errorf("%+v", e)
		}
		losses[e.TestLoss] = true
	}
	if len(losses) != 4 {
		t.Errorf("two epochs have one loss: %+v", epochs)
	}
}

// Another seed is another run, and a profile is one that the tool can read: gzip.
func TestBenchTrainSeedAndProfile(t *testing.T) {
	images, profile := smallImages(t), filepath.Join(t.TempDir(), "cpu.pprof")
	loss := func(more ...string) float64 {
		return told[bench.Epoch](t, append([]string{"train", "-from", images, "-images", "200", "-hidden", "8", "-epochs", "1"}, more...)...)[0].TestLoss
	}
	one := loss("-seed", "1", "-cpuprofile", profile)
	if again := loss("-seed", "1"); again != one {
		t.Errorf("one seed gives the losses %v and %v", one, again)
	}
	if other := loss("-seed", "2"); other == one {
		t.Errorf("seeds 1 and 2 give the same loss %v", one)
	}
	if text, err := os.ReadFile(profile); err != nil || len(text) < 2 || text[0] != 0x1f || text[1] != 0x8b {
		t.Errorf("the profile holds %d bytes, %v", len(text), err)
	}
}

func TestBenchRates(t *testing.T) {
	rates := told[bench.Rate](t, "product", "-pixels", "20", "-hidden", "10", "-batch", "4", "-rounds", "2", "-repeats", "1")
	rates = append(rates, told[bench.Rate](t, "estimators", "-n", "20000", "-repeats", "1")...)
	if len(rates) < 4 {
		t.Errorf("%+v", rates)
	}
	for _, r := range rates {
		if r.Name == "" || r.Cores < 1 || !(r.PerSecond > 0) || math.IsInf(r.PerSecond, 0) {
			t.Errorf("%+v", r)
		}
	}
}

// A law that is put in is found again, and drawn.
func TestBenchDraw(t *testing.T) {
	var points []bench.Point
	for _, axis := range bench.Axes {
		for _, size := range axis.Sizes {
			points = append(points, bench.Point{Axis: axis.Name, At: size, Seconds: 0.01 * math.Pow(float64(size), 1.5), Memory: 300 + 0.02*float64(size)})
		}
	}
	text, err := json.Marshal(points)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	list := filepath.Join(dir, "points.json")
	if err := os.WriteFile(list, text, 0o644); err != nil {
		t.Fatal(err)
	}
	trends := told[bench.Trend](t, "draw", "-from", list, "-out", filepath.Join(dir, "new"))
	if len(trends) != len(bench.Axes) {
		t.Errorf("%+v", trends)
	}
	for _, trend := range trends {
		if math.Abs(trend.Exponent-1.5) > 1e-9 || math.Abs(trend.Base-300) > 1e-6 || math.Abs(trend.Slope-20) > 1e-6 {
			t.Errorf("%+v, want the power 1.5, 300 MB and 20 MB", trend)
		}
	}
	for _, axis := range bench.Axes {
		name := "growth-" + axis.Name + ".png"
		file, err := os.Open(filepath.Join(dir, "new", name))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if img, err := png.DecodeConfig(file); err != nil || img.Width < 1000 || img.Height < 300 {
			t.Errorf("%s is %v, %v", name, img, err)
		}
	}
}

// What can't be measured is said in a sentence.
func TestBenchRefuses(t *testing.T) {
	images := smallImages(t)
	for args, want := range map[string]string{
		"":                                 "data, train, product, estimators or draw",
		"weather":                          "data, train, product, estimators or draw",
		"train -from /nowhere":             "the images aren't there",
		"train stray":                      `"stray" is not a flag of bench train`,
		"product -batch many":              `invalid value "many" for flag -batch`,
		"draw -from /nowhere":              "/nowhere",
		"train -weights x -from " + images: `"x" is no number`,
		"train -cpuprofile /nowhere/p -from " + images: "the profile can't be written",
		"train -latent 0 -from " + images:              "Latent is 0",
		"train -batch 1000 -from " + images:            strconv.Itoa(300),
	} {
		_, stderr, code := vaebench(t, strings.Fields(args)...)
		if code <= 0 || !strings.Contains(stderr, want) || strings.Contains(stderr, "goroutine ") {
			t.Errorf("bench %s ends with code %d: %s", args, code, stderr)
		}
	}
}
