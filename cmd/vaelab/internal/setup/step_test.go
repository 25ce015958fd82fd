package setup

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// record is an Observer that remembers.
type record struct {
	mu    sync.Mutex
	ended []string
	said  []string
}

func (r *record) Started(*Step) {}
func (r *record) Ended(e Result) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = append(r.ended, e.Step.Name)
}
func (r *record) Say(text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.said = append(r.said, text)
}

// writes is a step that leaves a file with some text.
func writes(l Layout, name, text string, needs ...string) *Step {
	file := l.Under("made", name)
	return &Step{
		Name: name, Title: name, Needs: needs, Inputs: []string{text}, Products: []string{file},
		Make: func(context.Context, *Log) error { return WriteFile(file, []byte(text)) },
	}
}

func TestStepsRunOnceAndInOrder(t *testing.T) {
	l := Layout{Root: t.TempDir()}
	steps := func() []*Step {
		return []*Step{writes(l, "c", "C", "a", "b"), writes(l, "b", "B", "a"), writes(l, "a", "A")}
	}
	var first, second record
	if _, err := l.runSteps(t.Context(), steps(), &first); err != nil {
		t.Fatal(err)
	}
	if want := []string{"a", "b", "c"}; !slices.Equal(first.ended, want) {
		t.Errorf("made %v, want %v", first.ended, want)
	}
	if _, err := l.runSteps(t.Context(), steps(), &second); err != nil || len(second.ended) != 0 {
		t.Errorf("the second time made %v, error %v; want nothing", second.ended, err)
	}
}

func TestBrokenProductIsMended(t *testing.T) {
	for name, harm := range map[string]func(file, stamp string) error{
		"deleted":           func(file, _ string) error { return os.Remove(file) },
		"truncated":         func(file, _ string) error { return os.Truncate(file, 2) },
		"dead link":         func(file, _ string) error { os.Remove(file); return os.Symlink("/nowhere", file) },
		"no stamp":          func(_, stamp string) error { return os.Remove(stamp) },
		"half a stamp":      func(_, stamp string) error { return os.Truncate(stamp, 10) },
		"a file too many":   func(file, _ string) error { return os.WriteFile(file+".d/extra", nil, 0o644) },
		"a folder in place": func(file, _ string) error { os.Remove(file); return os.Mkdir(file, 0o755) },
	} {
		t.Run(name, func(t *testing.T) {
			l := Layout{Root: t.TempDir()}
			file := l.Under("made", "tool")
			s := &Step{Name: "tool", Title: "a tool", Products: []string{file, file + ".d"},
				Make: func(context.Context, *Log) error {
					if err := os.RemoveAll(l.Under("made")); err != nil {
						return err
					}
					if err := WriteFile(file+".d/part", nil); err != nil {
						return err
					}
					return WriteFile(file, []byte("whole"))
				}}
			if _, err := l.runSteps(t.Context(), []*Step{s}, &record{}); err != nil {
				t.Fatal(err)
			}
			if err := harm(file, l.stampPath("tool")); err != nil {
				t.Fatal(err)
			}
			var r record
			if _, err := l.runSteps(t.Context(), []*Step{s}, &r); err != nil || len(r.ended) != 1 {
				t.Fatalf("made %v, error %v; want it made again", r.ended, err)
			}
			if text, err := os.ReadFile(file); err != nil || string(text) != "whole" {
				t.Errorf("afterwards %q, %v", text, err)
			}
		})
	}
}

// What Python compiles for itself is no change.
func TestCompiledPythonIsNoChange(t *testing.T) {
	l := Layout{Root: t.TempDir()}
	s := writes(l, "a/b.py", "A")
	s.Name, s.Products = "a", []string{l.Under("made", "a")}
	if _, err := l.runSteps(t.Context(), []*Step{s}, &record{}); err != nil {
		t.Fatal(err)
	}
	write(t, l.Under("made", "a", "__pycache__", "b.pyc"), "compiled")
	if !l.upToDate(s) {
		t.Error("it would be made again")
	}
	write(t, l.Under("made", "a", "c.py"), "more")
	if l.upToDate(s) {
		t.Error("another file isn't noticed")
	}
}

func TestChangedInputIsMadeAgain(t *testing.T) {
	l := Layout{Root: t.TempDir()}
	for _, text := range []string{"one", "two", "two"} {
		if _, err := l.runSteps(t.Context(), []*Step{writes(l, "a", text)}, &record{}); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(l.Under("made", "a")); string(got) != text {
			t.Errorf("got %q, want %q", got, text)
		}
	}
	if digest([]string{"a", "bc"}) == digest([]string{"ab", "c"}) {
		t.Error("two different lists of inputs have the same digest")
	}
}

