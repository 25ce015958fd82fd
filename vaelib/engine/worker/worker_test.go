package worker

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/engine"
	"vaelab/vaelib/engine/inprocess"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
	"vaelab/vaelib/trained"
	"vaelab/vaelib/words"
)

// pair is an engine, and a worker that answers with it from the other end of two pipes.
func pair(t *testing.T, e engine.Engine) *Worker {
	t.Helper()
	return pairThrough(t, e, func(out io.Writer) io.Writer { return out })
}

// pairThrough is a pair whose questions go through a writer.
func pairThrough(t *testing.T, e engine.Engine, through func(out io.Writer) io.Writer) *Worker {
	t.Helper()
	questions, ask := io.Pipe()
	answers, tell := io.Pipe()
	served := make(chan error, 1)
	go func() {
		served <- Serve(questions, tell, func(string) (engine.Engine, error) { return e, nil })
		tell.Close()
	}()
	w, err := connect(answers, through(ask), func(bool) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ask.Close()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	return w
}

// here is the pure Go engine, with a folder of the test's own.
func here(t *testing.T) inprocess.Engine {
	t.Helper()
	t.Setenv(places.RunsEnv, t.TempDir())
	return inprocess.New(testbackend.Go(t))
}

func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func configs() []run.Config {
	one, other := tiny.Config(), tiny.Config()
	other.KLWeight, other.Seed = 4, 7
	return []run.Config{one, other}
}

// What a worker trains, finds and tells is what the engine behind it does, to the last bit.
func TestAWorkerTrainsAsItsEngine(t *testing.T) {
	data := tiny.Data(44, 13)
	alone := here(t)
	must[[]run.Run](t)(alone.Train(t.Context(), data, nil, configs()...))
	want := must[[]*run.Run](t)(alone.Find(data, configs()...)) // as it is kept
	w := pair(t, here(t))
	if w.Backend() != alone.Backend() {
		t.Errorf("the backend is %+v", w.Backend())
	}
	if found := must[[]*run.Run](t)(w.Find(data, configs()...)); len(found) != 2 || found[0] != nil || found[1] != nil {
		t.Errorf("before training, %v is found", found)
	}
	last := map[int]run.Progress{}
	got := must[[]run.Run](t)(w.Train(t.Context(), data, func(i int, p run.Progress) { last[i] = p }, configs()...))
	found := must[[]*run.Run](t)(w.Find(data, configs()...))
	for i, r := range got {
		if r.Identity != want[i].Identity || !reflect.DeepEqual(r.State.Arrays, want[i].State.Arrays) || r.Last().Test != want[i].Last().Test {
			t.Errorf("run %d differs: %+v, want %+v", i, r.Last(), want[i].Last())
		}
		if found[i] == nil || !reflect.DeepEqual(*found[i], r) {
			t.Errorf("run %d isn't found as it was trained", i)
		}
		if p := last[i]; !p.Done() || p.Step != p.Steps || p.Config != configs()[i] || p.Backend != alone.Backend().Words {
			t.Errorf("of run %d the last that was told is %+v", i, p)
		}
	}
}

// Several programs train what one would, to the last bit, in the order of the settings, and say which model an error is about.
func TestACrewTrainsAsOne(t *testing.T) {
	data := tiny.Data(44, 13)
	list := append(configs(), tiny.Config(), tiny.Config(), tiny.Config())
	for i := range list[2:] {
		list[2+i].Seed = uint64(20 + i)
	}
	want := must[[]run.Run](t)(here(t).Train(t.Context(), data, nil, list...))
	w := pair(t, here(t))
	w.crew = []*Worker{pair(t, here(t)), pair(t, here(t))}
	var mu sync.Mutex
	told := map[int]bool{}
	got := must[[]run.Run](t)(w.Train(t.Context(), data, func(i int, p run.Progress) {
		mu.Lock()
		defer mu.Unlock()
		told[i] = told[i] || p.Done() && p.Config == list[i]
	}, list...))
	for i := range list {
		if got[i].Identity != want[i].Identity || !reflect.DeepEqual(got[i].State.Arrays, want[i].State.Arrays) || !told[i] {
			t.Errorf("run %d differs, or nobody was told of its end", i)
		}
	}
	bad := slices.Clone(list)
	bad[4].KLWeight = -1
	if _, err := w.Train(t.Context(), data, nil, bad...); err == nil || !strings.Contains(err.Error(), "KLWeight is -1") {
		t.Errorf("with a wrong number in the last: %v", err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for i := range list {
		list[i].Seed += 100
	}
	if _, err := w.Train(stopped, data, nil, list...); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped before it began: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Errorf("closing: %v", err)
	}
}

// Codes, pictures and bounds are the engine's own; so are its errors.
func TestAWorkerAnswersAsItsEngine(t *testing.T) {
	e, data := here(t), tiny.Data(44, 13)
	w := pair(t, e)
	for i, r := range must[[]run.Run](t)(e.Train(t.Context(), data, nil, configs()...)) {
		if i == 1 { // weights as they stand in the run, whatever its folder holds
			r.State.Arrays[0].Data[0] += 1
		}
		n, m := must[trained.Coder](t)(e.Open(t.Context(), r)), must[trained.Coder](t)(w.Open(t.Context(), r))
		for _, count := range []int{0, 1, 13} {
			set := data.Test.First(count)
			want, got := must[trained.Codes](t)(n.Encode(t.Context(), set)), must[trained.Codes](t)(m.Encode(t.Context(), set))
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%d images have other codes", count)
			}
			painted, err := n.Decode(t.Context(), want.Mean)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := m.Decode(t.Context(), want.Mean); err != nil || len(got) != len(painted) || count > 0 && !reflect.DeepEqual(got, painted) {
				t.Errorf("%d codes have other pictures, %v", count, err)
			}
		}
		var told [2][]int
		ask := func(n trained.Coder, told *[]int) (trained.Bounds, error) {
			return n.Bounds(t.Context(), data.Test, measure.BoundOptions{Ks: []int{1, 30}, Seed: 3, Observe: func(done, all int) { *told = append(*told, done, all) }})
		}
		want, got := must[trained.Bounds](t)(ask(n, &told[0])), must[trained.Bounds](t)(ask(m, &told[1]))
		if fmt.Sprintf("%#v", got) != fmt.Sprintf("%#v", want) || len(told[1]) == 0 || !reflect.DeepEqual(told[1], told[0]) {
			t.Errorf("the bounds are %+v after %v, want %+v after %v", got, told[1], want, told[0])
		}
		wide := datasets.Images{Width: 16, Height: 4, Pixels: make([]uint8, 64), Labels: make([]uint8, 1)}
		_, here := n.Encode(t.Context(), wide)
		if _, there := m.Encode(t.Context(), wide); there == nil || there.Error() != here.Error() {
			t.Errorf("the error is %v, want %v", there, here)
		}
	}
	bad := tiny.Config()
	bad.KLWeight = -1
	if _, err := w.Find(data, bad); err == nil || !strings.Contains(err.Error(), "KLWeight is -1") {
		t.Errorf("the error is %v", err)
	}
	if _, err := w.Train(t.Context(), data, nil, bad); err == nil || !strings.Contains(err.Error(), "KLWeight is -1") {
		t.Errorf("the error is %v", err)
	}
	if _, err := w.Open(t.Context(), run.Run{Identity: run.Identity{Config: tiny.Config(), Width: 8, Height: 8}, Dir: "somewhere"}); err == nil || !strings.Contains(err.Error(), "no trained weights") {
		t.Errorf("the error is %v", err)
	}
}

// A training that is cancelled keeps its epochs, its error says so and is the context's, and the worker goes on.
func TestCancel(t *testing.T) {
	data := tiny.Data(44, 13)
	c := tiny.Config()
	c.Epochs = 500
	w := pair(t, here(t))
	ctx, cancel := context.WithCancel(t.Context())
	_, err := w.Train(ctx, data, func(_ int, p run.Progress) {
		if len(p.History) > 1 {
			cancel()
		}
	}, c)
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "run it again to go on") {
		t.Errorf("the error is %v", err)
	}
	if trained := must[[]run.Run](t)(w.Train(t.Context(), data, nil, tiny.Config())); trained[0].State.Epochs() != tiny.Config().Epochs {
		t.Errorf("afterwards it trains %d epochs", trained[0].State.Epochs())
	}
	kept, err := filepath.Glob(filepath.Join(os.Getenv(places.RunsEnv), "*-e500-*", "metrics.json"))
	if err != nil || len(kept) != 1 {
		t.Errorf("of the cancelled run there is %v, %v", kept, err)
	}
}

