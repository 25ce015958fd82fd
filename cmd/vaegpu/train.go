package main

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"time"

	"vaelab/vaelib/run"
	"vaelab/vaelib/training"
	"vaelab/vaelib/words"
)

// learnt is a finished training, or as far as it came.
type learnt struct {
	Backend string      `json:"backend"`
	Words   string      `json:"words"`
	Test    []run.Terms `json:"test"` // after each epoch
	Seconds []float64   `json:"seconds"`
	Total   float64     `json:"total"`  // seconds, with compiling, measuring and keeping
	From    int         `json:"from"`   // epochs that were there already
	Digest  string      `json:"digest"` // of all weights: two with the same are the same to the last bit
	Stopped bool        `json:"stopped,omitempty"`
}

func trainTask(ctx context.Context, t *task) (any, error) {
	d, err := t.data()
	if err != nil {
		return nil, err
	}
	return train(ctx, t, training.Job{Config: t.Config, Data: d, Root: t.Folder})
}

// train trains a job, to its end or until it is to stop.
func train(ctx context.Context, t *task, job training.Job) (learnt, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	l := learnt{Backend: t.backend.Name, Words: t.backend.Words, From: -1}
	each := job.Data.Train.Len() / job.Config.Batch
	job.Observe = func(p run.Progress) {
		if l.From < 0 {
			l.From = len(p.History)
		}
		if t.Stop && p.Step > each {
			l.Stopped = true
			stop()
		}
	}
	begin := time.Now()
	r, err := training.Train(ctx, t.backend, job)
	if err != nil && !l.Stopped {
		return l, err
	}
	l.note(r)
	l.Total = time.Since(begin).Seconds()
	if t.Stop && !l.Stopped {
		return l, words.Errorf("the training was over before it could be stopped")
	}
	return l, nil
}

// note keeps what is compared of a run.
func (l *learnt) note(r run.Run) {
	for _, e := range r.State.History {
		l.Test, l.Seconds = append(l.Test, e.Test), append(l.Seconds, e.Seconds)
	}
	sum := sha256.New()
	for _, a := range r.State.Arrays {
		_ = binary.Write(sum, binary.LittleEndian, a.Data) // a sum takes anything
	}
	l.Digest = hex.EncodeToString(sum.Sum(nil))
}
