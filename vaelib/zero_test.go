package vaelib_test

import (
	"fmt"
	"image"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/evaluate"
	"vaelab/vaelib/exact"
	"vaelab/vaelib/figure"
	"vaelab/vaelib/kept"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/run"
)

// values are the zero values of what a program can hold in its hands, and values that are wrong in some way.
var values = []any{
	datasets.Images{}, datasets.Dataset{}, datasets.Options{}, datasets.Binarisation{}, &datasets.LoadError{},
	datasets.Images{Width: 2, Height: 2, Pixels: make([]uint8, 7), Labels: []uint8{9}, Classes: []string{"a"}},
	datasets.Images{Width: -1, Height: -4, Pixels: make([]uint8, 4)}, datasets.Images{Labels: []uint8{1, 2}},
	datasets.Images{Width: 1, Height: 1, Pixels: []uint8{1, 2}, Labels: []uint8{7, 255}, Classes: []string{"a"}},
	run.Config{}, run.Run{}, run.State{}, run.Identity{}, run.Schedule{}, run.TargetRate{}, run.Weight{}, run.Progress{}, run.Backend{},
	run.Epoch{}, run.Terms{}, run.Array{},
	kept.Data{},
	kl.Normal{}, kl.Diagonal{}, kl.Diagonal{Mu: []float64{1}, Sigma: []float64{1, 2}}, kl.Full{}, kl.Mixture{}, kl.Estimate{}, kl.Estimator{},
	kl.Loss{}, kl.Parts{}, kl.Verdict{}, kl.Gradient{}, kl.Mixture{Weights: []float64{1}}, kl.Mixture{Components: []kl.Normal{{}}},
	measure.Bounds{}, measure.Bound{}, measure.BoundOptions{}, measure.Gaussian{}, measure.Holes{}, measure.Jumps{}, measure.KLSplit{}, &measure.LogMean{},
	&measure.Manifold{}, &measure.PCA{}, measure.Pictures{}, measure.Pictures{nil}, measure.Usage{}, measure.Walk{}, measure.ImageMean{}, measure.Dimension{},
	&exact.Problem{}, exact.Optimum{}, exact.Network{}, exact.Source{},
	evaluate.Bounds{}, evaluate.Codes{}, evaluate.Reading(""),
	figure.Figure{},
}

// functions make things, or compute, from what a program hands them.
var functions = map[string]any{
	"measure.ActiveUnits": measure.ActiveUnits, "measure.Draw": measure.Draw, "measure.FindHoles": measure.FindHoles,
	"measure.FindJumps": measure.FindJumps, "measure.FitGaussian": measure.FitGaussian, "measure.Frechet": measure.Frechet,
	"measure.FrechetOf": measure.FrechetOf, "measure.ImportanceBounds": measure.ImportanceBounds, "measure.Mean": measure.Mean,
	"measure.NewManifold": measure.NewManifold, "measure.NewPCA": measure.NewPCA, "measure.Overlaps": measure.Overlaps,
	"measure.Pairs": measure.Pairs, "measure.Posteriors": measure.Posteriors, "measure.PrecisionRecall": measure.PrecisionRecall,
	"measure.Spacing": measure.Spacing, "measure.SplitKL": measure.SplitKL, "measure.UsageOf": measure.UsageOf,
	"measure.Bhattacharyya": measure.Bhattacharyya,
	"kl.LogSpaced":          kl.LogSpaced,
	"evaluate.BoundsOf":     evaluate.BoundsOf, "evaluate.ReadingOf": evaluate.ReadingOf,
	"figure.Beside": figure.Beside, "figure.Rows": figure.Rows, "figure.Images": figure.Images, "figure.LatentMap": figure.LatentMap,
	"figure.LatentPlane": figure.LatentPlane, "figure.Curves": figure.Curves, "figure.Bars": figure.Bars, "figure.Plot": figure.Plot, "figure.Pairs": figure.Pairs, "figure.Landscape": figure.Landscape,
	"figure.RateDistortion": figure.RateDistortion,
	"kept.Of":               kept.Of, "exact.Of": exact.Of, "exact.Trained": exact.Trained,
}

// indexing are methods that take a place in a list, as an index in brackets does: one that isn't there is the caller's.
var indexing = []string{"At", "Gray"}

