package translate_test

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/gomlx/gomlx/core/graph"

	"vaelab/cmd/vaelab/internal/translate"
	"vaelab/vaelib/check"
	"vaelab/vaelib/exercise"
	"vaelab/vaelib/exercise/losses"
	"vaelab/vaelib/model"
	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

var (
	anyWord  = regexp.MustCompile(`[A-Za-z]{2,}`)
	verbWord = regexp.MustCompile(`%[-+# 0-9.]*[a-zA-Z%]|[A-Za-z]{2,}`)
	english  = regexp.MustCompile(`[A-Za-z]{2,},? [A-Za-z]{2,}`)
)

// babble has the program speak a language whose every message is known and has no English word: what shows one isn't a message, or
// was put together before the language was known.
func babble(t *testing.T) {
	t.Helper()
	root, err := places.Clone()
	if err != nil {
		t.Fatal(err)
	}
	entries, err := translate.Library(root)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range entries {
		text := anyWord.ReplaceAllString(e.ID, "字")
		switch {
		case e.Plural != "":
			text = "%s 字"
		case e.Format:
			text = verbWord.ReplaceAllStringFunc(e.ID, func(s string) string {
				if s[0] == '%' {
					return s
				}
				return "字"
			})
		}
		entries[i].Texts = []string{text}
	}
	clone := t.TempDir()
	path := words.File(clone, "zh", "library")
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, translate.Bytes(words.Spoken(), entries), 0o644)); err != nil {
		t.Fatal(err)
	}
	before := words.Clone
	words.Clone = func() (string, error) { return clone, nil }
	t.Cleanup(func() {
		words.Clone = before
		if err := words.Use("en"); err != nil {
			t.Error(err)
		}
	})
	if err := words.Use("zh"); err != nil {
		t.Fatal(err)
	}
}

// texts are what an exercise hands over to be shown: whole texts, which are messages, and what it says at its inputs.
func texts[F any](e *check.Function[F], wrong ...F) (list []string) {
	list = words.Texts(slices.Concat(e.Hints, e.Outputs, []string{e.Title, e.Question, e.Another, e.Tested}))
	for _, p := range e.Points {
		list = append(list, words.Texts(p.Tags)...)
		if p.Say != nil {
			p.Input = p.Say()
		}
		list = append(list, p.Input)
	}
	for _, m := range e.Mistakes {
		list, wrong = append(list, words.Text(m.Says)), append(wrong, m.F)
	}
	for _, f := range wrong {
		for _, shows := range e.Symptoms {
			list = append(list, shows(f))
		}
	}
	return list
}

// Nothing that these exercises say is out of another language's reach.
func TestExercisesSpeakAnyLanguage(t *testing.T) {
	babble(t)
	for id, list := range map[string][]string{
		"K3Slope": texts(exercise.K3Slope), "KLFromLogStd": texts(exercise.KLFromLogStd), "KLFromLogVar": texts(exercise.KLFromLogVar),
		"KLGradient": texts(exercise.KLGradient), "KLInManyDimensions": texts(exercise.KLInManyDimensions),
		"KLInOneDimension": texts(exercise.KLInOneDimension), "LaplaceWeight": texts(exercise.LaplaceWeight), "LogWeight": texts(exercise.LogWeight),
		"ReconstructionFromLogits": texts(exercise.ReconstructionFromLogits), "Reparameterise": texts(exercise.Reparameterise),
		"SampledKL": texts(exercise.SampledKL), "SignError": texts(exercise.SignError), "TotalCorrelation": texts(exercise.TotalCorrelation),
		"ReadTheMap": onTheMap(), "losses.WriteTheLoss": texts(&losses.WriteTheLoss.Function, shapes()...), "losses.WriteTheLoss trained": trained(),
	} {
		if len(list) < 9 {
			t.Errorf("%s says only %q", id, list)
		}
		for _, text := range list {
			if english.MatchString(text) {
				t.Errorf("%s speaks English: %q", id, text)
			}
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

// shapes are losses of all sorts of wrong shapes.
func shapes() []model.Loss {
	return []model.Loss{
		func(p model.Pass) *graph.Node { return graph.ReduceAllSum(p.Mean) },
		func(p model.Pass) *graph.Node { return p.Mean },
		func(p model.Pass) *graph.Node { return p.Images },
		func(p model.Pass) *graph.Node { return graph.InsertAxes(model.KL(p), -1) },
		func(p model.Pass) *graph.Node { return graph.ReduceSum(p.Images, 0) },
		func(p model.Pass) *graph.Node { return nil },
	}
}

// trained are all verdicts on trainings.
func trained() (list []string) {
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
