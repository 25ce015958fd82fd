package lab

import (
	"strings"
	"testing"
	"time"

	"vaelab/vaelib/figure"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/path"
	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
	"vaelab/vaelib/words/wordstest"
)

// Tables, notes, captions, names and errors of this package are said through package words.
func TestCellsSayAll(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	t.Setenv(places.RunsEnv, t.TempDir())
	data := tiny.Data(160, 2000)
	data.Title = "-"
	train := func(change func(c *run.Config)) *Model {
		c := tiny.Config()
		change(&c)
		m, err := Train(c, data)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	vae := train(func(*run.Config) {})
	ae := train(func(c *run.Config) { c.Model = run.AE })
	own := &Model{Run: run.Run{Identity: run.Identity{Config: run.Default(), Loss: "0"}}}
	bounds, err := vae.Bounds(data.Test.First(20), measure.BoundOptions{Ks: []int{1, 2}, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	wordstest.Veil(t)
	allowed := []string{vae.Aim(), vae.engine.Backend().Words, vae.By, bounds.Caveat, t.TempDir(), vae.Dir, ae.Dir, places.RunsEnv}
	allowed = append(allowed, data.Test.Classes...)
	usage, err := vae.Usage()
	if err != nil {
		t.Fatal(err)
	}
	allowed = append(allowed, usage.String())
	heard := map[string]string{}
	figures := map[string]figure.Figure{
		"map": vae.Map(), "clouds": vae.Clouds(), "plane": vae.Plane(3), "pairs": vae.Pairs(1), "restored": Restored(1, vae, ae), "samples": vae.Samples(2, 1),
		"imagined": Imagined(2, 1, vae), "paint": vae.Paint([]float64{0, 0}), "walk": Walk(0, 1, 2, vae), "dimensions": vae.Dimensions(), "look": vae.Look(4),
		"traversals": vae.Traversals(0), "rate": RateDistortion([]*Model{vae}),
	}
	for name, f := range figures {
		if err := f.Err(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		heard["figure: "+name] = f.Title + "\n" + f.Caption + "\n" + f.Alt
	}
	for name, f := range map[string]figure.Figure{"clouds": ae.Clouds(), "dimensions": ae.Dimensions(), "none": Restored(1), "empty": Restored(1, nil),
		"walk": Walk(0, 99999, 2, vae), "traversals": vae.Traversals(99999), "alike": RateDistortion([]*Model{vae, ae}), "ways": vae.Ways(path.Standard(), 1, 1, 0)} {
		heard["error: "+name] = f.Err().Error()
	}
	heard["table"] = wordstest.Printed(t, func() {
		vae.Report()
		Compare(vae, own, nil)
		vae.ShowBounds(bounds)
		Network(vae.Config, 64)
		for _, err := range []error{Contest(data, []*Model{vae}, []*Model{ae}), Smoothness(vae, ae), errEmpty} {
			if err != nil && err != errEmpty {
				t.Error(err)
			}
		}
		if _, err := Tradeoffs([]*Model{vae}); err != nil {
			t.Error(err)
		}
		(*Model)(nil).Report()
	})
	_, from, err := demonstrations(path.Standard())
	if err != nil {
		t.Fatal(err)
	}
	pad := padOf(path.Standard())
	heard["pad"] = from + "\n" + pad.Task + "\n" + pad.Alt
	draws(t, path.Standard(), 0.3, 0.3)
	_, from, _ = demonstrations(path.Standard())
	heard["few"] = from
	for _, m := range pad.Marks {
		heard["pad"] += "\n" + m.Name
	}
	all := newWhole(func(text string, _ bool) { heard["whole"] += text + "\n" }, "-")
	for _, loaded := range []bool{true, false, false} {
		all.add(vae.Config, 160, loaded)(run.Progress{Config: vae.Config, Step: 3, Steps: 10})
	}
	heard["whole"] += all.line(time.Minute)
	all.end()
	_, err = budget("much", run.Backend{}, 2, 1)
	heard["budget"] = err.Error()
	heard["turn"] = Turn(vae.Config, data).Error()
	heard["sentence"] = show.Sentence("-")
	// The network's arrays have names in code.
	allowed = append(allowed, "encoder", "decoder", "hidden", "weights", "biases", "mean", "log_variance", "pixels", vae.Run.Key(), ae.Run.Key(), "much", "VAELAB_BUDGET", "full", "small", "path.Given")
	for what, text := range heard {
		if strings.HasPrefix(what, "table") && len(text) < 500 {
			t.Errorf("only %d letters of tables", len(text))
		}
		if english := wordstest.English(text, allowed...); len(english) > 0 {
			t.Errorf("%s: %q are English in %q", what, english, text)
		}
	}
}
