package training

import (
	"math"
	"slices"
	"strings"
	"testing"

	. "github.com/gomlx/gomlx/core/graph"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/reference"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
)

// scheduled are settings that use everything that changes from step to step.
var scheduled = map[string]func(c *run.Config){
	"cyclic, decay": func(c *run.Config) {
		c.Schedule, c.FreeBits, c.Decay = run.Cyclic(2, 0.7), 0.2, run.CosineDecay
	},
	"target, optimal σ": func(c *run.Config) {
		c.Decoder, c.Sigma, c.Rate = run.Gaussian, run.OptimalSigma, run.TargetRate{Nats: 2, Epochs: 2, Pull: 5}
	},
	"linear, learned σ": func(c *run.Config) {
		c.Decoder, c.Sigma, c.Schedule, c.Decay = run.Gaussian, run.LearnedSigma, run.Linear(2.5), run.LinearDecay
	},
	"something given": func(c *run.Config) { c.Given = 8 },
	"a prior of its own, balanced": func(c *run.Config) {
		c.Prior, c.Balance, c.FreeBits, c.FreeOver = run.LearnedPrior, run.Balance{Prior: 1, Posterior: 0.1}, 0.5, run.EachImage
	},
	"a prior of what is given": func(c *run.Config) {
		c.Given, c.Prior, c.Decoder, c.Sigma = 8, run.LearnedPrior, run.Gaussian, run.OptimalSigma
	},
	"linear network": func(c *run.Config) { c.Decoder, c.Hidden = run.Gaussian, 0 },
}

// A run that was interrupted goes on at the step of its schedule, to the last bit; and both backends agree.
func TestSchedulesGoOnAndAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for name, change := range scheduled {
		ends := map[string][]run.Epoch{}
		testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
			j := job(t)
			change(&j.Config)
			whole := j
			whole.Root = t.TempDir()
			want := train(t, b, whole)
			untilEpoch(t, b, j, 3)
			identical(t, train(t, b, j).State, want.State)
			ends[b.Name] = want.State.History
		})
		if len(ends) == 2 {
			var both [][]run.Epoch
			for _, history := range ends {
				both = append(both, history)
			}
			t.Run(name, func(t *testing.T) { alike(t, both[0], both[1], 5e-3) })
		}
	}
}

// What reaches the loss in each step is the schedule's weight: a loss that is the weight itself has the schedule's mean
// over an epoch's steps, and the final weight on the test images.
func TestTheScheduleReachesTheLoss(t *testing.T) {
	theWeight := func(p model.Pass) *Node { return Add(MulScalar(model.KL(p), 0), p.Weight) }
	theTarget := func(p model.Pass) *Node { return Add(MulScalar(model.KL(p), 0), p.Target) }
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		j := job(t) // 3 epochs of 5 steps
		j.Config.KLWeight, j.Config.Schedule, j.Loss = 10, run.Linear(2), theWeight
		for i, want := range []float64{(0. + 1 + 2 + 3 + 4) / 5, (5. + 6 + 7 + 8 + 9) / 5, 10} {
			e := train(t, b, j).State.History[i]
			if math.Abs(e.Train.Loss-want) > 1e-5 || e.Test.Loss != 10 {
				t.Errorf("epoch %d trains with a mean weight of %v, want %v, and is judged with %v, want 10", i+1, e.Train.Loss, want, e.Test.Loss)
			}
		}
		j.Config.Schedule, j.Config.Rate, j.Loss = run.Schedule{}, run.TargetRate{Nats: 15, Epochs: 3, Pull: 1}, theTarget
		for i, want := range []float64{2, 7, 12} {
			if e := train(t, b, j).State.History[i]; math.Abs(e.Train.Loss-want) > 1e-5 {
				t.Errorf("epoch %d aims at %v, want %v", i+1, e.Train.Loss, want)
			}
		}
	})
}

// The learning rate of a decay is that of the step: plain descent in its sign is what Adam makes of a constant gradient,
// so a weight moves by the sum of the learning rates.
func TestTheDecayReachesTheStep(t *testing.T) {
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		j := job(t)
		j.Config.LearningRate, j.Config.Decay = 0.01, run.LinearDecay
		j.Loss = func(p model.Pass) *Node { // its gradient in the biases of μ is 1, whatever they are
			bias := Sub(p.Mean, StopGradient(p.Mean))
			return ReduceSum(bias, -1)
		}
		r := train(t, b, j)
		start := initial(j.Config, pixels(j.Data))
		var want float64
		for step := range 3 * stepsOfJob {
			want += 0.01 * (1 - float64(step)/(3*stepsOfJob))
		}
		i := slices.IndexFunc(start, func(a run.Array) bool { return a.Name == "encoder/mean/biases" })
		for k, was := range start[i].Data {
			if moved := float64(was - r.State.Arrays[i].Data[k]); math.Abs(moved-want) > 1e-4*want {
				t.Errorf("a weight moves by %v, want %v", moved, want)
			}
		}
	})
}