// What can't be sent as an answer ends the program, and is no wait without end.
func TestAnAnswerThatCantBeSent(t *testing.T) {
	questions, ask := io.Pipe()
	answers, tell := io.Pipe()
	tell.CloseWithError(io.ErrClosedPipe)
	served := make(chan error, 1)
	go func() {
		served <- Serve(questions, tell, func(string) (engine.Engine, error) { return panics{}, nil })
	}()
	if _, err := connect(answers, ask, func(bool) error { return nil }); err == nil || !strings.Contains(err.Error(), "has ended") {
		t.Errorf("the error is %v", err)
	}
	if err := <-served; err == nil || !strings.Contains(err.Error(), "an answer can't be sent") {
		t.Errorf("it ends with %v", err)
	}
}

// panics is an engine that is broken.
type panics struct{ engine.Engine }

func (panics) Backend() run.Backend                                 { return run.Backend{Name: "broken"} }
func (panics) Open(context.Context, run.Run) (trained.Coder, error) { panic("a screw is loose") }

func TestAPanicIsAnError(t *testing.T) {
	w := pair(t, panics{})
	for range 2 { // it goes on
		if _, err := w.Open(t.Context(), run.Run{}); err == nil || !strings.Contains(err.Error(), "a screw is loose") {
			t.Errorf("the error is %v", err)
		}
	}
}

