package exercise

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"vaelab/vaelib/check"
	"vaelab/vaelib/places"
	"vaelab/vaelib/words/wordstest"
)

// coded is an exercise whose solution is code.
type coded interface{ Code() (string, error) }

// variables are the exercises by the names of their variables.
var variables = map[string]any{
	"PCAAgainstAE": PCAAgainstAE, "ReadTheMap": ReadTheMap, "Reparameterise": Reparameterise, "FromAEToVAE": FromAEToVAE,
	"KLInOneDimension": KLInOneDimension, "SampledKL": SampledKL, "SignError": SignError, "KLGradient": KLGradient,
	"KLInManyDimensions": KLInManyDimensions, "KLFromLogVar": KLFromLogVar, "KLFromLogStd": KLFromLogStd,
	"ReconstructionFromLogits": ReconstructionFromLogits, "GreyFloor": GreyFloor, "ELBO": ELBO,
	"TermsInTraining": TermsInTraining, "CodeToDecode": CodeToDecode, "EffectiveWeight": EffectiveWeight,
	"HiddenWeight": HiddenWeight, "RecallAtWeight4": RecallAtWeight4, "WeightSweep": WeightSweep,
	"CollapsedUnits": CollapsedUnits, "FreeBits": FreeBits, "Annealing": Annealing, "LogWeight": LogWeight,
	"ImportanceWeightedBound": ImportanceWeightedBound,
	"LaplaceWeight":           LaplaceWeight, "ChooseStyle": ChooseStyle, "ClipsCompared": ClipsCompared, "FreeNats": FreeNats,
	"BalancedWeight": BalancedWeight, "PartsOfTheKL": PartsOfTheKL, "TotalCorrelation": TotalCorrelation, "K3Slope": K3Slope,
}

func base(e any) *check.Exercise {
	return reflect.ValueOf(e).Elem().FieldByName("Exercise").Addr().Interface().(*check.Exercise)
}

// An exercise's ID is the name of its variable, and every variable is in the course.
func TestCourseHasEveryExerciseByItsName(t *testing.T) {
	for name, e := range variables {
		if base(e).ID != name || !slices.Contains(list, base(e)) {
			t.Errorf("%s has the ID %s; in the course: %v", name, base(e).ID, slices.Contains(list, base(e)))
		}
	}
	if len(list) != len(variables)+1 || len(list) < 16 {
		t.Errorf("%d exercises in the course, %d variables", len(list), len(variables))
	}
	// No variable of an exercise is left out above.
	for _, path := range value(filepath.Glob("*.go")) {
		file := value(parser.ParseFile(token.NewFileSet(), path, nil, 0))
		for _, d := range file.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR || strings.HasSuffix(path, "_test.go") {
				continue
			}
			for _, spec := range g.Specs {
				for _, name := range spec.(*ast.ValueSpec).Names {
					if name.IsExported() && variables[name.Name] == nil && !strings.HasPrefix(name.Name, "Quiz") { // see quiz_test.go
						t.Errorf("%s: %s isn't among the exercises tested here", path, name.Name)
					}
				}
			}
		}
	}
}

func TestEveryExerciseIsWhole(t *testing.T) {
	before := 0
	for _, e := range Course() {
		if e.Title == "" || e.Minutes < 1 || e.Minutes > 15 || !strings.ContainsAny(e.Question, "?.:") || len(e.Hints) < 2 || len(e.Hints) > 3 {
			t.Errorf("%s: title %q, %d minutes, %d hints, question %q", e.ID, e.Title, e.Minutes, len(e.Hints), e.Question)
		}
		if e.Notebook < before || e.Notebook > 5 {
			t.Errorf("%s of notebook %d comes after one of notebook %d", e.ID, e.Notebook, before)
		}
		before = e.Notebook
		if !(e.FalseAlarm >= 0 && e.FalseAlarm <= 1e-6) {
			t.Errorf("%s refuses a right answer with the chance %v", e.ID, e.FalseAlarm)
		}
	}
}

func TestEveryConfusionIsMet(t *testing.T) {
	var met []check.Confusion
	for _, e := range list {
		met = append(met, e.Meets...)
	}
	for _, c := range check.Confusions() {
		if !slices.Contains(met, c) {
			t.Errorf("no exercise meets this: %s", c)
		}
	}
	if len(check.Confusions()) != 12 {
		t.Errorf("there are %d confusions", len(check.Confusions()))
	}
}

