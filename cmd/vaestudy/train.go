package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
	"vaelab/vaelib/training"
	"vaelab/vaelib/words"
)

// mostTries is how often a run is tried that fails each time.
const mostTries = 3

// train trains what isn't there yet. A run that fails is noted and doesn't stop the others, but for a full disk.
func (s *study) train(ctx context.Context, f flags) error {
	missing, lost := s.missing(f)
	if len(missing) == 0 {
		return ended(lost)
	}
	var err error
	if s.backend, err = backend.Open(f.backend); err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var failed, finished atomic.Int32
	failed.Add(int32(lost))
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(len(missing), training.AtOnce(s.backend)) {
		workers.Go(func() {
			for i := range next {
				if ctx.Err() != nil { // handed over at the last moment: it isn't begun
					continue
				}
				switch err := s.one(ctx, i, &finished, len(missing)); {
				case err == nil, ctx.Err() != nil:
				case full(err):
					stop(words.Errorf("the disk that keeps the runs is full: %w", err))
				default:
					failed.Add(1)
				}
			}
		})
	}
	for _, i := range missing {
		select {
		case next <- i:
		case <-ctx.Done():
		}
	}
	close(next)
	workers.Wait()
	switch {
	case ctx.Err() == nil:
		return ended(int(failed.Load()))
	case full(context.Cause(ctx)):
		return context.Cause(ctx)
	case context.Cause(ctx) == errTimeUp && !s.further():
		return s.tooShort()
	}
	return words.Errorf("stopped; finished epochs are kept, and the same command goes on: %w", ctx.Err())
}

// ended is the error of a study of which some runs have failed; none, if none has.
func ended(failed int) error {
	if failed == 0 {
		return nil
	}
	return words.Errorf("%s with an error: the table says with which", words.Count(failed, "run has ended", "runs have ended"))
}

// full says whether an error is that nothing more can be written: the disk is full, or what a user may have of it.
func full(err error) bool { return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) }

// missing are the runs of this share that are to be trained. How many can't be, since they have failed too often or their folder can't be
// read, it says and counts.
func (s *study) missing(f flags) (list []int, lost int) {
	for i, id := range s.ids {
		if f.job.of > 0 && i%f.job.of != f.job.part {
			continue
		}
		at, err := store.Look(s.root, id)
		switch {
		case err != nil:
			fmt.Println(words.Say("%s: %v", s.Label(s.Runs[i]), err))
			lost++
		case at.Stage == store.Done:
		case at.Stage == store.Failed && at.Failure.Times >= mostTries && !f.again:
			fmt.Println(words.Say("%s has failed %d times and isn't tried again without -again: %s", s.Label(s.Runs[i]), at.Failure.Times, at.Failure.Error))
			lost++
		default:
			list = append(list, i)
		}
	}
	return list, lost
}

// progress is what this process does about a run.
type progress int

// What it can be.
const (
	begun  progress = iota // and no epoch finished
	waits                  // for another process that trains it
	gained                 // an epoch at least
)

// one trains a run, says so, and notes an error.
func (s *study) one(ctx context.Context, i int, finished *atomic.Int32, all int) error {
	job, folder := s.jobOf(i), store.NewFolder(s.root, s.ids[i])
	start, first := time.Now(), -1
	s.note(i, begun)
	job.Observe = func(p run.Progress) {
		if first < 0 {
			first = len(p.History)
		}
		switch {
		case p.Waiting:
			s.note(i, waits)
		case len(p.History) > first:
			s.note(i, gained)
		default:
			s.note(i, begun)
		}
	}
	done, err := training.Train(ctx, s.backend, job)
	switch {
	case err == nil:
		s.note(i, gained)
		fmt.Println(words.Say("%d of %d: %s: loss %.2f nats on test images, %s", finished.Add(1), all, s.Label(s.Runs[i]), done.Last().Test.Loss, words.Duration(time.Since(start))))
		return folder.Forget()
	case ctx.Err() != nil:
		return err
	}
	fmt.Println(words.Say("%s: %v", s.Label(s.Runs[i]), err))
	if full(err) { // which is no fault of the run's
		return err
	}
	return folder.Fail(err)
}

// note keeps what is done about a run. What was gained stays.
func (s *study) note(i int, p progress) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.did == nil {
		s.did = map[int]progress{}
	}
	if s.did[i] != gained {
		s.did[i] = p
	}
}

// further says whether a job that is begun again may get further than this one: an epoch was finished, or it was others who trained.
func (s *study) further() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	did := slices.Collect(maps.Values(s.did))
	return slices.Contains(did, gained) || len(did) > 0 && !slices.Contains(did, begun)
}

// tooShort notes that the time wasn't enough for one epoch, so that a job isn't begun again for ever.
func (s *study) tooShort() error {
	err := words.Errorf("the time that Slurm gives was over before an epoch was: give more, such as -sbatch --time=1:00:00")
	for i, p := range s.did {
		if p == begun {
			err = store.NewFolder(s.root, s.ids[i]).Fail(err)
		}
	}
	return err
}
