package peerbench

import (
	"context"
	"errors"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"vaelab/cmd/internal/bench"
)

// shell is a contestant that runs a script.
func shell(script string) Contestant {
	return Contestant{Name: "the script", Command: []string{"sh", "-c", script}, Env: os.Environ()}
}

// A turn keeps the lines, and times the first from the start.
func TestTake(t *testing.T) {
	turn, err := take[bench.Epoch](t.Context(), shell(`sleep 0.1; echo '{"epoch":1,"seconds":3}'; sleep 0.1; echo '{"epoch":2,"seconds":4}'`))
	if err != nil {
		t.Fatal(err)
	}
	if len(turn.Lines) != 2 || turn.Lines[1] != (bench.Epoch{Number: 2, Seconds: 4}) {
		t.Errorf("the lines are %+v", turn.Lines)
	}
	if turn.First < 0.1 || turn.Whole < max(0.2, turn.First) { // a busy machine reads the first line late
		t.Errorf("the first line came after %v s, the end after %v s", turn.First, turn.Whole)
	}
	if turn.Memory <= 0 || turn.Memory > 1000 {
		t.Errorf("a shell took %v MB", turn.Memory)
	}
	if turn.Others < 0 || turn.Others > 1 {
		t.Errorf("others took %v of the processor", turn.Others)
	}
}

// The words that a caller adds come after the contestant's own, and don't stay.
func TestWordsOfATurn(t *testing.T) {
	echo := Contestant{Name: "echo", Command: []string{"sh", "-c", `echo "{\"name\":\"$*\"}"`, "first"}, Env: os.Environ()}
	for _, word := range []string{"one", "two"} {
		turn, err := take[bench.Rate](t.Context(), echo.with("more"), word)
		if err != nil || turn.Lines[0].Name != "more "+word {
			t.Errorf("%+v, %v", turn.Lines, err)
		}
	}
}

// A contestant that fails is an error with its own last words.
func TestTakeFails(t *testing.T) {
	for script, want := range map[string]string{
		"echo first >&2; echo 'no such module' >&2; exit 3": "the script failed (exit status 3): no such module",
		"true":                 "the script told nothing",
		"echo hello":           `says "hello"`,
		`echo '{"epoch":"x"}'`: "no line of JSON",
	} {
		if _, err := take[bench.Epoch](t.Context(), shell(script)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s gives %v, want %q", script, err, want)
		}
	}
	missing := Contestant{Name: "missing", Command: []string{"/nowhere/program"}}
	if _, err := take[bench.Epoch](t.Context(), missing); err == nil || !strings.Contains(err.Error(), "program can't be started") {
		t.Errorf("a missing program gives %v", err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer stop()
	if _, err := take[bench.Epoch](ctx, shell("exec sleep 60")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a stopped turn gives %v", err)
	}
}

// What others took is what is neither idle nor ours.
func TestOthers(t *testing.T) {
	start := ticks{all: 1000, idle: 500}
	for own, want := range map[float64]float64{0: 0.6, 0.6: 0.3, 1.2: 0, 9: 0} { // of 200 ticks, 80 idle
		if got := start.others(ticks{all: 1200, idle: 580}, own); math.Abs(got-want) > 1e-12 {
			t.Errorf("with %v s of ours, others took %v, want %v", own, got, want)
		}
	}
	if !math.IsNaN(start.others(start, 1)) {
		t.Error("where no time has passed, others have a share")
	}
}
