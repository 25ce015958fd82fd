package exercise

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"vaelab/vaelib/check"
)

// trial is what a check is put through: other right answers, and wrong ones, written as a learner would write them and
// apart from the exercise's own table of mistakes.
type trial[F any] struct {
	of    *check.Function[F]
	right []answer[F]
	wrong []answer[F]
}

type answer[F any] struct {
	name string
	f    F
	says string // for a wrong one, a part of the diagnosis that it must get
}

// row is a line of the matrix.
type row struct{ exercise, kind, answer, state, diagnosis string }

// matrix collects the rows of all trials.
var matrix []row

// trials run everything; each exercise's file of trials adds its own.
var trials = map[string]func(t *testing.T){}

// TestMatrix runs every check against its solution, other right answers, mistakes, a stub, a panic and an endless loop, and
// prints the table: go test ./vaelib/exercise -run Matrix -v
func TestMatrix(t *testing.T) {
	matrix = nil
	for _, e := range list {
		if e == &writeTheLoss { // its trials are with it, in losses
			continue
		}
		try, ok := trials[e.ID]
		if !ok {
			t.Errorf("%s has no trials", e.ID)
			continue
		}
		try(t)
	}
	t.Log("\n" + asTable(matrix))
}

func asTable(rows []row) string {
	var b strings.Builder
	before := ""
	pad := func(s string, n int) string { return s + strings.Repeat(" ", max(1, n-utf8.RuneCountInString(s))) }
	for _, r := range rows {
		if r.exercise != before {
			fmt.Fprintf(&b, "\n%s\n", r.exercise)
		}
		before = r.exercise
		fmt.Fprintf(&b, "  %s%s%s%s\n", pad(r.kind, 10), pad(r.answer, 44), pad(r.state, 20), r.diagnosis)
	}
	return b.String()
}

func (tr trial[F]) run(t *testing.T) {
	t.Helper()
	id := tr.of.ID
	if more, ok := rarer[id]; ok {
		tr.wrong = slices.Concat(tr.wrong, more.([]answer[F]))
	}
	if more, ok := otherwise[id]; ok {
		tr.right = slices.Concat(tr.right, more.([]answer[F]))
	}
	if len(tr.right) < 2 || len(tr.wrong) < 4 {
		t.Errorf("%s: %d other right answers and %d wrong ones: at least 2 and 4 are needed", id, len(tr.right), len(tr.wrong))
	}
	expect := func(kind, name string, f F, state check.Outcome, says string) {
		r := tr.of.Judge(f)
		if r.State != state || !strings.Contains(r.Diagnosis, says) {
			t.Errorf("%s, %s “%s”: %v: %q, want %v with %q (example %+v)", id, kind, name, r.State, r.Diagnosis, state, says, r.Example)
		}
		if state == check.Right && (r.Diagnosis != "" || r.Example != nil || r.Tested == "") || state == check.Wrong && (r.Example == nil || r.Example.Input == "" || r.Example.Got == r.Example.Want) {
			t.Errorf("%s, %s “%s”: the report is %+v, with the example %+v", id, kind, name, r, r.Example)
		}
		matrix = append(matrix, row{id, kind, name, r.State.String(), r.Diagnosis})
	}
	expect("solution", "as shown by Solution()", tr.of.Solve, check.Right, "")
	for _, a := range tr.right {
		expect("right", a.name, a.f, check.Right, "")
	}
	said := map[string]string{}
	met := map[string]bool{}
	for _, a := range tr.wrong {
		met[tr.of.Judge(a.f).Diagnosis] = true
		state := check.Wrong
		if strings.HasPrefix(a.name, "untouched") {
			state = check.NotAttempted
		}
		if a.says == "" || said[a.says] != "" {
			t.Errorf("%s: “%s” and “%s” must get the same diagnosis %q: each its own", id, a.name, said[a.says], a.says)
		}
		said[a.says] = a.name
		expect("wrong", a.name, a.f, state, a.says)
	}
	for _, m := range tr.of.Mistakes {
		if !met[m.Says] {
			t.Errorf("%s: no wrong answer is told %q", id, m.Says)
		}
	}
	for i, symptom := range tr.of.Symptoms {
		found := false
		for _, a := range tr.wrong {
			says := symptom(a.f)
			found = found || says != "" && met[says]
		}
		if !found {
			t.Errorf("%s: no wrong answer has symptom %d", id, i)
		}
	}
	expect("stub", "panic(\"write me\")", alike[F](func() { panic(check.NotWritten) }), check.NotAttempted, "still to be written")
	var none F
	expect("stub", "nil", none, check.NotAttempted, "no function")
	expect("crash", "panics", alike[F](func() { var list []int; _ = list[len(id)] }), check.Crashed, "index out of range")
	before := check.Patience
	check.Patience = 20 * time.Millisecond
	var wait sync.Mutex
	wait.Lock() // stands for a loop without end: it blocks for good, and costs nothing
	expect("loop", "never answers", alike[F](func() { wait.Lock() }), check.TooSlow, "never ends")
	check.Patience = before
}

// alike makes a function of F's type that does one thing and returns zeros.
func alike[F any](does func()) F {
	kind := reflect.TypeFor[F]()
	return reflect.MakeFunc(kind, func([]reflect.Value) []reflect.Value {
		does()
		out := make([]reflect.Value, kind.NumOut())
		for i := range out {
			out[i] = reflect.Zero(kind.Out(i))
		}
		return out
	}).Interface().(F)
}

// add registers a trial.
func (tr trial[F]) add() {
	trials[tr.of.ID] = func(t *testing.T) {
		t.Helper()
		tr.run(t)
		for _, fault := range tr.of.Faults() {
			t.Error(fault)
		}
	}
}
