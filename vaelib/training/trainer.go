package training

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// stepsAtOnce is how many steps one execution makes: enough that entering the backend costs little, few enough
// that the progress bar moves. Results don't depend on it. A backend that isn't named makes one: GoMLX v0.28's Go
// backend fails in a loop of this kind, and would gain nothing from one.
var stepsAtOnce = map[string]int{"xla": 78, "xla:cuda": 117}

// trainer is a run under way: its executors, its state on the device and its history.
type trainer struct {
	backend *backend.Backend
	job     Job
	stepper *graph.Exec
	split   split
	test    *testSet
	done    func()              // with the executors
	states  [][]*tensors.Tensor // on each device the same: weights, first moments, second moments, step count
	history []run.Epoch

	started time.Time
	waiting bool // for another process that trains the same run
	resumed int  // steps made before this process
	step    int
}

// start puts the state on the device: the saved one, or a new one from the seed.
func (t *trainer) start(x *executors, saved run.State) error {
	c, n := t.job.Config, pixels(t.job.Data)
	graphs, done, err := x.of(t.job, t.atOnce())
	if err != nil {
		return err
	}
	t.stepper, t.split, t.test, t.done = graphs.step, graphs.split, newTestSet(graphs.test, c, t.job.Data.Test), done
	if saved.Epochs() == 0 {
		saved.Arrays = initial(c, n)
	}
	if err := run.Fit(stateOf(c, n), saved.Arrays); err != nil {
		return words.Errorf("the saved run can't be gone on with: delete its folder to train anew: %w", err)
	}
	t.states = make([][]*tensors.Tensor, t.split.devices())
	for d := range t.states {
		for _, a := range saved.Arrays {
			t.states[d] = append(t.states[d], tensors.FromFlatDataAndDimensions(a.Data, a.Dims...))
		}
	}
	t.resume(saved)
	t.started = time.Now()
	return nil
}

// resume puts the trainer where a saved state is.
func (t *trainer) resume(saved run.State) {
	t.history = saved.History
	t.step = len(t.history) * stepsAnEpoch(t.job)
	t.resumed = t.step
}

func stepsAnEpoch(job Job) int { return job.Data.Train.Len() / job.Config.Batch }

func (t *trainer) atOnce() int { return max(1, stepsAtOnce[t.backend.Name]) }

// epoch trains one pass over the shuffled images and measures the test images after it.
func (t *trainer) epoch(ctx context.Context) error {
	begin := time.Now()
	number := len(t.history) + 1
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var sum run.Terms
	made := 0
	for chunk := range feed(ctx, t.job.Config, t.job.Data.Train, number, t.atOnce()) {
		rows, err := t.advance(chunk)
		if err != nil {
			return err
		}
		for _, row := range rows {
			made++
			if err := t.finite(row, words.Say("in epoch %d, step %d", number, made)); err != nil {
				return err
			}
			sum = sum.Plus(t.comparable(row))
		}
		t.step += len(rows)
		t.observe(sum.Over(made))
	}
	if err := ctx.Err(); err != nil {
		return words.Errorf("training was stopped after %d of %d epochs; run it again to go on: %w", len(t.history), t.job.Config.Epochs, err)
	}
	seconds := time.Since(begin).Seconds()
	test, err := t.test.measure(t.weights())
	if err != nil {
		return err
	}
	if err := t.finite(test, words.Say("on the test images after epoch %d", number)); err != nil {
		return err
	}
	t.history = append(t.history, run.Epoch{Epoch: number, Seconds: seconds, Train: sum.Over(made), Test: test})
	return nil
}

// comparable gives the terms of a step with the final KL weight, where a schedule trains with another loss.
func (t *trainer) comparable(step run.Terms) run.Terms {
	if c := t.job.Config; t.job.Loss == nil && c.Scheduled() {
		step.Loss = step.Reconstruction + c.KLWeight*step.KL
	}
	return step
}

// finite is an error where a term is no number any more: from there on nothing can be learnt, or saved.
func (t *trainer) finite(terms run.Terms, where string) error {
	for i, x := range []float64{terms.Loss, terms.Reconstruction, terms.KL} {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return run.NewSettingError("LearningRate", t.job.Config.LearningRate, words.Format(
				"the %s became %v %s: training has stopped and keeps the %d epochs finished before; try a smaller %v, or look for log 0 or exp of a large number in a loss of your own"),
				[...]string{words.Say("loss"), words.Say("reconstruction term"), words.Say("KL term")}[i], x, where, len(t.history), run.Setting("LearningRate"))
		}
	}
	return nil
}

// advance makes the chunk's steps on the device and gives the terms of each.
func (t *trainer) advance(c chunk) ([]run.Terms, error) {
	terms, states, err := t.split.call(t.backend.Compute, t.stepper, c, t.states)
	if err != nil {
		return nil, words.Errorf("the training step failed: %w", err)
	}
	t.states = states
	return readTerms(terms, c.steps)
}

func (t *trainer) weights() []*tensors.Tensor {
	return t.states[0][:len(run.Weights(t.job.Config, pixels(t.job.Data)))]
}

// state copies the state from the device. Where a number in it has become infinite it is an error, though the loss may
// be finite still: with an infinite second moment Adam's step is 0, and the weights would stand still in silence.
func (t *trainer) state() (run.State, error) {
	list := stateOf(t.job.Config, pixels(t.job.Data))
	s := run.State{History: t.history}
	for i, x := range t.states[0] {
		data, err := tensors.CopyFlatData[float32](x)
		if err != nil {
			return s, err
		}
		for _, v := range data {
			if v-v != 0 { // NaN or infinite
				return s, run.NewSettingError("LearningRate", t.job.Config.LearningRate, words.Format(
					"%s became %v in epoch %d: gradients are so large that their squares leave float32; training has stopped and keeps the %d epochs finished before; try a smaller %v, or a smaller factor in a loss of your own"),
					list[i].Name, v, len(t.history), len(t.history)-1, run.Setting("LearningRate"))
			}
		}
		s.Arrays = append(s.Arrays, run.Array{Name: list[i].Name, Dims: x.Shape().Dimensions, Data: data})
	}
	return s, nil
}

// words say what computes.
func (t *trainer) words() string {
	if n := t.split.devices(); n > 1 {
		return words.Say("%s, each batch shared by %d devices", t.backend.Words, n)
	}
	return t.backend.Words
}

// observe tells the observer where the run is.
func (t *trainer) observe(now run.Terms) {
	if t.job.Observe == nil {
		return
	}
	p := run.Progress{
		Config: t.job.Config, Backend: t.words(), Data: t.job.Data.Title,
		Step: t.step, Steps: t.job.Config.Epochs * stepsAnEpoch(t.job),
		Elapsed: time.Since(t.started), History: t.history, Now: now, Waiting: t.waiting,
	}
	if made := t.step - t.resumed; made > 0 {
		p.Left = time.Duration(float64(p.Elapsed) / float64(made) * float64(p.Steps-p.Step))
	}
	t.job.Observe(p)
}

// close gives back what start has taken, if it has.
func (t *trainer) close() {
	if t.done == nil {
		return
	}
	t.done()
	for _, s := range slices.Concat(t.states...) {
		_ = s.FinalizeAll()
	}
	t.done, t.states = nil, nil
}
