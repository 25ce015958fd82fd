package translate_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gomlx/gomlx/core/graph"

	"vaelab/cmd/vaelab/internal/translate"
	"vaelab/vaelib/check"
	"vaelab/vaelib/exercise"
	"vaelab/vaelib/exercise/losses"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
	"vaelab/vaelib/words/wordstest"
)

// What an exercise shows is known to the catalogue, whole: its texts, its inputs, and what is special about them.
func TestExercisesAreSaid(t *testing.T) {
	wordstest.Veil(t)
	said(t, exercise.Annealing, "step", "warmup")
	said(t, exercise.BalancedWeight)
	said(t, exercise.ChooseStyle)
	said(t, exercise.CodeToDecode, "noise", "training", "true", "false")
	said(t, exercise.CollapsedUnits)
	said(t, exercise.EffectiveWeight)
	said(t, exercise.ELBO)
	said(t, exercise.FreeBits)
	said(t, exercise.FreeNats)
	said(t, exercise.GreyFloor)
	said(t, exercise.HiddenWeight)
	said(t, exercise.ImportanceWeightedBound, "log")

	said(t, exercise.K3Slope)
	said(t, exercise.KLFromLogStd)
	said(t, exercise.KLFromLogVar)
	said(t, exercise.KLGradient)
	said(t, exercise.KLInManyDimensions)
	said(t, exercise.KLInOneDimension)
	said(t, exercise.LaplaceWeight, "ACT")
	said(t, exercise.LogWeight, "log")
	said(t, exercise.ReconstructionFromLogits)
	said(t, exercise.Reparameterise, "noise")
	said(t, exercise.SampledKL)
	said(t, exercise.SignError, "log")
	said(t, exercise.TotalCorrelation)
	said(t, &losses.WriteTheLoss.Function)
	for _, text := range slices.Concat(onTheMap(), ofShapes(), ofTrained()) {
		if english := wordstest.Phrases(text); len(english) > 0 {
			t.Errorf("a verdict speaks English: %q: %q", english, text)
		}
	}

	units := exercise.CollapsedUnits
	all := func(means [][]float64) []int { return make([]int, len(means[0])) }
	none := func([][]float64) []int { return nil }
	for i, text := range []string{units.Symptoms[0](all), units.Symptoms[1](none), units.Format(nil)} {
		if text == "" || len(wordstest.English(text)) > 0 {
			t.Errorf("what is said of collapsed units, %d: %q", i, text)
		}
	}
}

// said goes through the texts of an exercise. Names are those of its function's inputs, which stay as they are.
func said[F any](t *testing.T, e *check.Function[F], names ...string) {
	t.Helper()
	texts := slices.Concat([]string{e.Title, e.Question, e.Another, e.Tested, e.Formula.NotNegative}, e.Hints, e.Outputs)
	for _, m := range e.Mistakes {
		texts = append(texts, m.Says)
	}
	for _, p := range e.Points {
		input := p.Input
		if p.Say != nil {
			input = p.Say()
		}
		texts = append(append(texts, input), p.Tags...)
	}
	for _, text := range texts {
		if unknown := wordstest.English(words.Text(text), names...); len(unknown) > 0 {
			t.Errorf("%s: %q has words that no catalogue knows: %s", e.ID, text, strings.Join(unknown, ", "))
		}
	}
}

// onTheMap are all verdicts on points.
func onTheMap() (list []string) {
	codes := [][]float64{{1, 0}, {0, 1}, {2.9, 2.9}, {-1, -1}}
	for _, point := range [][]float64{nil, {0}, {0, math.NaN()}, {1, 0}, {1, 0.01}, {20, 20}, {2.9, 2.91}, {-2, 2}} {
		r := exercise.ReadTheMap.Judge(point, codes)
		list = append(list, r.Diagnosis+r.Tested)
	}
	return append(list, exercise.ReadTheMap.Judge([]float64{0, 0}, [][]float64{{1, 2, 3}}).Diagnosis, exercise.ReadTheMap.JudgeFound(nil, codes).Diagnosis)
}

// ofShapes are all verdicts on losses of the wrong shape.
func ofShapes() (list []string) {
	for _, f := range []model.Loss{
		func(p model.Pass) *graph.Node { return graph.ReduceAllSum(p.Mean) },
		func(p model.Pass) *graph.Node { return p.Mean },
		func(p model.Pass) *graph.Node { return p.Images },
		func(p model.Pass) *graph.Node { return graph.InsertAxes(model.KL(p), -1) },
		func(p model.Pass) *graph.Node { return graph.ReduceSum(p.Images, 0) },
		func(p model.Pass) *graph.Node { return nil },
	} {
		for _, shows := range losses.WriteTheLoss.Symptoms {
			list = append(list, shows(f))
		}
	}
	return list
}

// ofTrained are all verdicts on trainings.
func ofTrained() (list []string) {
	epoch := func(n int, reconstruction, kl float64) run.Epoch {
		return run.Epoch{Epoch: n, Test: run.Terms{Loss: reconstruction + kl, Reconstruction: reconstruction, KL: kl}}
	}
	for _, mine := range []run.Epoch{{}, epoch(15, 265, 6.4), epoch(15, math.NaN(), 6), epoch(5, 270, 6), epoch(15, 265, 60), epoch(15, 265, 1), epoch(15, 280, 6.3),
		epoch(15, 259.8, 5.65), epoch(15, 270.2, 7.1)} {
		r := losses.WriteTheLoss.JudgeTrained(mine, epoch(15, 265, 6.4))
		list = append(list, r.Diagnosis+r.Tested)
		if r.Example != nil {
			list = append(list, r.Example.Input, r.Example.Got, r.Example.Want)
		}
	}
	return list
}

// A formula's term is read by a parser: its text is no message, and what people call it is one.
func TestTermsOfFormulasAreNoMessages(t *testing.T) {
	entries, err := translate.Library("../../../..")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, e := range entries {
		known[e.ID] = true
	}
	for _, text := range []string{"the reconstruction term", "there is one pixel", "A KL divergence is never negative."} {
		if !known[text] {
			t.Errorf("%q is no message", text)
		}
	}
	if known["mean(Σ reconstruction)"] || known["weight·mean(Σ kl)"] {
		t.Error("a formula's term is a message")
	}
}
