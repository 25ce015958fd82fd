package main

import (
	"context"
	"path/filepath"
	"sync"
	"time"

	"vaelab/datasets"
	"vaelab/vaelib/run"
	"vaelab/vaelib/training"
	"vaelab/vaelib/words"
)

// swept are the four trainings in each way.
type swept struct {
	InTurn     float64  `json:"in_turn"`      // seconds, one after the other
	SideBySide float64  `json:"side_by_side"` // seconds, all four at once
	All        float64  `json:"all"`          // seconds, by training.All
	AtOnce     int      `json:"at_once"`      // how many training.All trains at once
	Test       []string `json:"test"`         // nats after the last epoch
	Different  []string `json:"different,omitempty"`
}

var weights = []float64{0.5, 1, 2, 4}

// sweepTask trains four KL weights in three ways, after one that compiles for all of them.
func sweepTask(ctx context.Context, t *task) (any, error) {
	d, err := t.data()
	if err != nil {
		return nil, err
	}
	first := t.job(d, "first", 3)
	first.Config.Epochs = 1
	if _, err := training.Train(ctx, t.backend, first); err != nil {
		return nil, err
	}
	s := swept{AtOnce: training.AtOnce(t.backend)}
	begin := time.Now()
	inTurn := make([]run.Run, len(weights))
	for i, w := range weights {
		if inTurn[i], err = training.Train(ctx, t.backend, t.job(d, "in-turn", w)); err != nil {
			return s, err
		}
	}
	s.InTurn = time.Since(begin).Seconds()
	begin = time.Now()
	beside, err := t.atOnce(ctx, d)
	if err != nil {
		return s, err
	}
	s.SideBySide = time.Since(begin).Seconds()
	var jobs []training.Job
	for _, w := range weights {
		jobs = append(jobs, t.job(d, "all", w))
	}
	begin = time.Now()
	all, err := training.All(ctx, t.backend, jobs...)
	if err != nil {
		return s, err
	}
	s.All = time.Since(begin).Seconds()
	for i, w := range weights {
		s.Test = append(s.Test, words.Fixed(inTurn[i].Last().Test.Loss, 3))
		for way, r := range map[string]run.Run{words.Say("side by side"): beside[i], "training.All": all[i]} {
			if why := unlike(inTurn[i], r); why != "" {
				s.Different = append(s.Different, words.Say("KL weight %v, %s: %s", w, way, why))
			}
		}
	}
	return s, nil
}

func (t *task) job(d datasets.Dataset, way string, weight float64) training.Job {
	config := course()
	config.KLWeight = weight
	return training.Job{Config: config, Data: d, Root: filepath.Join(t.Folder, way)}
}

// atOnce trains all four at the same time, however many training.All would.
func (t *task) atOnce(ctx context.Context, d datasets.Dataset) ([]run.Run, error) {
	runs, errs := make([]run.Run, len(weights)), make([]error, len(weights))
	var all sync.WaitGroup
	for i, w := range weights {
		all.Go(func() { runs[i], errs[i] = training.Train(ctx, t.backend, t.job(d, "beside", w)) })
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return runs, nil
}

// unlike says how two runs differ that should be the same to the last bit; "" where they are.
func unlike(a, b run.Run) string {
	var x, y learnt
	x.note(a)
	y.note(b)
	if apart := lossesApart(y.Test, x.Test); apart > 0 {
		return words.Say("the test losses are %s of the loss apart", apart)
	}
	if x.Digest != y.Digest {
		return words.Say("the weights are not the same to the last bit")
	}
	return ""
}

// sweep is step 4.
func (c *check) sweep(ctx context.Context) (finding, error) {
	card, err := c.card("")
	if err != nil {
		return finding{}, err
	}
	s, err := ask[swept](ctx, c, card, request{Task: "sweep", Folder: c.runs("sweep")})
	if err != nil {
		return finding{nil, s}, err
	}
	says := []string{words.Say("one after the other %s s, side by side %s s (%s of it), as the course sweeps (%d at once) %s s",
		words.Significant(s.InTurn, 3), words.Significant(s.SideBySide, 3), words.Significant(s.SideBySide/s.InTurn, 2), s.AtOnce, words.Significant(s.All, 3))}
	return finding{says, s}, s.judge()
}

// judge is an error where a way of training has changed what is learnt.
func (s swept) judge() error {
	if len(s.Different) > 0 {
		return words.Errorf("trainings differ by what trains beside them: %s", words.List(s.Different, len(s.Different)))
	}
	return nil
}
