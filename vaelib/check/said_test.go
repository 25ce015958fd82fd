package check

import (
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"
	"time"

	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/places"
	"vaelab/vaelib/words"
	"vaelab/vaelib/words/wordstest"
)

type slopes = func(x, y float64) (float64, float64)

// ofSlopes is an exercise with all that an author may say.
func ofSlopes() (e *Function[slopes], static []string) {
	e = &Function[slopes]{
		Exercise: Exercise{ID: "mine.Slopes", Title: "the slopes", Hints: []string{"look at both"}, Signature: "func Slopes(x, y float64)",
			Another: "both at once"},
		Truth:   func(x, y float64) (float64, float64) { return x*x + math.Sqrt(y), x*x - 3*y },
		Outputs: []string{"first slope", "second slope"},
		Tested:  "small numbers.",
		Mistakes: []Mistake[slopes]{{F: func(x, y float64) (float64, float64) { return x*x + math.Sqrt(y), math.Sin(17 * x * y) },
			Says: "no sine belongs there."}},
		Formula: Formula[slopes]{
			Sums: []*formula.Sum{
				formula.OfTerms(formula.Term{Coefficient: 1, Text: "x²", Called: "the square"}, formula.Term{Coefficient: 1, Text: "√y"},
					formula.Term{Text: "abs(x)"}, formula.Term{Text: "1"}),
				formula.OfTerms(formula.Term{Coefficient: 1, Text: "x²", Called: "the square"},
					formula.Term{Coefficient: -3, Text: "y"}, formula.Term{Text: "if(x > 0, x, y)"}),
			},
			Lines: formula.Parse("x² + √y\nx² − 3·y"), NotNegative: "",
			Call: func(f slopes, in formula.Inputs) []float64 {
				a, b := f(in["x"].X(), in["y"].X())
				return []float64{a, b}
			},
		},
	}
	for i := range 9 {
		x, y := 0.3+0.7*float64(i)-3, 0.2+1.1*float64((i*4)%9)
		p := Point[slopes]{Say: func() string { return words.Say("a thing like %s", words.Number(x)) }, Call: func(f slopes) []float64 {
			a, b := f(x, y)
			return []float64{a, b}
		}}
		if i%3 == 0 {
			p.Input, p.Say = "one number alone", nil
		}
		if x > 0 {
			p.Tags = []string{"the number is large"}
		}
		e.Points = append(e.Points, p)
		e.Formula.Probes = append(e.Formula.Probes, formula.Of("x", x, "y", y))
	}
	return e, []string{"the slopes", "look at both", "both at once", "first slope", "second slope", "small numbers.", "no sine belongs there.",
		"the square", "a thing like %s", "one number alone", "the number is large"}
}