// The code that Solution shows compiles as the function that the exercise asks for: it is cut from the source of the
// function that the matrix tests, begins with the signature, and ends where that function ends.
func TestSolutionsAreTheTestedCode(t *testing.T) {
	for name, e := range variables {
		c, ok := e.(coded)
		if !ok {
			if base(e).Signature != "" {
				t.Errorf("%s has a signature and no solution", name)
			}
			continue
		}
		code, err := c.Code()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if first, _, _ := strings.Cut(code, "\n"); first != base(e).Signature+" {" {
			t.Errorf("%s: the solution begins with %q, the signature is %q", name, first, base(e).Signature)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, "package p\n"+code, 0)
		if err != nil {
			t.Errorf("%s: %v in\n%s", name, err, code)
		} else if len(file.Decls) != 1 {
			t.Errorf("%s: %d declarations in\n%s", name, len(file.Decls), code)
		}
		// A learner's cell has no functions of this package: only those of other packages, and builtin ones.
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if f, ok := call.Fun.(*ast.Ident); ok && !slices.Contains([]string{"len", "max", "min", "append", "make", "float64"}, f.Name) {
					t.Errorf("%s: the solution calls %s", name, f.Name)
				}
			}
			return true
		})
	}
}

// mustContain checks for parts of a text, in their order.
func mustContain(t *testing.T, text string, parts ...string) {
	t.Helper()
	rest := text
	for _, part := range parts {
		_, after, found := strings.Cut(rest, part)
		if !found {
			t.Fatalf("the text lacks %q (after the parts before it):\n%s", part, text)
		}
		rest = after
	}
}

func own(t *testing.T) string {
	root := t.TempDir()
	t.Setenv(places.RunsEnv, root)
	t.Setenv("NBGRADER_EXECUTION", "")
	return root
}

func TestCheckOnATerminal(t *testing.T) {
	own(t)
	mustContain(t, wordstest.Printed(t, func() { KLInOneDimension.Check(func(mu, sigma float64) float64 { panic("write me") }) }),
		"○ KL in one dimension: not attempted yet", "still to be written", "exercise.KLInOneDimension.Hint()", "0 of ")
	mustContain(t, wordstest.Printed(t, func() {
		KLInOneDimension.Check(func(mu, sigma float64) float64 { return 2 * solveKLInOneDimension(mu, sigma) })
	}), "✗ KL in one dimension: not yet right", "twice the true one", "your value", "the true value", "μ = 2, σ = 1", "4", "2")
	mustContain(t, wordstest.Printed(t, func() { KLInOneDimension.Check(solveKLInOneDimension) }),
		"✓ KL in one dimension: right", "Tested with 13 inputs", "1 of ")
	mustContain(t, wordstest.Printed(t, KLInOneDimension.Solution), "a solution", "func KL(mu, sigma float64) float64 {", "return 0.5 *")
	mustContain(t, wordstest.Printed(t, ReadTheMap.Solution), "func Hole(codes [][]float64) []float64 {")
}

func TestHintsOpenOneByOne(t *testing.T) {
	own(t)
	for n, hint := range KLInOneDimension.Hints {
		text := wordstest.Printed(t, KLInOneDimension.Hint)
		mustContain(t, text, "hint "+string(rune('1'+n))+" of 3", hint)
		for later, other := range KLInOneDimension.Hints {
			if later != n && strings.Contains(text, other) {
				t.Errorf("with hint %d comes another: %s", n+1, text)
			}
		}
	}
	mustContain(t, wordstest.Printed(t, KLInOneDimension.Hint), "no more hints", "exercise.KLInOneDimension.Solution()")
	mustContain(t, wordstest.Printed(t, SampledKL.Hint), "hint 1 of 3") // another exercise has its own count
}

func TestPredictThenCompare(t *testing.T) {
	own(t)
	mustContain(t, wordstest.Printed(t, func() { RecallAtWeight4.Compare([]float64{0.4, 0.08}) }), "no prediction yet", "exercise.RecallAtWeight4.Predict")
	mustContain(t, wordstest.Printed(t, func() { RecallAtWeight4.Predict("") }), "not attempted yet", "“rises”")
	mustContain(t, wordstest.Printed(t, func() { RecallAtWeight4.Predict("stays") }), "Noted: stays")
	mustContain(t, wordstest.Printed(t, func() { RecallAtWeight4.Predict("rises") }), "Noted: rises") // before the measurement one may think again
	mustContain(t, wordstest.Printed(t, func() { RecallAtWeight4.Compare([]float64{0.4, 0.08}) }),
		"○", "a surprise", "You expected that recall rises; measured, it falls.", RecallAtWeight4.Why, "0.4, 0.08", "1 of ")
	mustContain(t, wordstest.Printed(t, func() { RecallAtWeight4.Predict("falls") }), "your first prediction stands: rises")
	mustContain(t, wordstest.Printed(t, func() { RecallAtWeight4.Predict("rises") }), "Noted: rises") // the notebook run again

	mustContain(t, wordstest.Printed(t, func() { PCAAgainstAE.Compare(1.5, 0.9) }), "no prediction yet")
	mustContain(t, wordstest.Printed(t, func() { PCAAgainstAE.Predict() }), "not attempted yet")
	mustContain(t, wordstest.Printed(t, func() { PCAAgainstAE.Predict(1.4, 0.8) }), "Noted: 1.4, 0.8")
	mustContain(t, wordstest.Printed(t, func() { PCAAgainstAE.Compare(1.5, 0.9) }), "✓", "as you expected", "1.4", "1.5", "2 of ")
}