// What is empty, too short, too long, negative or not a number gives an error or an answer, and never a panic with Go's own
// words. So every method of these values, and every function, is called with such arguments.
func TestNothingPanicsOnBadInput(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 6))
	for i, v := range values {
		value := reflect.ValueOf(v)
		name := fmt.Sprintf("%d: %T", i, v)
		for m := range value.NumMethod() {
			if slices.Contains(indexing, value.Type().Method(m).Name) {
				continue
			}
			call(t, rng, name+"."+value.Type().Method(m).Name, value.Method(m))
		}
	}
	for name, f := range functions {
		call(t, rng, name, reflect.ValueOf(f))
	}
}

// call calls a function several times with arguments that are wrong in some way.
func call(t *testing.T, rng *rand.Rand, name string, f reflect.Value) {
	t.Helper()
	for try := range 60 {
		args := make([]reflect.Value, f.Type().NumIn())
		for i := range args {
			args[i] = bad(rng, f.Type().In(i), try == 0)
		}
		func() {
			defer func() {
				if p := recover(); p != nil {
					var words []any
					for _, a := range args {
						words = append(words, a.Interface())
					}
					t.Errorf("%s(%.200v) panics: %v", name, fmt.Sprintf("%+v", words), p)
				}
			}()
			ask := f.Call
			if f.Type().IsVariadic() {
				ask = f.CallSlice
			}
			answer := ask(args)
			for _, a := range answer {
				if drawn, ok := a.Interface().(figure.Figure); ok {
					_, _ = drawn.Image() // an error is fine
				}
			}
		}()
		if t.Failed() && len(args) == 0 {
			return
		}
	}
}

// bad is a value of a type: its zero, or one that is wrong in some way.
func bad(rng *rand.Rand, of reflect.Type, zero bool) reflect.Value {
	v := reflect.New(of).Elem()
	if zero {
		return v
	}
	switch of.Kind() {
	case reflect.Int, reflect.Int64:
		v.SetInt([]int64{-1, 0, 1, 2, 5}[rng.IntN(5)])
	case reflect.Uint8, reflect.Uint64:
		v.SetUint(uint64(rng.IntN(12)))
	case reflect.Float64, reflect.Float32:
		v.SetFloat([]float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, -1, 1, 2.5}[rng.IntN(7)])
	case reflect.String:
		v.SetString([]string{"", "x", "gaussian"}[rng.IntN(3)])
	case reflect.Slice:
		n := rng.IntN(4)
		v.Set(reflect.MakeSlice(of, n, n))
		for i := range n {
			v.Index(i).Set(bad(rng, of.Elem(), rng.IntN(4) == 0))
		}
	case reflect.Array:
		for i := range v.Len() {
			v.Index(i).Set(bad(rng, of.Elem(), false))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if of.Field(i).IsExported() {
				v.Field(i).Set(bad(rng, of.Field(i).Type, rng.IntN(4) == 0))
			}
		}
	case reflect.Interface:
		for _, some := range []any{image.NewGray(image.Rect(0, 0, 0, 0)), kl.Normal{}} {
			if reflect.TypeOf(some).Implements(of) && rng.IntN(3) > 0 {
				v.Set(reflect.ValueOf(some))
			}
		}
	case reflect.Func:
		switch of {
		case reflect.TypeFor[figure.Option]():
			some := []figure.Option{figure.Title("t"), figure.Columns(-1), figure.Labels(nil), figure.Limit(math.NaN()), figure.LogX(), figure.LogY(),
				figure.XRange(2, 1), figure.Dots("d", []float64{1}, nil), figure.Path("", nil, nil), figure.Line("l", math.Log, -1, 1), figure.Epochs(-3),
				figure.Level(math.NaN(), ""), figure.Spreads([][2]float64{{-1, 0}}), figure.Band("", []float64{1, 2}, []float64{1}, nil), figure.Area("a", nil, 0, 1)}
			v.Set(reflect.ValueOf(some[rng.IntN(len(some))]))
		case reflect.TypeFor[func(float64, float64) float64]():
			v.Set(reflect.ValueOf(func(x, y float64) float64 { return x * math.Log(y) }))
		}
	case reflect.Pointer:
		if of == reflect.TypeFor[*rand.Rand]() {
			v.Set(reflect.ValueOf(rng))
		}
		if of == reflect.TypeFor[*image.Gray]() && rng.IntN(2) == 0 {
			v.Set(reflect.ValueOf(image.NewGray(image.Rect(0, 0, rng.IntN(3), 2))))
		}
	}
	return v
}
