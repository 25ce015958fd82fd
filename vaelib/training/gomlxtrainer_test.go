package training

import (
	"iter"
	"path"
	"slices"
	"testing"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/distributed"
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/dataset"
	gomlxmodel "github.com/gomlx/gomlx/ml/model"
	gomlxtrain "github.com/gomlx/gomlx/ml/train"
	"github.com/gomlx/gomlx/ml/train/optimizer"

	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
)

// GoMLX's own trainer, with its own Adam and its own distributed data set, makes the same steps as ours: on one device, and
// on two that take half of each batch. Only the network and its loss are the same code.
func TestGoMLXTrainerAgrees(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	one, two := testbackend.XLA(t), testbackend.TwoDevices(t)
	j := job(t)
	j.Config.LearningRate = 0.01
	ours := steps(t, one, j, nil)

	var losses []float64
	trainer, state := gomlxTrainer(t, one.Compute, j)
	for batch := range (batches{t, j, 1}).Iter() {
		metrics, err := trainer.TrainStep(batch)
		if err != nil {
			t.Fatal(err)
		}
		losses = append(losses, float64(metrics[0].Value().(float32)))
	}
	single := made{terms: onlyLosses(losses), states: [][][]float32{state()}}

	s, err := newSplit(2)
	if err != nil {
		t.Fatal(err)
	}
	shared, err := distributed.BuildSpec(s.mesh).S(s.mesh.AxesNames()[0]).Done()
	if err != nil {
		t.Fatal(err)
	}
	halves, err := dataset.NewDistributedAccumulator(two.Compute, batches{t, j, 2}, distributed.AutoSharding, []*distributed.ShardingSpec{shared}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	losses = nil
	trainer, state = gomlxTrainer(t, two.Compute, j)
	for batch, err := range halves.DistributedIter() {
		if err != nil {
			t.Fatal(err)
		}
		metrics, err := trainer.DistributedTrainStep(halves.Strategy(), halves.DeviceAssignment(), batch)
		if err != nil {
			t.Fatal(err)
		}
		losses = append(losses, float64(metrics[0].Value().(float32)))
	}
	double := made{terms: onlyLosses(losses), states: [][][]float32{state()}}

	ours = made{terms: onlyLosses(lossesOf(ours.terms)), states: [][][]float32{ours.states[0][:len(single.states[0])]}}
	for name, c := range map[string]struct {
		got, want made
		tolerance float64
	}{
		"GoMLX's trainer on two devices and on one": {double, single, splitTolerance},
		// GoMLX's Adam takes 0.999, rounded to float32, from 1: its second moments are smaller by 1.3e-5 of themselves.
		"GoMLX's trainer on one device and ours": {single, ours, 6e-5},
	} {
		if len(c.got.terms) != 3*stepsOfJob || len(c.want.terms) != 3*stepsOfJob {
			t.Fatalf("%s: %d and %d steps", name, len(c.got.terms), len(c.want.terms))
		}
		terms, state := apart(c.got, c.want)
		t.Logf("%s: losses differ by %.1e, weights and moments by %.1e", name, terms, state)
		if !(terms <= c.tolerance) || !(state <= c.tolerance) {
			t.Errorf("%s are apart by %.1e in the losses and %.1e in the weights and moments", name, terms, state)
		}
	}
}

// gomlxTrainer starts from the job's initial weights; the function it gives reads them and Adam's moments later.
func gomlxTrainer(t *testing.T, b compute.Backend, j Job) (*gomlxtrain.Trainer, func() [][]float32) {
	t.Helper()
	store := gomlxmodel.NewStore()
	list := run.Weights(j.Config, pixels(j.Data))
	variables := make([]*gomlxmodel.Variable, len(list))
	for i, w := range list {
		a := initial(j.Config, pixels(j.Data))[i]
		v, err := store.CreateVariable(path.Join("/", w.Name), tensors.FromFlatDataAndDimensions(a.Data, a.Dims...))
		if err != nil {
			t.Fatal(err)
		}
		variables[i] = v
	}
	network := func(_ *gomlxmodel.Scope, _ any, in []*Node) []*Node {
		nodes := make([]*Node, len(variables))
		for i, v := range variables {
			nodes[i] = v.NodeValue(in[0].Graph())
		}
		return []*Node{model.Objective(model.New(j.Config, pixels(j.Data), nodes).Forward(model.Grey(in[0]), in[1]))}
	}
	mean := func(_, each []*Node) *Node { return ReduceAllMean(each[0]) }
	adam := optimizer.Adam().LearningRate(j.Config.LearningRate).Betas(adamBeta1, adamBeta2).Epsilon(adamEpsilon).Done()
	return gomlxtrain.NewTrainer(b, store, network, mean, adam, nil, nil), func() (state [][]float32) {
		moments := path.Join("/", optimizer.AdamDefaultScope)
		for _, where := range [][2]string{{"/", ""}, {moments, "_1st_moment"}, {moments, "_2nd_moment"}} {
			for _, w := range list {
				x, err := store.GetVariable(path.Join(where[0], w.Name) + where[1]).Value()
				if err != nil {
					t.Fatal(err)
				}
				data, err := tensors.CopyFlatData[float32](x)
				if err != nil {
					t.Fatal(err)
				}
				state = append(state, data)
			}
		}
		return state
	}
}

// batches are the images and the noise of three epochs as a GoMLX data set, each batch in so many parts.
type batches struct {
	t     *testing.T
	job   Job
	parts int
}

func (batches) Name() string { return "batches" }

func (b batches) Iter() iter.Seq2[gomlxtrain.Batch, error] {
	return func(yield func(gomlxtrain.Batch, error) bool) {
		c := b.job.Config
		size := c.Batch / b.parts
		for epoch := range 3 {
			for chunk := range feed(b.t.Context(), c, b.job.Data.Train, epoch+1, 1) {
				images, noise := chunk.images.Value().([][][]uint8)[0], chunk.noise.Value().([][][]float32)[0]
				for first := 0; first < c.Batch; first += size {
					if !yield(gomlxtrain.Batch{Inputs: []*tensors.Tensor{
						tensors.FromFlatDataAndDimensions(slices.Concat(images[first:first+size]...), size, pixels(b.job.Data)),
						tensors.FromFlatDataAndDimensions(slices.Concat(noise[first:first+size]...), size, c.Latent),
					}}, nil) {
						return
					}
				}
			}
		}
	}
}

// onlyLosses are terms of which nothing but the loss is known.
func onlyLosses(list []float64) (terms []run.Terms) {
	for _, x := range list {
		terms = append(terms, run.Terms{Loss: x})
	}
	return terms
}

func lossesOf(terms []run.Terms) (list []float64) {
	for _, x := range terms {
		list = append(list, x.Loss)
	}
	return list
}
