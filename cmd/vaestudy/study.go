package main

import (
	"context"
	"errors"
	"os"
	"sync/atomic"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/places"
	"vaelab/vaelib/plan"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
	"vaelab/vaelib/training"
	"vaelab/vaelib/words"
)

// study is a plan with its data and the backend that trains it.
type study struct {
	plan.Plan
	backend *backend.Backend
	root    string             // folder that keeps runs
	data    []datasets.Dataset // as the plan's
	ids     []run.Identity     // as the plan's runs
	gained  atomic.Bool        // an epoch has been finished
}

// open reads the file and all data. A run that can't be trained is told before the first one is.
func open(ctx context.Context, f flags) (*study, error) {
	p, err := plan.Read(f.file)
	if err != nil {
		return nil, err
	}
	s := &study{Plan: p}
	var known []store.Data
	for _, d := range p.Data {
		data, err := d.Open(ctx, datasets.Options{Progress: os.Stderr})
		if err != nil {
			return nil, err
		}
		about, err := store.Describe(data)
		if err != nil {
			return nil, err
		}
		s.data, known = append(s.data, data), append(known, about)
	}
	if s.root, err = places.Runs(); err != nil {
		return nil, err
	}
	if s.backend, err = backend.Open(f.backend); err != nil {
		return nil, err
	}
	for _, r := range p.Runs {
		id, err := known[r.Data].Identity(r.Config, s.backend.Name)
		if err != nil {
			s.backend.Close()
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
