package worker

import (
	"context"
	"encoding/gob"
	"errors"
	"io"
	"math"
	"path/filepath"
	"sync"

	"vaelab/datasets"
	"vaelab/vaelib/engine"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
	"vaelab/vaelib/trained"
	"vaelab/vaelib/words"
)

// Serve answers the questions that come in, one after the other, until there are no more: the worker's side. A question
// is given the engine that keeps its runs under the folder root, "" for the usual one.
func Serve(in io.Reader, out io.Writer, at func(root string) (engine.Engine, error)) error {
	s := &server{at: at, out: gob.NewEncoder(out), running: map[int]context.CancelFunc{},
		data: map[sum]datasets.Dataset{}, images: map[sum]datasets.Images{}, weights: map[sum]weights{}}
	questions := make(chan message)
	ended := make(chan error, 1)
	go func() { ended <- s.read(gob.NewDecoder(in), questions) }()
	for q := range questions {
		if s.keep(q.Body) {
			continue
		}
		if err := s.answer(q); err != nil {
			return err // the program ends, so that whoever waits for the answer is told
		}
	}
	return <-ended
}

type server struct {
	at       func(root string) (engine.Engine, error)
	networks []trained.Coder

	// What has been sent, by its contents.
	data    map[sum]datasets.Dataset
	images  map[sum]datasets.Images
	weights map[sum]weights

	mu       sync.Mutex // what several goroutines use
	out      *gob.Encoder
	running  map[int]context.CancelFunc
	canceled int   // the last question that was, which may not run yet; those before it have been answered
	failed   error // the first of sending
}

// read passes questions on, and cancels those that are no longer wanted. When nobody asks any more, whatever goes on is
// cancelled.
func (s *server) read(in *gob.Decoder, questions chan<- message) error {
	defer close(questions)
	defer s.cancel(0)
	for {
		var q message
		switch err := in.Decode(&q); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return words.Errorf("a question can't be read: %w", err)
		}
		if _, ok := q.Body.(cancel); ok {
			s.cancel(q.Number)
			continue
		}
		questions <- q
	}
}

// keep takes what is sent for later questions, and says whether it is that.
func (s *server) keep(body any) bool {
	switch thing := body.(type) {
	case data:
		s.data[thing.Sum] = thing.Set
	case images:
		s.images[thing.Sum] = thing.Set
	case weights:
		s.weights[thing.Sum] = thing
	default:
		return false
	}
	return true
}

// cancel ends a question, or with 0 all of them.
func (s *server) cancel(number int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if number == 0 {
		s.canceled = math.MaxInt
	}
	s.canceled = max(s.canceled, number)
	for n, stop := range s.running {
		if n == number || number == 0 {
			stop()
		}
	}
}

// tell sends an answer, or what comes before it, unless an earlier one couldn't be sent.
func (s *server) tell(number int, body any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed != nil {
		return s.failed
	}
	if err := s.out.Encode(message{Number: number, Body: body}); err != nil {
		s.failed = words.Errorf("an answer can't be sent: %w", err)
	}
	return s.failed
}

func (s *server) answer(q message) error {
	speak(q.Tongue)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	s.mu.Lock()
	s.running[q.Number] = stop
	if q.Number <= s.canceled {
		stop() // before it came to run
	}
	s.mu.Unlock()
	body, err := s.work(ctx, q)
	if err != nil {
		body = failure(err.Error())
	}
	s.mu.Lock()
	delete(s.running, q.Number)
	s.mu.Unlock()
	return s.tell(q.Number, body)
}

// speak has the program speak the language of whoever asks, which its environment may not name. Where it can't, it goes on as before.
func speak(code string) {
	if code != words.Spoken().Code {
		_ = words.Use(code)
	}
}

// work gives a question's answer. A panic is an error too: other questions may have an answer.
func (s *server) work(ctx context.Context, m message) (body any, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = words.Errorf("the program that computes has met an error of its own: %v", r)
		}
	}()
	switch q := m.Body.(type) {
	case hello:
		e, err := s.at("")
		if err != nil {
			return nil, err
		}
		return e.Backend(), nil
	case train:
		set, known := s.data[q.Data]
		if !known {
			return unknown(true), nil
		}
		e, err := s.at(q.Root)
		if err != nil {
			return nil, err
		}
		done, err := e.Train(ctx, set, func(i int, p run.Progress) { _ = s.tell(m.Number, progress{i, p}) }, q.Configs...)
		var list runs
		for _, r := range done {
			list = append(list, ended{r.Identity, r.Dir, r.Notes})
		}
		return list, err
	case open:
		return s.open(ctx, q)
	case encode:
		set, known := s.images[q.Set]
		if !known {
			return unknown(true), nil
		}
		return s.networks[q.Network].Encode(ctx, set)
	case decode:
		painted, err := s.networks[q.Network].Decode(ctx, q.Codes)
		return pictures(painted), err
	case bounds:
		set, known := s.images[q.Set]
		if !known {
			return unknown(true), nil
		}
		q.Options.Observe = func(done, all int) { _ = s.tell(m.Number, drawn{done, all}) }
		return s.networks[q.Network].Bounds(ctx, set, q.Options)
	}
	return nil, words.Errorf("%T is no question", m.Body)
}

// open opens a network whose weights have been sent, or are those that the run's folder keeps.
func (s *server) open(ctx context.Context, q open) (any, error) {
	r := run.Run{Identity: q.Identity, Dir: q.Dir}
	sent, known := s.weights[q.Weights]
	if known {
		var err error
		if r.State.Arrays, err = unpacked(sent.Arrays); err != nil {
			return nil, err
		}
	} else if r.State.Arrays = keptWeights(q); r.State.Arrays == nil {
		return unknown(true), nil
	}
	e, err := s.at("")
	if err != nil {
		return nil, err
	}
	n, err := e.Open(ctx, r)
	if err != nil {
		return nil, err
	}
	s.networks = append(s.networks, n)
	return opened(len(s.networks) - 1), nil
}

// keptWeights are those that the question names, if the run's folder keeps them; else nil.
func keptWeights(q open) []run.Array {
	if q.Dir == "" {
		return nil
	}
	kept, found, err := store.Find(filepath.Dir(q.Dir), q.Identity)
	if err != nil || !found || sumOfWeights(kept.State.Arrays) != q.Weights {
		return nil // whoever asks has them
	}
	return kept.State.Arrays
}