// Whatever is trained, the loss that is told is reconstruction + the final weight × the true KL.
func TestScheduledLossesAreComparable(t *testing.T) {
	b := testbackend.Go(t)
	for name, change := range scheduled {
		j := job(t)
		j.Config.KLWeight = 3
		change(&j.Config)
		for _, e := range train(t, b, j).State.History {
			for _, terms := range []run.Terms{e.Train, e.Test} {
				if want := terms.Reconstruction + 3*terms.KL; math.Abs(terms.Loss-want) > 1e-4*(1+math.Abs(want)) || terms.KL <= 0 {
					t.Errorf("%s: %+v", name, terms)
				}
			}
		}
	}
}

// long is a job that has time to arrive somewhere.
func long(t *testing.T, change func(c *run.Config)) Job {
	t.Helper()
	j := Job{Config: tiny.Config(), Data: tiny.Data(64, 16), Root: t.TempDir()}
	j.Config.Epochs, j.Config.LearningRate = 80, 0.01
	change(&j.Config)
	return j
}

// At a weight at which the codes collapse, free bits keep about λ nats in a dimension; and a target is met.
func TestFreeBitsAndTargetsHoldTheRate(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	b := testbackend.Go(t)
	rate := func(change func(c *run.Config)) float64 {
		return train(t, b, long(t, func(c *run.Config) {
			c.Latent, c.Batch, c.Epochs, c.Decay = 1, 64, 300, run.CosineDecay // a batch's mean is that of all images
			change(c)
		})).Last().Train.KL
	}
	collapsed := rate(func(c *run.Config) { c.KLWeight = 10 })
	free := rate(func(c *run.Config) { c.KLWeight, c.FreeBits = 10, 0.75 })
	freeImages := rate(func(c *run.Config) { c.KLWeight, c.FreeBits, c.FreeOver = 10, 0.75, run.EachImage })
	freeBatch := rate(func(c *run.Config) { c.KLWeight, c.FreeBits, c.FreeOver = 10, 0.75, run.BatchMean })
	aimed := rate(func(c *run.Config) { c.Rate = run.TargetRate{Nats: 1.2, Epochs: 100, Pull: 50} })
	for name, nats := range map[string]float64{"an image": freeImages, "a batch": freeBatch} {
		if math.Abs(nats-0.75) > 0.15 {
			t.Errorf("0.75 nats free for %s end at %v", name, nats)
		}
	}
	if collapsed > 0.1 || math.Abs(free-0.75) > 0.15 || math.Abs(aimed-1.2) > 0.1 {
		t.Errorf("weight 10 ends at %v nats, with 0.75 free ones at %v, and a target of 1.2 at %v", collapsed, free, aimed)
	}
}

// A learned σ and the optimal one both come to the root of the mean squared error on the training images.
func TestSigmaComesToTheError(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	b := testbackend.Go(t)
	for _, rule := range []run.SigmaRule{run.LearnedSigma, run.OptimalSigma} {
		j := long(t, func(c *run.Config) {
			c.Model, c.Decoder, c.PixelSigma, c.Sigma, c.Decay = run.AE, run.Gaussian, 0.5, rule, run.CosineDecay
			c.Epochs, c.Batch = 300, 16
		})
		r := train(t, b, j)
		network := reference.New(r.State.Arrays)
		var squares float64
		for i := range j.Data.Train.Len() {
			x := make([]float64, 64)
			for k, grey := range j.Data.Train.Image(i) {
				x[k] = float64(grey) / 255
			}
			code, _ := network.Encode(x)
			for k, grey := range network.Paint(code) {
				squares += (x[k] - grey) * (x[k] - grey)
			}
		}
		want := math.Sqrt(squares / float64(64*j.Data.Train.Len()))
		got := math.Exp(float64(network[run.LogSigma].Data[0]))
		if math.Abs(got/want-1) > 0.02 || want > 0.4 {
			t.Errorf("the %s σ is %v, the root of the mean squared error %v", rule, got, want)
		}
	}
}

// A gradient whose square leaves float32 would freeze its weights in silence: Adam divides by an infinite second moment.
func TestAnInfiniteSecondMoment(t *testing.T) {
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		j := job(t)
		j.Loss = func(p model.Pass) *Node { return MulScalar(model.KL(p), 1e24) }
		_, err := Train(t.Context(), b, j)
		if err == nil || !strings.Contains(err.Error(), "adam/second/encoder/") || !strings.Contains(err.Error(), "in epoch 1") {
			t.Errorf("the error is %v", err)
		}
		if _, found, err := Find(b, j); found || err != nil {
			t.Errorf("the frozen run is kept: %v, %v", found, err)
		}
	})
}
