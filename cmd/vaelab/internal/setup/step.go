package setup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"vaelab/vaelib/words"
)

// Step is one thing that the lab needs.
type Step struct {
	Name     string   // short; names the stamp and the log
	Title    string   // what a person reads: "JupyterLab 4.6.6"
	Needs    []string // names of the steps that must be finished before
	Inputs   []string // everything that shapes the product: versions, lock files, paths
	Products []string // files and folders that it leaves
	Make     func(context.Context, *Log) error
	Check    func(context.Context, *Log) error // that the products can be used, once they are made; nil: that they are there

	// Always marks a step that finds out by itself, and quickly, whether anything is to be done.
	Always bool

	// Spare marks a step that the lab can do without: its failure is told and the rest goes on.
	Spare bool
}

// Result is how a step ended.
type Result struct {
	Step  *Step
	Made  bool // false: it was already there
	Took  time.Duration
	Error error
}

// Observer is told about steps as they start and end. Its methods may be called at the same time.
type Observer interface {
	Started(*Step)
	Ended(Result)
}

// work is steps under way.
type work struct {
	ctx     context.Context // ended by the first failure
	steps   []*Step
	results []Result
	done    map[string]chan struct{}
}

// begin makes what isn't up to date, each step as soon as those that it needs are done. The first failure stops the others.
func (l Layout) begin(ctx context.Context, steps []*Step, tell Observer) (*work, error) {
	if err := os.MkdirAll(l.Under("logs"), 0o755); err != nil {
		return nil, explain(words.Say("The folder %s", ".vaelab"), err, "")
	}
	ctx, stop := context.WithCancelCause(ctx)
	w := &work{ctx, steps, make([]Result, len(steps)), make(map[string]chan struct{}, len(steps))}
	for _, s := range steps {
		w.done[s.Name] = make(chan struct{})
	}
	for i, s := range steps {
		go func() {
			defer close(w.done[s.Name])
			w.results[i] = Result{Step: s}
			for _, need := range s.Needs {
				if before, known := w.done[need]; known {
					<-before
				}
			}
			if ctx.Err() != nil {
				return
			}
			w.results[i] = l.runStep(ctx, s, tell)
			if w.results[i].Error != nil && !s.Spare {
				stop(w.results[i].Error)
			}
		}()
	}
	go func() {
		for _, done := range w.done {
			<-done
		}
		stop(errAllDone)
	}()
	return w, nil
}

// wait waits for some of the steps. The error is the first failure so far of a step that the lab can't do without.
func (w *work) wait(steps ...*Step) (results []Result, err error) {
	for i, s := range w.steps {
		if slices.Contains(steps, s) {
			<-w.done[s.Name]
			results = append(results, w.results[i])
		}
	}
	if err = context.Cause(w.ctx); errors.Is(err, errAllDone) {
		err = nil
	}
	return results, err
}

// errAllDone ends the context of steps that are all done.
var errAllDone = errors.New("all steps are done")

// runSteps makes what isn't up to date and waits for all of it.
func (l Layout) runSteps(ctx context.Context, steps []*Step, tell Observer) ([]Result, error) {
	w, err := l.begin(ctx, steps, tell)
	if err != nil {
		return nil, err
	}
	return w.wait(steps...)
}

func (l Layout) runStep(ctx context.Context, s *Step, tell Observer) Result {
	if !s.Always && l.upToDate(s) {
		return Result{Step: s}
	}
	start := time.Now()
	tell.Started(s)
	err := l.makeStep(ctx, s)
	r := Result{Step: s, Made: true, Took: time.Since(start), Error: err}
	if ctx.Err() == nil || err == nil {
		tell.Ended(r)
	}
	return r
}

func (l Layout) makeStep(ctx context.Context, s *Step) error {
	if err := l.removeStamp(s); err != nil {
		return explain(s.Title, err, "")
	}
	log, err := openLog(l.Log(s.Name))
	if err != nil {
		return explain(s.Title, err, "")
	}
	defer log.Close()
	err = s.Make(ctx, log)
	if err == nil && s.Check != nil {
		err = s.Check(ctx, log)
	}
	if err == nil {
		err = l.writeStamp(s)
	}
	var known *Failure
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return context.Cause(ctx) // stopped, not failed
	case errors.As(err, &known):
		return err
	}
	name, relErr := filepath.Rel(l.Root, log.Path)
	if relErr != nil {
		name = log.Path
	}
	fmt.Fprintf(log, "\n%v\n", err)
	return explain(s.Title, err, name)
}
