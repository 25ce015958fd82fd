package lab

import (
	"fmt"
	"image"
	"strings"
	"testing"
	"time"

	"vaelab/vaelib/figure"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
	"vaelab/vaelib/study"
	"vaelab/vaelib/words/wordstest"
)

// Many models come in the order of their settings, each the one that Train would give.
func TestTrainAll(t *testing.T) {
	t.Setenv(places.RunsEnv, t.TempDir())
	data := tiny.Data(44, 13)
	var configs []run.Config
	for seed := range uint64(3) {
		c := tiny.Config()
		c.Seed = seed + 1
		configs = append(configs, c)
	}
	alone, err := Train(configs[1], data)
	if err != nil {
		t.Fatal(err)
	}
	var models []*Model
	text := wordstest.Printed(t, func() { models, err = TrainAll(data, configs...) })
	if err != nil || len(models) != 3 {
		t.Fatalf("%d models, %v", len(models), err)
	}
	if !strings.Contains(text, "3 models are ready: 2 trained now, 1 loaded") {
		t.Errorf("it says %q", text)
	}
	for i, m := range models {
		if m.Seed != configs[i].Seed {
			t.Errorf("model %d has the seed %d", i, m.Seed)
		}
	}
	if models[1].Last() != alone.Last() {
		t.Errorf("one of many ends with %+v, alone with %+v", models[1].Last(), alone.Last())
	}
	bad := tiny.Config()
	bad.Latent = 0
	if _, err := TrainAll(data, configs[0], bad); err == nil || !strings.Contains(err.Error(), "Latent is 0") {
		t.Errorf("settings that can't train give %v", err)
	}
}

// A sweep gives the models by weight and seed, and may be added to.
func TestSweep(t *testing.T) {
	t.Setenv(places.RunsEnv, t.TempDir())
	data, c := tiny.Data(44, 13), tiny.Config()
	if _, err := Sweep(c, data, []float64{1}, []uint64{1, 2}); err != nil {
		t.Fatal(err)
	}
	var models [][]*Model
	var err error
	text := wordstest.Printed(t, func() { models, err = Sweep(c, data, []float64{0, 1, 4}, []uint64{1, 2}) })
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text, "6 models are ready: 4 trained now, 2 loaded") {
		t.Errorf("it says %q", text)
	}
	for i, weight := range []float64{0, 1, 4} {
		for j, seed := range []uint64{1, 2} {
			if m := models[i][j]; len(models[i]) != 2 || m.KLWeight != weight || m.Seed != seed || m.loaded != (weight == 1) {
				t.Errorf("model %d, %d has the weight %v and the seed %d; loaded: %v", i, j, m.KLWeight, m.Seed, m.loaded)
			}
		}
	}
	if _, err := Sweep(c, data, nil, []uint64{1}); err == nil || !strings.Contains(err.Error(), "at least one KL weight") {
		t.Errorf("no weights give %v", err)
	}
}

// The line of a sweep counts models, and reckons the time left from the steps that this process made.
func TestWholeProgress(t *testing.T) {
	var last string
	w := newWhole(func(text string, done bool) { last = text }, "a machine")
	c := tiny.Config() // 3 epochs
	w.add(c, 80, true) // 10 steps an epoch
	c.KLWeight = 4
	interrupted := w.add(c, 80, false)
	c.Seed = 2
	w.add(c, 80, false)
	history := make([]run.Epoch, 2)
	interrupted(run.Progress{Config: c, Step: 10, Steps: 30, History: history[:1]})
	if want := "1 of 3 models are ready; now VAE, KL weight 4 with 2 dimensions, seed 1, epoch 2 of 3; on a machine."; last != want {
		t.Errorf("it says %q, want %q", last, want)
	}
	interrupted(run.Progress{Config: c, Step: 20, Steps: 30, History: history})
	// 10 steps in 20 seconds; 10 + 30 are left.
	if got, want := w.line(20*time.Second), "; about 1 min 20 s left; on a machine."; !strings.HasSuffix(got, want) {
		t.Errorf("it says %q, want it to end with %q", got, want)
	}
}

// A walk begins and ends with the pictures of the two images' mean codes.
func TestWalk(t *testing.T) {
	m := trainedModel(t, nil)
	ends, err := m.Restore(m.Data.Test.First(2))
	if err != nil {
		t.Fatal(err)
	}
	same := picture(t, figure.Rows([]figure.Row{{Label: m.Name(), Images: []image.Image{ends[0], ends[1]}}}, figure.Columns(2)))
	if got := picture(t, Walk(0, 1, 1, m)); string(got) != string(same) {
		t.Error("a walk of one step is not the two restored images")
	}
	for _, f := range []figure.Figure{Walk(0, 999, 3, m), Walk(-1, 0, 3, m), Walk(0, 1, 0, m)} {
		if f.Err() == nil || !strings.Contains(f.Err().Error(), "can't be gone") {
			t.Errorf("an impossible walk gives %v", f.Err())
		}
	}
}