// The real program: it says what it computes with, and when it is gone, that is a sentence.
func TestTheProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	t.Setenv("GOMLX_BACKEND", "go")
	w, err := Start()
	if err != nil {
		t.Fatal(err)
	}
	if w.Backend() != testbackend.Go(t).Backend {
		t.Errorf("it computes with %+v", w.Backend())
	}
	if err := w.Close(); err != nil {
		t.Errorf("closed, it ends with %v", err)
	}
	if _, err := w.Open(t.Context(), run.Run{}); err == nil || !strings.Contains(err.Error(), "the program that computes has ended") {
		t.Errorf("the error is %v", err)
	}
	t.Setenv("GOMLX_BACKEND", "xla:/nowhere/plugin.so")
	if _, err := Start(); err == nil || !strings.Contains(err.Error(), "names an XLA plugin that isn't there") {
		t.Errorf("the error is %v", err)
	}
	t.Chdir(t.TempDir())
	t.Setenv("VAELAB_ROOT", "")
	os.Unsetenv("VAELAB_ROOT")
	if _, err := Start(); err == nil || !strings.Contains(err.Error(), "built from a clone of the course") {
		t.Errorf("the error is %v", err)
	}
}

// A worker answers in the language of the question, whatever its own environment names.
func TestAnswersInTheLanguageOfTheQuestion(t *testing.T) {
	t.Cleanup(func() {
		if err := words.Use("en"); err != nil {
			t.Error(err)
		}
	})
	s := &server{running: map[int]context.CancelFunc{}, at: func(string) (engine.Engine, error) { return nil, errors.New(words.Spoken().Code) }}
	for _, code := range []string{"zh", "en", "zh"} {
		var answer bytes.Buffer
		s.out = gob.NewEncoder(&answer)
		if err := s.answer(message{1, code, hello(true)}); err != nil {
			t.Fatal(err)
		}
		var m message
		if err := gob.NewDecoder(&answer).Decode(&m); err != nil || m.Body != failure(code) {
			t.Errorf("a question in %q is answered in %v, %v", code, m.Body, err)
		}
	}

	var asked bytes.Buffer // while zh is spoken
	w := newWorker()
	w.line = newLine(strings.NewReader(""), &asked, func(bool) error { return nil })
	_, _ = ask[run.Backend](t.Context(), w, hello(true), thing{}, nil) // no answer comes
	var m message
	if err := gob.NewDecoder(&asked).Decode(&m); err != nil || m.Tongue != "zh" {
		t.Errorf("the question is asked in %q, %v", m.Tongue, err)
	}
}

// A question that is cancelled before it comes to run doesn't run, and one that waits for its turn needn't.
func TestCancelledBeforeItsTurn(t *testing.T) {
	s := &server{running: map[int]context.CancelFunc{}, out: gob.NewEncoder(io.Discard),
		at: func(string) (engine.Engine, error) { return waits{}, nil }, data: map[sum]datasets.Dataset{"d": {}}}
	s.cancel(7)
	if err := s.answer(message{7, "en", train{Data: "d"}}); err != nil { // else it never ends
		t.Error(err)
	}

	w := newWorker()
	w.asking <- true // somebody's, whose answer takes long
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := (network{w, 0}).Decode(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting ended with %v", err)
	}
	if _, err := (&Worker{}).Open(t.Context(), run.Run{}); err == nil || !strings.Contains(err.Error(), "worker.Start") {
		t.Errorf("a worker that was never started: %v", err)
	}
}

// waits is an engine whose training ends with its context alone.
type waits struct{ engine.Engine }

func (waits) Train(ctx context.Context, _ datasets.Dataset, _ func(int, run.Progress), _ ...run.Config) ([]run.Run, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}
