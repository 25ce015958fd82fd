package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/places"
	"vaelab/vaelib/plan"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
	"vaelab/vaelib/training"
	"vaelab/vaelib/words"
)

// study is a plan with its data and its place.
type study struct {
	plan.Plan
	backend *backend.Backend   // nil until something is computed
	root    string             // folder that keeps runs
	data    []datasets.Dataset // as the plan's
	ids     []run.Identity     // as the plan's runs

	mu  sync.Mutex
	did map[int]progress // about each run, by this process
}

// open reads the file and all data. A run that can't be trained is told before the first one is.
func open(ctx context.Context, f flags) (*study, error) {
	p, err := plan.Read(f.file)
	if err != nil {
		return nil, err
	}
	if f.out != "" { // before anything is trained
		if err := os.MkdirAll(f.out, 0o755); err != nil {
			return nil, words.Errorf("the folder for tables can't be made: %w", err)
		}
	}
	s := &study{Plan: p}
	var known []store.Data
	var digests []string
	for _, d := range p.Data {
		data, err := d.Open(ctx, datasets.Options{Progress: os.Stderr})
		if err != nil {
			return nil, err
		}
		about, err := store.Describe(data)
		if err != nil {
			return nil, err
		}
		s.data, known, digests = append(s.data, data), append(known, about), append(digests, data.Fingerprint())
		if err := p.Different(digests); err != nil {
			return nil, words.Errorf("%s: %w", f.file, err)
		}
	}
	if s.root, err = places.Runs(); err != nil {
		return nil, err
	}
	name, err := backend.Name(f.backend)
	if err != nil {
		return nil, err
	}
	for _, r := range p.Runs {
		id, err := known[r.Data].Identity(r.Config, name)
		if err != nil {
			var wrong *run.SettingError
			if errors.As(err, &wrong) {
				return nil, words.Errorf("the run %s: %s", p.Label(r), wrong.In(plan.InFile{}))
			}
			return nil, words.Errorf("the run %s: %w", p.Label(r), err)
		}
		s.ids = append(s.ids, id)
	}
	return s, nil
}

func (s *study) jobOf(i int) training.Job {
	return training.Job{Config: s.Runs[i].Config, Data: s.data[s.Runs[i].Data], Root: s.root}
}

func (s *study) close() { s.backend.Close() }

// computing opens a backend where none is open yet, to look at finished runs: theirs, or pure Go on a machine that hasn't got it.
func (s *study) computing(f flags) (err error) {
	if s.backend != nil {
		return nil
	}
	s.backend, err = backend.Open(f.backend)
	if err == nil {
		return nil
	}
	fmt.Fprintln(os.Stderr, words.Say("The finished runs are looked at with pure Go, because %v", err))
	s.backend, err = backend.Open("go")
	return err
}
