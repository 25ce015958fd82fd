package worker

import (
	"context"
	"encoding/gob"
	"errors"
	"image"
	"io"
	"sync"

	"vaelab/datasets"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
	"vaelab/vaelib/trained"
	"vaelab/vaelib/words"
)

// Worker is an engine in a program of its own. It is an [engine.Engine]. Make one with [Start]: the zero Worker has no
// program, so Find finds nothing, Close does nothing, and Train and Open panic.
//
// Several goroutines may use one at once, and the networks that it opens too. They take turns: while one waits for an answer,
// the others wait for theirs, also where their context has ended, and so does Close. An observer that is told of the
// progress must not ask the Worker anything: it would wait for itself.
type Worker struct {
	backend run.Backend
	dial    func() (*line, error) // starts the program; nil once it runs

	crew []*Worker // that train beside it; see trainApart

	asking chan bool // one question at a time: it has room for one
	number int
	sent   map[sum]bool // things

	writing sync.Mutex
	*line
}

// line leads to the program.
type line struct {
	in   *gob.Decoder
	out  *gob.Encoder
	pipe io.Writer              // below it
	end  func(asked bool) error // ends the program if it hasn't ended yet, and says how it ended; nil: in order, or as asked
}

func newLine(in io.Reader, out io.Writer, end func(asked bool) error) *line {
	return &line{gob.NewDecoder(in), gob.NewEncoder(out), out, end}
}

// connect says hello to a worker at the other end of two pipes.
func connect(in io.Reader, out io.Writer, end func(asked bool) error) (*Worker, error) {
	w := newWorker()
	w.line = newLine(in, out, end)
	var err error
	w.backend, err = ask[run.Backend](context.Background(), w, hello(true), thing{}, nil)
	return w, err
}

func newWorker() *Worker { return &Worker{sent: map[sum]bool{}, asking: make(chan bool, 1)} }

func (w *Worker) Backend() run.Backend { return w.backend }

// Close ends the program, which a cell needn't do: it ends with the cell's. What is asked afterwards is an error.
func (w *Worker) Close() error {
	if w.asking == nil {
		return nil // never started
	}
	w.asking <- true
	defer func() { <-w.asking }()
	crew := w.closeCrew()
	if w.line == nil {
		return crew // nothing was asked
	}
	if questions, ok := w.pipe.(io.Closer); ok {
		_ = questions.Close() // the program ends when there are no more; how it ended says the rest
	}
	return errors.Join(w.end(true), crew)
}

// Find needs no question: what is kept is on the disk.
func (w *Worker) Find(data datasets.Dataset, configs ...run.Config) ([]*run.Run, error) {
	d, err := store.Describe(data)
	if err != nil {
		return nil, err
	}
	root, err := places.Runs()
	if err != nil {
		return nil, err
	}
	ids := make([]run.Identity, len(configs))
	for i, c := range configs {
		if ids[i], err = d.Identity(c, w.backend.Name); err != nil {
			return nil, err
		}
	}
	store.Expect(root, ids...)
	runs := make([]*run.Run, len(configs))
	for i, id := range ids {
		r, found, err := store.Find(root, id)
		if err != nil {
			return nil, err
		}
		if found {
			runs[i] = &r
		}
	}
	return runs, nil
}

func (w *Worker) Train(ctx context.Context, set datasets.Dataset, observe func(int, run.Progress), configs ...run.Config) ([]run.Run, error) {
	if len(configs) > 1 && len(w.crew) > 0 {
		return w.trainApart(ctx, set, observe, configs)
	}
	return w.trainAll(ctx, set, observe, configs)
}

func (w *Worker) trainAll(ctx context.Context, set datasets.Dataset, observe func(int, run.Progress), configs []run.Config) ([]run.Run, error) {
	root, err := places.Runs()
	if err != nil {
		return nil, err
	}
	name := sumOfData(set)
	about := thing{name, true, func() any { return data{name, set} }}
	answer, err := ask[runs](ctx, w, train{root, name, configs}, about, func(told any) {
		if p, ok := told.(progress); ok && observe != nil {
			observe(p.Job, p.Now)
		}
	})
	if err != nil {
		return nil, err
	}
	runs := make([]run.Run, len(answer))
	for i, a := range answer {
		r, found, err := store.Find(root, a.Identity)
		if err != nil {
			return nil, err
		}
		if !found {
			return nil, words.Errorf("the run in %s was there a moment ago, and isn't any more: run the cell again", a.Dir)
		}
		r.Notes = a.Notes
		runs[i] = r
	}
	return runs, nil
}