func TestAlways(t *testing.T) {
	l := Layout{Root: t.TempDir()}
	s := writes(l, "a", "A")
	s.Always = true
	for range 2 {
		var r record
		if _, err := l.runSteps(t.Context(), []*Step{s}, &r); err != nil || len(r.ended) != 1 {
			t.Errorf("made %v, error %v; want it made each time", r.ended, err)
		}
	}
}

func TestFailureStopsTheRest(t *testing.T) {
	l := Layout{Root: t.TempDir()}
	begun := make(chan bool)
	bad := &Step{Name: "bad", Title: "The tool", Make: func(ctx context.Context, log *Log) error {
		<-begun // or it might fail before there is anything to stop
		return log.run(ctx, l.Root, os.Environ(), "sh", "-c", "echo start; echo 'error: it broke' >&2; echo bye; exit 3")
	}}
	stopped := false
	slow := &Step{Name: "slow", Title: "slow", Make: func(ctx context.Context, _ *Log) error {
		close(begun)
		select {
		case <-ctx.Done():
			stopped = true
			return ctx.Err()
		case <-time.After(time.Minute):
			return nil
		}
	}}
	after := writes(l, "after", "A", "bad")
	_, err := l.runSteps(t.Context(), []*Step{bad, slow, after}, &record{})
	var f *Failure
	if !errors.As(err, &f) || !strings.Contains(f.What, "error: it broke") || f.Log != filepath.Join(".vaelab", "logs", "bad.log") {
		t.Errorf("error %v; want one that quotes the tool and names its log", err)
	}
	if text, _ := os.ReadFile(l.Log("bad")); !strings.Contains(string(text), "start") {
		t.Errorf("the log holds %q", text)
	}
	if !stopped {
		t.Error("the other step was not stopped")
	}
	if _, err := os.Stat(l.Under("made", "after")); err == nil {
		t.Error("a step ran whose need had failed")
	}
}

func TestSpareStepMayFail(t *testing.T) {
	l := Layout{Root: t.TempDir()}
	bad := &Step{Name: "bad", Title: "bad", Spare: true, Make: func(context.Context, *Log) error { return errors.New("no") }}
	r, err := l.runSteps(t.Context(), []*Step{bad, writes(l, "a", "A", "bad")}, &record{})
	if err != nil || r[0].Error == nil {
		t.Errorf("error %v, the step's own %v; want only the step's own", err, r[0].Error)
	}
	if _, err := os.Stat(l.Under("made", "a")); err != nil {
		t.Error(err)
	}
}

func TestInterruptedStepIsMadeAgain(t *testing.T) {
	l := Layout{Root: t.TempDir()}
	ctx, stop := context.WithCancel(t.Context())
	half := writes(l, "a", "A")
	make := half.Make
	half.Make = func(ctx context.Context, log *Log) error {
		if err := WriteFile(half.Products[0], []byte("hal")); err != nil {
			return err
		}
		stop()
		return log.run(ctx, l.Root, os.Environ(), "sleep", "60")
	}
	if _, err := l.runSteps(ctx, []*Step{half}, &record{}); !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v, want context.Canceled", err)
	}
	half.Make = make
	if _, err := l.runSteps(t.Context(), []*Step{half}, &record{}); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(half.Products[0]); string(text) != "A" {
		t.Errorf("after the second run the product is %q", text)
	}
}

func TestMissingProductIsAnError(t *testing.T) {
	l := Layout{Root: t.TempDir()}
	s := &Step{Name: "a", Title: "a", Products: []string{l.Under("nothing")}, Make: func(context.Context, *Log) error { return nil }}
	if _, err := l.runSteps(t.Context(), []*Step{s}, &record{}); err == nil || !strings.Contains(err.Error(), "left no") {
		t.Errorf("error %v", err)
	}
}

func TestSecondSetupWaits(t *testing.T) {
	l := Layout{Root: t.TempDir()}
	unlock, err := l.lock(t.Context(), "setup", func() { t.Error("the first one waited") })
	if err != nil {
		t.Fatal(err)
	}
	waited := make(chan bool)
	done := make(chan error)
	go func() {
		free, err := l.lock(t.Context(), "setup", func() { close(waited) })
		if err == nil {
			free()
		}
		done <- err
	}()
	<-waited
	unlock()
	if err := <-done; err != nil {
		t.Error(err)
	}

	held, err := l.lock(t.Context(), "setup", func() {})
	if err != nil {
		t.Fatal(err)
	}
	defer held()
	ctx, stop := context.WithCancel(t.Context())
	if _, err := l.lock(ctx, "setup", stop); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped while waiting: error %v, want context.Canceled", err)
	}
}
