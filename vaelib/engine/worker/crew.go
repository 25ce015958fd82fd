package worker

import (
	"context"
	"errors"
	"sync"

	"vaelab/datasets"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// trainApart trains several runs, each by one of the programs: where a program has one thread, as in a browser's tab, several are
// what several cores take. Each run is the one that a single program would train; errors and the order are those of Train.
func (w *Worker) trainApart(ctx context.Context, set datasets.Dataset, observe func(int, run.Progress), configs []run.Config) ([]run.Run, error) {
	if _, err := w.Find(set, configs...); err != nil { // a wrong number in the last is told at once
		return nil, err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	done, next := make([]run.Run, len(configs)), make(chan int)
	var failed error // the first
	var once sync.Once
	var team sync.WaitGroup
	for _, each := range append([]*Worker{w}, w.crew...) {
		team.Go(func() {
			for i := range next {
				told := func(_ int, p run.Progress) {
					if observe != nil {
						observe(i, p)
					}
				}
				runs, err := each.trainAll(ctx, set, told, configs[i:i+1])
				if err != nil {
					once.Do(func() {
						failed = words.Errorf("model %d of %d (KL weight %v, seed %d): %w", i+1, len(configs), configs[i].KLWeight, configs[i].Seed, err)
					})
					stop()
					continue
				}
				done[i] = runs[0]
			}
		})
	}
	for i := range configs {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	team.Wait()
	if failed == nil {
		failed = ctx.Err() // before the first began
	}
	if failed != nil {
		return nil, failed
	}
	return done, nil
}

// closeCrew closes the programs beside the first.
func (w *Worker) closeCrew() error {
	var all []error
	for _, each := range w.crew {
		all = append(all, each.Close())
	}
	return errors.Join(all...)
}