// Whatever is wrong with an answer, nothing of what is said of it has escaped translation.
func TestDiagnosesAreSaid(t *testing.T) {
	e, static := ofSlopes()
	wordstest.Veil(t, append(static, "A sum of such things is never negative.", "the larger")...)
	a := func(x, y float64) float64 { return x*x + math.Sqrt(y) }
	b := func(x, y float64) float64 { return x*x - 3*y }
	both := func(f func(right float64) float64) slopes {
		return func(x, y float64) (float64, float64) { return f(a(x, y)), f(b(x, y)) }
	}
	second := func(f func(x, y, right float64) float64) slopes {
		return func(x, y float64) (float64, float64) { return a(x, y), f(x, y, b(x, y)) }
	}
	odd := func(x, y float64) float64 { return math.Sin(7*x*x + y) }
	calls := 0.
	for name, f := range map[string]slopes{
		"right": both(func(right float64) float64 { return right }), "none": nil,
		"turned": both(func(right float64) float64 { return -right }), "turned and twice": both(func(right float64) float64 { return -2 * right }),
		"twice": both(func(right float64) float64 { return 2 * right }), "half": both(func(right float64) float64 { return right / 2 }),
		"bits": both(func(right float64) float64 { return right / math.Ln2 }), "seven times": both(func(right float64) float64 { return 7 * right }),
		"one number":       func(x, y float64) (float64, float64) { return 3, 3 },
		"the second":       second(func(x, y, right float64) float64 { return -right }),
		"−2 in it":         second(func(x, y, right float64) float64 { return -2 * right }),
		"2 in it":          second(func(x, y, right float64) float64 { return 2 * right }),
		"½ in it":          second(func(x, y, right float64) float64 { return right / 2 }),
		"bits in it":       second(func(x, y, right float64) float64 { return right / math.Ln2 }),
		"7 in it":          second(func(x, y, right float64) float64 { return 7 * right }),
		"one number in it": second(func(x, y, right float64) float64 { return 3 }),
		"listed":           second(func(x, y, right float64) float64 { return math.Sin(17 * x * y) }),
		"odd":              second(func(x, y, right float64) float64 { return odd(x, y) }),
		"odd in both":      func(x, y float64) (float64, float64) { return odd(x, y), math.Cosh(x) + odd(y, x) },
		"odd where large": func(x, y float64) (float64, float64) {
			if x > 0 {
				return odd(x, y), odd(y, x)
			}
			return a(x, y), b(x, y)
		},
		"odd where small": func(x, y float64) (float64, float64) {
			if x > 0 {
				return a(x, y), b(x, y)
			}
			return odd(x, y), odd(y, x)
		},
		"a drop":      second(func(x, y, right float64) float64 { return x * x }),
		"a named one": second(func(x, y, right float64) float64 { return -3 * y }),
		"another":     func(x, y float64) (float64, float64) { return math.Abs(x) + math.Sqrt(y), b(x, y) },
		"more":        func(x, y float64) (float64, float64) { return a(x, y) + 1, x*x - 1.5*y },
		"a choice":    second(func(x, y, right float64) float64 { return right + max(0, x)*math.Copysign(1, x) + y*btof(x <= 0) }),
		"all less":    both(func(right float64) float64 { return right - 5 }), "all more": both(func(right float64) float64 { return right + 5 }),
		"NaN": func(x, y float64) (float64, float64) { return math.NaN(), b(x, y) },
		"NaN once": func(x, y float64) (float64, float64) {
			if x > 2 {
				return math.Inf(1), b(x, y)
			}
			return a(x, y), b(x, y)
		},
		"changing": func(x, y float64) (float64, float64) { calls++; return calls, 0 },
		"panics":   func(x, y float64) (float64, float64) { panic("字") },
		"stub":     func(x, y float64) (float64, float64) { panic(NotWritten) },
		"ends":     func(x, y float64) (float64, float64) { runtime.Goexit(); return 0, 0 },
	} {
		r := e.Judge(f)
		if (r.State == Right) != (name == "right") || !strings.Contains(r.Diagnosis+r.Tested, "字") {
			t.Errorf("%s: %v %q %q", name, r.State, r.Diagnosis, r.Tested)
		}
		card := e.card(r)
		shown := fmt.Sprint(card.Title, card.Lines, card.Header, card.Rows, card.Foot)
		if list := unsaid(shown); len(list) > 0 {
			t.Errorf("%s: %q in %s", name, list, shown)
		}
	}
	defer func(was time.Duration) { Patience = was }(Patience)
	Patience = time.Millisecond
	for _, placed := range []bool{false, true} {
		r := e.Guard(func(at func(string)) Report {
			if placed {
				at("字")
			}
			time.Sleep(time.Second)
			return Report{}
		})
		if list := unsaid(r.Diagnosis); r.State != TooSlow || len(list) > 0 {
			t.Errorf("%v %q", r.State, r.Diagnosis)
		}
	}
}