// Clouds are the map with ellipses; an autoencoder has none.
func TestClouds(t *testing.T) {
	m := trainedModel(t, nil)
	if string(picture(t, m.Clouds())) == string(picture(t, m.Map())) {
		t.Error("the clouds don't show")
	}
	ae := trainedModel(t, func(c *run.Config) { c.Model = run.AE })
	if err := ae.Clouds().Err(); err == nil || !strings.Contains(err.Error(), "points") {
		t.Errorf("an autoencoder's clouds: %v", err)
	}
}

// Paint shows each code's picture with the code below, and refuses codes of another length.
func TestPaint(t *testing.T) {
	m := trainedModel(t, nil)
	img, err := m.Paint([]float64{0, 0}, []float64{3, -3}).Image()
	if err != nil || tones(img) < 5 {
		t.Errorf("the picture has %d tones, %v", tones(img), err)
	}
	if err := m.Paint([]float64{1}).Err(); err == nil || !strings.Contains(err.Error(), "1 numbers") {
		t.Errorf("a short code gives %v", err)
	}
}

// The contest has a line for real pictures and one for each group, with a spread where there are several seeds.
func TestContest(t *testing.T) {
	data := tiny.Data(120, 90)
	of := func(kind run.Kind, seeds ...uint64) (models []*Model) {
		for _, seed := range seeds {
			c := tiny.Config()
			c.Model, c.Seed = kind, seed
			m, err := Train(c, data)
			if err != nil {
				t.Fatal(err)
			}
			models = append(models, m)
		}
		return models
	}
	var err error
	groups := [][]*Model{of(run.AE, 1, 2), of(run.VAE, 1)}
	text := wordstest.Printed(t, func() { err = Contest(data, groups...) })
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) != 4 || !strings.HasPrefix(lines[1], "real pictures") ||
		!strings.HasPrefix(lines[2], "AE, 2 dimensions") || !strings.HasPrefix(lines[3], "VAE, 2 dimensions") {
		t.Fatalf("the table is\n%s", text)
	}
	if !strings.Contains(lines[2], "±") || strings.Contains(lines[3], "±") {
		t.Errorf("a spread belongs to several seeds only:\n%s", text)
	}
	if err := Contest(data, nil); err == nil {
		t.Error("an empty group is no error")
	}
}

// A line for each model, with errors; only a VAE's clouds overlap.
func TestSmoothness(t *testing.T) {
	vae, ae := trainedModel(t, nil), trainedModel(t, func(c *run.Config) { c.Model = run.AE })
	var err error
	text := wordstest.Printed(t, func() { err = Smoothness(ae, vae) })
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) != 3 || !strings.HasPrefix(lines[1], "AE, 2 dimensions") || !strings.HasPrefix(lines[2], "VAE, 2 dimensions") {
		t.Fatalf("the table is\n%s", text)
	}
	if !strings.HasSuffix(strings.TrimSpace(lines[1]), "0: points") || strings.Count(lines[2], "±") != 3 {
		t.Errorf("the table is\n%s", text)
	}
	one := *vae
	one.Data.Test = one.Data.Test.First(1)
	if err := Smoothness(&one); err == nil || !strings.Contains(err.Error(), "no pair") {
		t.Errorf("a single image gives %v", err)
	}
}

// A line for each group, with the ELBO as the negative sum of the other two terms, whatever the weight.
func TestTradeoffs(t *testing.T) {
	data := tiny.Data(120, 90)
	of := func(weight float64, seed uint64) *Model {
		c := tiny.Config()
		c.KLWeight, c.Seed = weight, seed
		m, err := Train(c, data)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	light, heavy, other := of(1, 1), of(4, 1), of(4, 9)
	groups := [][]*Model{{light}, {heavy, other}}
	var err error
	var list []study.Tradeoff
	text := wordstest.Printed(t, func() { list, err = Tradeoffs(groups...) })
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 2 || list[1].Weight != 4 || len(list[1].Recall) != 2 || list[0].KL[0] != light.Last().Test.KL {
		t.Errorf("the numbers are %+v", list)
	}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) != 3 || strings.Contains(lines[1], "±") || strings.Count(lines[2], "±") != 6 {
		t.Fatalf("the table is\n%s", text)
	}
	last := light.Last().Test
	for _, want := range []float64{last.Reconstruction, -last.Reconstruction - last.KL} {
		if !strings.Contains(lines[1], strings.Replace(fmt.Sprintf("%.1f", want), "-", "−", 1)) {
			t.Errorf("the line lacks %.1f: %s", want, lines[1])
		}
	}
	if f := RateDistortion(groups...); f.Err() != nil || !strings.Contains(f.Alt, "β = 4") {
		t.Errorf("the figure says %q, %v", f.Alt, f.Err())
	}
	if _, err := Tradeoffs(nil); err == nil || RateDistortion(nil).Err() == nil {
		t.Error("an empty group is no error")
	}
}

// Each model's line shows what its own Samples would.
func TestImagined(t *testing.T) {
	m := trainedModel(t, nil)
	got := picture(t, Imagined(5, 3, m, m))
	same := picture(t, Imagined(5, 3, m, m))
	other := picture(t, Imagined(5, 4, m, m))
	if string(got) != string(same) || string(got) == string(other) {
		t.Error("the seed doesn't decide what is drawn")
	}
	if err := Imagined(-1, 1, m).Err(); err == nil {
		t.Error("−1 pictures are no error")
	}
}
