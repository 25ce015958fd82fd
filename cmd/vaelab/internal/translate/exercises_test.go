package translate_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/translate"
	"vaelab/vaelib/check"
	"vaelab/vaelib/exercise"
	"vaelab/vaelib/words"
)

var (
	verbOrWord = regexp.MustCompile(`%[-+# 0-9.\[\]]*[a-zA-Z%]|[A-Za-z]+`)
	word       = regexp.MustCompile(`[A-Za-z]{2,}`)
)

// everyWord speaks a language in which all that the course's programs say is known, and every word is 字.
func everyWord(t *testing.T) {
	t.Helper()
	entries, err := translate.Library("../../../..")
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range entries {
		entries[i].Texts = []string{verbOrWord.ReplaceAllStringFunc(e.ID, func(s string) string {
			if e.Format && s[0] == '%' {
				return s
			}
			return "字"
		})}
		if e.Plural != "" {
			entries[i].Texts = []string{"%s 字"}
		}
	}
	root := t.TempDir()
	before := words.Clone
	words.Clone = func() (string, error) { return root, nil }
	t.Cleanup(func() {
		words.Clone = before
		if err := words.Use("en"); err != nil {
			t.Error(err)
		}
	})
	path := words.File(root, "zh", "library")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, translate.Bytes(words.Languages[1], entries), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := words.Use("zh"); err != nil {
		t.Fatal(err)
	}
}

// What an exercise shows is known to the catalogue, whole: its texts, its inputs, and what is special about them.
func TestExercisesAreSaid(t *testing.T) {
	everyWord(t)
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

	units := exercise.CollapsedUnits
	all := func(means [][]float64) []int { return make([]int, len(means[0])) }
	none := func([][]float64) []int { return nil }
	for i, text := range []string{units.Symptoms[0](all), units.Symptoms[1](none), units.Format(nil)} {
		if text == "" || word.MatchString(text) {
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
		unknown := slices.DeleteFunc(word.FindAllString(words.Text(text), -1), func(w string) bool { return slices.Contains(names, w) })
		if len(unknown) > 0 {
			t.Errorf("%s: %q has words that no catalogue knows: %s", e.ID, text, strings.Join(unknown, ", "))
		}
	}
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