func btof(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// The properties that a right answer has are named in words that have been said, and so are formulas that are no sums.
func TestPropertiesAreSaid(t *testing.T) {
	wordstest.Veil(t, "A sum of such things is never negative.")
	odd := func(x, y float64) float64 { return 0.01 * math.Sin(7*x*x+y) }
	for name, f := range map[string]ofTwo{
		"negative": func(x, y float64) float64 { return -1 - x*x*y*y }, "unmoved": func(x, y float64) float64 { return math.Cosh(x) + odd(x, 0) },
		"uneven": func(x, y float64) float64 { return math.Exp(x)*math.Sqrt(y) + math.Exp(y) },
		"limited": func(x, y float64) float64 {
			if y > 4 {
				return x*x + math.Sqrt(y) + 1 + 0.01*math.Sin(x*x*y)
			}
			return x*x + math.Sqrt(y)
		},
		"a tree": func(x, y float64) float64 { return x*x - math.Sqrt(y) }, "unknown": func(x, y float64) float64 { return math.Cosh(x*x) + 2 + odd(x, y) },
	} {
		r := twoInputs().Judge(f)
		if list := unsaid(r.Diagnosis); r.State != Wrong || len(list) > 0 || !strings.Contains(r.Diagnosis, "字") {
			t.Errorf("%s: %v %q", name, r.State, r.Diagnosis)
		}
	}
}

// What stands round the answers is said: hints, predictions, quizzes, progress, and what the watcher tells.
func TestCardsAreSaid(t *testing.T) {
	t.Setenv(places.RunsEnv, t.TempDir())
	before := course
	defer func() { course = before }()
	e, static := ofSlopes()
	static = append(static, "the loss", "it learns", "what is it", "why not", "this", "that", "because", "since", "a quiz", "one amount", "how it goes")
	trend := &Trend{Exercise: Exercise{ID: "mine.Trend", Title: "how it goes", Notebook: 1, Minutes: 3}, Quantities: []string{"the loss"}, Why: "it learns"}
	amount := &Amount{Exercise: Exercise{ID: "mine.Amount", Title: "one amount", Notebook: 1}, Quantities: []string{"the loss"}, Why: "it learns"}
	quiz := &Quiz{Exercise: Exercise{ID: "mine.Quiz", Title: "a quiz", Question: "why not"}, Questions: []Question{{About: LogStd, Text: "what is it",
		Options: []Option{{Text: "this", Explains: "because", Right: true}, {Text: "that", Explains: "since"}}}}}
	quiz.Questions = append(quiz.Questions, quiz.Questions[0])
	course.exercises, course.quizzes = []*Exercise{&e.Exercise, &trend.Exercise, &amount.Exercise}, []*Quiz{quiz}
	wordstest.Veil(t, static...)
	wrong := func(x, y float64) (float64, float64) { return math.Sin(x), y }
	right := func(x, y float64) (float64, float64) { return x*x + math.Sqrt(y), x*x - 3*y }
	shown := wordstest.Printed(t, func() {
		Progress()
		for range 9 {
			e.Check(wrong)
		}
		e.Hint()
		e.Hint()
		for range 12 {
			e.Check(wrong)
		}
		e.Check(right)
		(&Exercise{Title: "how it goes"}).Hint()
		e.Fold("字", nil)
		trend.Compare([]float64{1, 2})
		trend.Predict()
		trend.Predict("升降", "不变")
		trend.Predict("升降")
		trend.Predict("falls")
		trend.Compare([]float64{1, 2})
		trend.Predict("rises")
		trend.Judge([]string{"rises"}, []float64{1, 2, 1, 2, 1})
		amount.Predict()
		amount.Predict(1, 2)
		amount.Predict(-1)
		amount.Predict(3)
		amount.Compare(0.5)
		quiz.Ask()
		quiz.Answer("", "")
		quiz.Answer("字", "Ｂ")
		quiz.Answer("a", "b）")
		quiz.Answer("a", "a", "a")
		Progress()
	})
	for _, r := range []Report{
		amount.Judge([]float64{3}, 9), amount.Judge([]float64{3}, 1.1), amount.Judge([]float64{3}, 3), amount.Judge([]float64{3}), trend.Judge([]string{"rises"}),
		trend.Judge([]string{"falls"}, []float64{1}), trend.Judge([]string{"falls"}, []float64{1, 5, -4, 2}), trend.Judge([]string{"rises"}, []float64{1, 2}),
	} {
		shown += r.Diagnosis + "\n"
	}
	heard := read(introduction(course.exercises) + "begun mine.Slopes\ntrying mine.Slopes 字\nbegun mine.Trend\n")
	for _, card := range append(heard.missing("exercise.KL.Check(KL)", false), read("").missing("exercise.KL.Hint()", false)...) {
		shown += fmt.Sprint(card.Title, card.Lines, "\n")
	}
	for _, state := range []Outcome{NotAttempted, Right, Wrong, Crashed, TooSlow, 9} {
		shown += state.String() + "\n"
	}
	for line := range strings.Lines(shown) {
		if list := unsaid(line); len(list) > 0 {
			t.Errorf("%q in %s", list, line)
		}
	}
	if !strings.Contains(shown, "字") || strings.Count(shown, "\n") < 200 {
		t.Errorf("little is shown:\n%s", shown)
	}
}

// unsaid are the English words of a text, but for functions of mathematics.
func unsaid(text string) []string {
	return wordstest.English(text, "log", "exp", "max", "min")
}
