package training

import (
	"context"
	"errors"
	"fmt"
	"time"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/model"
	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
	"vaelab/vaelib/words"
)

// Job is what is to be trained. The zero Job is refused, since its data set has no images.
//
// It is a plain value, and several goroutines may train the same one at once, if nobody changes its images meanwhile.
// [Train] calls Observe and Loss in the goroutine that calls it; [All] may call those of its jobs in several at once.
type Job struct {
	Config  run.Config
	Data    datasets.Dataset
	Devices int                // of the backend that share each batch; 0: one
	Loss    model.Loss         // nil: model.Objective
	Observe func(run.Progress) // told several times an epoch; nil: nobody is
	Root    string             // folder that keeps runs; "": places.Runs
}

// Train gives the run that the job describes. A finished one is loaded, an interrupted one goes on after its last
// finished epoch, and what has never been trained is trained now. While another process trains the same run, it
// waits for it. Where the loss stops being a number, it ends with an error and the last finished epoch is kept.
//
// When ctx is done, Train soon ends with an error. The epoch under way is lost. The finished ones are kept in the run's
// folder, and the same job goes on after them when it is trained again.
func Train(ctx context.Context, b *backend.Backend, job Job) (run.Run, error) {
	if err := opened(b); err != nil {
		return run.Run{}, err
	}
	return executorsOf(b.Compute).train(ctx, b, job)
}

// opened reports a backend that backend.Open hasn't made.
func opened(b *backend.Backend) error {
	if b == nil || b.Compute == nil {
		return words.Errorf("there is no backend to train on: open one with backend.Open")
	}
	return nil
}

func (x *executors) train(ctx context.Context, b *backend.Backend, job Job) (run.Run, error) {
	job, id, err := prepare(b, job, store.Describe)
	if err != nil {
		return run.Run{}, err
	}
	return x.trainAs(ctx, b, job, id)
}

// trainAs takes what prepare gives.
func (x *executors) trainAs(ctx context.Context, b *backend.Backend, job Job, id run.Identity) (run.Run, error) {
	if done, found, err := store.Find(job.Root, id); found || err != nil {
		return done, err
	}
	folder := store.NewFolder(job.Root, id)
	t := &trainer{backend: b, job: job, started: time.Now()}
	waited := false
	if err := folder.Lock(ctx, id, func() { waited, t.waiting = true, true; t.observe(run.Terms{}) }); err != nil {
		return run.Run{}, err
	}
	defer folder.Unlock()
	t.waiting = false
	defer t.close()
	for {
		// Whoever held the lock may have finished the run, so look again.
		state, note, found, err := folder.LoadState()
		if err != nil {
			return run.Run{}, err
		}
		done := run.Run{Identity: id, Dir: folder.Path, State: state}
		if note != "" {
			done.Notes = append(done.Notes, note)
		}
		if state.Epochs() >= id.Epochs {
			if waited { // whoever was shown the start is shown the end
				t.resume(state)
				t.observe(done.Last().Train)
			}
			done.State = state.Finished(id.Config, pixels(job.Data))
			return done, nil
		}
		if found {
			done.Notes = append(done.Notes, words.Say("went on after epoch %d of an interrupted run", state.Epochs()))
		}
		t.close()
		if err := t.start(x, state); err != nil {
			return run.Run{}, t.wanting(err)
		}
		if done.State, err = t.toTheEnd(ctx, folder, id.Config); !errors.Is(err, store.ErrBehind) {
			return done, t.wanting(err)
		}
		waited = true
	}
}

// toTheEnd trains the epochs that are left, and keeps the run after each. Where nobody can be kept from training the same run, as on a
// disk without locks, another process may come further: what it has kept stays.
func (t *trainer) toTheEnd(ctx context.Context, folder *store.Folder, c run.Config) (state run.State, err error) {
	for len(t.history) < c.Epochs {
		if err := t.epoch(ctx); err != nil {
			return run.State{}, err
		}
		if state, err = t.state(); err != nil {
			return run.State{}, err
		}
		finished := len(t.history) == c.Epochs
		if finished {
			state = state.Finished(c, pixels(t.job.Data))
		}
		if err := folder.SaveState(state, finished); err != nil {
			return run.State{}, err
		}
		t.observe(t.history[len(t.history)-1].Train)
	}
	return state, nil
}

// Find gives the run that the job describes if it has been trained already, and false if not.
func Find(b *backend.Backend, job Job) (run.Run, bool, error) {
	job, id, err := prepare(b, job, store.Describe)
	if err != nil {
		return run.Run{}, false, err
	}
	return store.Find(job.Root, id)
}

// prepare checks the job, fills in what was left out, and gives the run's identity. Whoever has many jobs describes the data
// that they share once.
func prepare(b *backend.Backend, job Job, describe func(datasets.Dataset) (store.Data, error)) (Job, run.Identity, error) {
	if err := opened(b); err != nil {
		return job, run.Identity{}, err
	}
	name := b.Name
	if job.Devices > 1 { // sums are rounded in another order
		name = fmt.Sprintf("%s-%d", b.Name, job.Devices)
	}
	data, err := describe(job.Data)
	if err != nil {
		return job, run.Identity{}, err
	}
	id, err := data.Identity(job.Config, name)
	if err != nil {
		return job, id, err
	}
	if err := divisible(b, job.Config, job.Devices); err != nil {
		return job, id, err
	}
	job.Devices = max(1, job.Devices)
	if job.Root == "" {
		if job.Root, err = places.Runs(); err != nil {
			return job, id, err
		}
	}
	if job.Loss != nil {
		id.Loss, err = Fingerprint(job.Config, pixels(job.Data), job.Loss)
	}
	return job, id, err
}

func pixels(d datasets.Dataset) int { return d.Train.Width * d.Train.Height }
