package check

import (
	"io/fs"
	"reflect"

	"vaelab/vaelib/words"
)

// Function is an exercise whose answer is a function of type F.
//
// An author must fill in the Exercise, Solve, at least one of Points, and Truth unless each point has its Want; all else
// may be left out. No method reports what is left out: [Function.Faults] looks for contradictions. Without Points, as in
// the zero Function, every function is right. Without Solve there is no code for Solution and Code to show. Where Truth,
// a point's Call or a mistake's F is missing, judging panics when it needs it, and the learner is told that the answer
// panicked; Faults panics there too, which an author's test will show.
type Function[F any] struct {
	Exercise
	Solve     F     // code that passes, written as a learner would; Solution shows its source
	Source    fs.FS // where that source is; nil for where the course keeps them
	Truth     F     // by another way than Solve
	Points    []Point[F]
	Mistakes  []Mistake[F]
	Symptoms  []Symptom[F]
	Formula   Formula[F]                 // explains mistakes that aren't listed
	Outputs   []string                   // names of the values at a point, where there are several
	Format    func(out []float64) string // how the values at a point are shown; nil for numbers
	Tolerance Tolerance                  // the zero value is the usual one
	Tested    string                     // what the points cover, for a learner whose answer is right
}

// Point is one input where an answer is tried. An author must give Call, and Want where the exercise has no Truth; see
// [Function] for what happens without.
type Point[F any] struct {
	Input string              // as it is shown, where it is all numbers and signs, or a whole text that is marked: [words.Mark]
	Say   func() string       // where there are words in it besides: says it when it is shown, and Input is left empty
	Call  func(f F) []float64 // f's values there
	Tags  []string            // what is special about it, to complete "right only where …"
	Want  []float64           // the true values, where no Truth of type F gives them
}

// said is the input as it is shown.
func (p Point[F]) said() string {
	if p.Say != nil {
		return p.Say()
	}
	return words.Text(p.Input)
}

// Mistake is a way in which people get it wrong. An author must give F and Says. Without F every wrong answer that comes as
// far as this mistake is said to have panicked; see [Function].
type Mistake[F any] struct {
	F    F
	Says string // the diagnosis
	// Untouched marks the wrong code that the exercise starts from: an answer like it is no attempt.
	Untouched bool
}

// Symptom looks for a sign of a mistake whose values can't be known beforehand, and says the diagnosis; empty where
// there is no such sign. A nil one panics as soon as a wrong answer comes as far.
type Symptom[F any] func(f F) string

// Check judges an answer and tells the learner.
func (e *Function[F]) Check(f F) { e.Answer(func() Report { return e.Judge(f) }) }

// Judge finds out how an answer fares, and shows nothing.
func (e *Function[F]) Judge(f F) Report {
	if v := reflect.ValueOf(f); !v.IsValid() || v.IsNil() {
		return Unwritten(words.Say("There is no function here yet."))
	}
	return e.Guard(func(at func(string)) Report { return e.judge(f, at) })
}

func (e *Function[F]) judge(f F, at func(string)) Report {
	tolerance := e.Tolerance
	if tolerance == (Tolerance{}) {
		tolerance = usual
	}
	got := make([][]float64, len(e.Points))
	for i, p := range e.Points {
		at(p.said())
		got[i] = p.Call(f)
		if again := p.Call(f); !(Tolerance{}).allNear(again, got[i]) {
			return Report{State: Wrong,
				Diagnosis: words.Say("The same input gives one value now and another one later: is there chance inside, or a variable that it keeps?"),
				Example:   &Example{p.said(), words.Say("%s, then %s", e.format(got[i]), e.format(again)), e.format(e.true(p))}}
		}
	}
	want := make([][]float64, len(e.Points))
	first := -1 // the simplest input that fails: the one with the least to read
	for i, p := range e.Points {
		want[i] = e.true(p)
		if !tolerance.allNear(got[i], want[i]) && (first < 0 || len(p.said()) < len(e.Points[first].said())) {
			first = i
		}
	}
	if first < 0 {
		return Report{State: Right, Tested: words.Say("Tested with %d inputs: %s", len(got), words.Text(e.Tested))}
	}
	r := Report{State: Wrong, Example: &Example{e.Points[first].said(), e.format(got[first]), e.format(want[first])}}
	for _, m := range e.Mistakes {
		if tolerance.same(got, e.values(m.F)) && tolerance.same(e.Formula.values(f), e.Formula.values(m.F)) {
			r.Diagnosis = words.Text(m.Says)
			if m.Untouched {
				r.State = NotAttempted
			}
			return r
		}
	}
	for _, shows := range e.Symptoms {
		if says := shows(f); says != "" {
			r.Diagnosis = says
			return r
		}
	}
	seen := comparison{got: got, want: want, outputs: e.Outputs, tolerance: tolerance}
	for _, p := range e.Points {
		seen.inputs, seen.tags = append(seen.inputs, p.said()), append(seen.tags, p.Tags)
	}
	if says, at := seen.broken(); says != "" {
		r.Diagnosis, r.Example = says, &Example{e.Points[at].said(), e.format(got[at]), e.format(want[at])}
		return r
	}
	simple, constant := seen.simple()
	most := 2
	if constant { // two changes can make any number
		most = 1
	}
	if simple == "" || constant {
		r.Diagnosis, r.Explanation = e.explain(f, most, tolerance)
	}
	if r.Diagnosis = words.Sentences(simple, r.Diagnosis); r.Diagnosis != "" {
		return r
	}
	var example int
	r.Diagnosis, example = seen.diagnose(first, func() string { return e.broken(f, tolerance) })
	r.Example = &Example{e.Points[example].said(), e.format(got[example]), e.format(want[example])}
	return r
}

// true gives the true values at a point.
func (e *Function[F]) true(p Point[F]) []float64 {
	if p.Want != nil {
		return p.Want
	}
	return p.Call(e.Truth)
}

func (e *Function[F]) values(f F) [][]float64 {
	values := make([][]float64, len(e.Points))
	for i, p := range e.Points {
		values[i] = p.Call(f)
	}
	return values
}

func (e *Function[F]) format(out []float64) string {
	switch {
	case e.Format != nil:
		return e.Format(out)
	case len(out) == 0:
		return "—"
	case len(out) == 1:
		return words.Number(out[0])
	}
	return words.Numbers(out)
}

// same says whether two functions have the same values at all points.
func (t Tolerance) same(a, b [][]float64) bool {
	for i := range a {
		if !t.allNear(a[i], b[i]) {
			return false
		}
	}
	return true
}

// Solution shows code that passes, folded.
func (e *Function[F]) Solution() {
	code, err := e.Code()
	e.Fold(code, err)
}

// Code is the source of the solution, under the name that the exercise asks for.
func (e *Function[F]) Code() (string, error) {
	if e.Source == nil {
		return e.CodeOf(e.Solve, course.sources)
	}
	return e.CodeOf(e.Solve, e.Source)
}
