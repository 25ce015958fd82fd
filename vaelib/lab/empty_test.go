package lab

import (
	"context"
	"strings"
	"testing"

	"vaelab/vaelib/engine/inprocess"
	"vaelab/vaelib/figure"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words/wordstest"
)

// No model, or an empty one, as after a training whose error was passed over: whatever is asked of it says so.
func TestEmptyModels(t *testing.T) {
	for _, m := range []*Model{nil, {}, {Run: run.Run{Identity: run.Identity{Config: run.Default()}}}, NewModel(run.Run{}, tiny.Data(4, 4), nil)} {
		of := func(_ any, err error) error { return err }
		precision := func() error { _, _, err := m.PrecisionRecall(); return err }
		precisionOf := func() error { _, _, err := m.PrecisionRecallOf(nil); return err }
		errors := []error{
			of(m.Usage()), of(m.Imagine(1, 1)), of(m.Decode(nil)), precision(), precisionOf(), Smoothness(m), Contest(tiny.Data(4, 4), []*Model{m}),
			of(Tradeoffs([]*Model{m})),
		}
		for _, f := range []figure.Figure{
			m.Curves(), m.Map(), m.Clouds(), m.Plane(3), m.Pairs(1), m.Samples(1, 1), m.Dimensions(), m.Traversals(0), m.Look(2), m.Paint([]float64{0, 0}),
			Walk(0, 1, 2, m), Restored(1, m), Imagined(1, 1, m), RateDistortion([]*Model{m}),
		} {
			errors = append(errors, f.Err())
		}
		for i, err := range errors {
			if err == nil || !strings.Contains(err.Error(), "the model is empty") {
				t.Errorf("of %+v answer %d is %v", m, i, err)
			}
		}
		text := wordstest.Printed(t, func() { m.Report(); Compare(m) })
		if !strings.Contains(text, "nothing to report") || !strings.Contains(text, "not trained") {
			t.Errorf("it says %q", text)
		}
	}
	if _, err := TrainOn(nil, tiny.Config(), tiny.Data(20, 5)); err == nil || !strings.Contains(err.Error(), "no engine") {
		t.Errorf("the error is %v", err)
	}
	var none inprocess.Engine
	if none.Backend() != (run.Backend{}) {
		t.Errorf("an engine of nothing computes with %+v", none.Backend())
	}
	_, found := none.Find(tiny.Data(20, 5), tiny.Config())
	_, trained := none.Train(context.Background(), tiny.Data(20, 5), nil, tiny.Config())
	_, opened := none.Open(t.Context(), run.Run{})
	for _, err := range []error{found, trained, opened} {
		if err == nil || !strings.Contains(err.Error(), "backend") {
			t.Errorf("the error is %v", err)
		}
	}
}

// Labels that have no name, and none at all, keep no model from being trained and looked at.
func TestOddLabels(t *testing.T) {
	t.Setenv(places.RunsEnv, t.TempDir())
	odd, none := tiny.Data(44, 13), tiny.Data(44, 13)
	odd.Test.Labels[3] = 7
	none.Train.Labels, none.Test.Labels = nil, nil
	for _, data := range []struct {
		*Model
		mapped string
	}{{must(t)(Train(tiny.Config(), odd)), "label 3 is 7, but there are names for 2 classes"}, {must(t)(Train(tiny.Config(), none)), ""}} {
		for _, f := range []figure.Figure{data.Pairs(2), Restored(1, data.Model)} {
			if _, err := f.PNG(); err != nil {
				t.Error(err)
			}
		}
		switch err := data.Map().Err(); {
		case data.mapped == "" && err != nil:
			t.Errorf("a map without labels is %v", err)
		case data.mapped != "" && (err == nil || !strings.Contains(err.Error(), data.mapped)):
			t.Errorf("a map with a label too large is %v", err)
		}
		if b, err := data.Bounds(data.Data.Test.First(2), measure.BoundOptions{Ks: []int{1, 2}}); err != nil || b.Best().K != 2 {
			t.Errorf("the bounds are %+v, %v", b, err)
		}
	}
}

func must(t *testing.T) func(m *Model, err error) *Model {
	return func(m *Model, err error) *Model {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
}
