package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
	"vaelab/vaelib/training"
	"vaelab/vaelib/words"
)

// mostTries is how often a run is tried that fails each time.
const mostTries = 3

// train trains what isn't there yet. A run that fails is noted and doesn't stop the others, but for a full disk.
func (s *study) train(ctx context.Context, f flags) error {
	missing, givenUp, err := s.missing(f)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var failed, finished atomic.Int32
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(len(missing), training.AtOnce(s.backend)) {
		workers.Go(func() {
			for i := range next {
				switch err := s.one(ctx, i, &finished, len(missing)); {
				case err == nil, ctx.Err() != nil:
				case errors.Is(err, syscall.ENOSPC):
					stop(words.Errorf("the disk that keeps the runs is full: %w", err))
				default:
					failed.Add(1)
				}
			}
		})
	}
	for _, i := range missing {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	workers.Wait()
	switch n := int(failed.Load()) + givenUp; {
	case ctx.Err() == nil && n == 0:
		return nil
	case ctx.Err() == nil:
		return words.Errorf("%s with an error: the table says with which", words.Count(n, "run has ended", "runs have ended"))
	case errors.Is(context.Cause(ctx), syscall.ENOSPC):
		return context.Cause(ctx)
	case context.Cause(ctx) == errTimeUp && !s.gained.Load():
		return s.tooShort(missing)
	}
	return words.Errorf("stopped; finished epochs are kept, and the same command goes on: %w", ctx.Err())
}

// missing are the runs of this share that are to be trained. How many have failed too often to be tried again, it says and counts.
func (s *study) missing(f flags) (list []int, givenUp int, err error) {
	for i, id := range s.ids {
		if f.job.of > 0 && i%f.job.of != f.job.part {
			continue
		}
		at, err := store.Look(s.root, id)
		if err != nil {
			return nil, 0, err
		}
		if at.Stage == store.Done {
			continue
		}
		if at.Stage == store.Failed && at.Failure.Times >= mostTries && !f.again {
			fmt.Println(words.Say("%s has failed %d times and isn't tried again without -again: %s", s.Label(s.Runs[i]), at.Failure.Times, at.Failure.Error))
			givenUp++
			continue
		}
		list = append(list, i)
	}
	return list, givenUp, nil
}

// one trains a run, says so, and notes an error.
func (s *study) one(ctx context.Context, i int, finished *atomic.Int32, all int) error {
	job, folder := s.jobOf(i), store.NewFolder(s.root, s.ids[i])
	begun, first := time.Now(), -1
	job.Observe = func(p run.Progress) {
		if first < 0 {
			first = len(p.History)
		}
		if len(p.History) > first {
			s.gained.Store(true)
		}
	}
	done, err := training.Train(ctx, s.backend, job)
	switch {
	case err == nil:
		fmt.Println(words.Say("%d of %d: %s: loss %.2f nats on test images, %s", finished.Add(1), all, s.Label(s.Runs[i]), done.Last().Test.Loss, words.Duration(time.Since(begun))))
		return folder.Forget()
	case ctx.Err() != nil:
		return err
	}
	fmt.Println(words.Say("%s: %v", s.Label(s.Runs[i]), err))
	return folder.Fail(err)
}

// tooShort notes that the time wasn't enough for one epoch, so that a job isn't begun again for ever.
func (s *study) tooShort(missing []int) error {
	err := words.Errorf("the time that Slurm gives was over before an epoch was: give more, such as -sbatch --time=1:00:00")
	for _, i := range missing[:min(1, len(missing))] {
		err = store.NewFolder(s.root, s.ids[i]).Fail(err)
	}
	return err
}