func (w *Worker) Open(ctx context.Context, r run.Run) (trained.Coder, error) {
	arrays := networkOf(r)
	name := sumOfWeights(arrays)
	about := thing{name, r.Dir == "", func() any { return weights{name, packed(arrays)} }} // else the worker has the folder, too
	number, err := ask[opened](ctx, w, open{r.Identity, r.Dir, name}, about, nil)
	if err != nil {
		return nil, err
	}
	return network{w, number}, nil
}

// network is a network at the worker's.
type network struct {
	at     *Worker
	number opened
}

func (n network) Encode(ctx context.Context, set datasets.Images) (trained.Codes, error) {
	about := thingOf(set)
	return ask[trained.Codes](ctx, n.at, encode{n.number, about.name}, about, nil)
}

func (n network) Decode(ctx context.Context, codes [][]float64) ([]*image.Gray, error) {
	return ask[pictures](ctx, n.at, decode{n.number, codes}, thing{}, nil)
}

func (n network) Bounds(ctx context.Context, set datasets.Images, o measure.BoundOptions) (trained.Bounds, error) {
	about := thingOf(set)
	return ask[trained.Bounds](ctx, n.at, bounds{n.number, about.name, o}, about, func(told any) {
		if d, ok := told.(drawn); ok && o.Observe != nil {
			o.Observe(d.Done, d.All)
		}
	})
}

// thing is what a question names by its contents.
type thing struct {
	name  sum
	first bool       // it is sent before the question; else only if the worker says that it doesn't know it
	pack  func() any // as it is sent; nil: the question is about nothing
}

func thingOf(set datasets.Images) thing {
	name := sum(set.Fingerprint())
	return thing{name, true, func() any { return images{name, set} }}
}

// ask sends a question and waits for its answer. What comes before it is told. What the question is about is sent once.
func ask[A any](ctx context.Context, w *Worker, question any, about thing, tell func(any)) (answer A, err error) {
	if w.asking == nil {
		return answer, words.Errorf("there is no program that computes: start one with worker.Start")
	}
	select {
	case w.asking <- true:
		defer func() { <-w.asking }()
	case <-ctx.Done():
		return answer, words.Errorf("waiting for another question's answer was stopped: %w", ctx.Err())
	}
	if w.line == nil {
		if w.line, err = w.dial(); err != nil {
			return answer, err
		}
	}
	w.number++
	number := w.number
	give := func() error {
		w.sent[about.name] = true
		return w.send(message{number, words.Spoken().Code, about.pack()})
	}
	if about.first && !w.sent[about.name] {
		if err := give(); err != nil {
			return answer, w.gone(err)
		}
	}
	if err := w.send(message{number, words.Spoken().Code, question}); err != nil {
		return answer, w.gone(err)
	}
	defer context.AfterFunc(ctx, func() { _ = w.send(message{number, words.Spoken().Code, cancel(true)}) })() // one that is gone has stopped
	for {
		var m message
		if err := w.in.Decode(&m); err != nil {
			return answer, w.gone(err)
		}
		switch body := m.Body.(type) {
		case A:
			return body, nil
		case failure:
			return answer, &failed{string(body), ctx.Err()}
		case unknown:
			if about.pack == nil || w.sent[about.name] {
				return answer, words.Errorf("the program that computes doesn't know what it was sent for %T", question)
			}
			if err := errors.Join(give(), w.send(message{number, words.Spoken().Code, question})); err != nil {
				return answer, w.gone(err)
			}
		default:
			if tell == nil {
				return answer, words.Errorf("the program that computes answers %T with %T", question, body)
			}
			tell(body)
		}
	}
}

func (w *Worker) send(m message) error {
	w.writing.Lock()
	defer w.writing.Unlock()
	return w.out.Encode(m)
}

// gone says why there is no answer.
func (w *Worker) gone(err error) error {
	if how := w.end(false); how != nil {
		return how
	}
	return words.Errorf("the program that computes has ended (%w): run the cell again", err)
}

// failed is an error of the worker's, in its words: those of the language in which it was asked.
type failed struct {
	said  string
	cause error // the context's, if that is what ended the work
}

func (f *failed) Error() string { return f.said }
func (f *failed) Unwrap() error { return f.cause }
