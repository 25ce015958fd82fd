package training

import (
	"math"
	"slices"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"

	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
)

// Adam's constants, as in Kingma & Ba 2015 and in every framework's default.
const (
	adamBeta1   = 0.9
	adamBeta2   = 0.999
	adamEpsilon = 1e-8
)

// newStepper compiles nothing yet: it gives the executor whose one call makes up to capacity training steps
// inside the backend, as a loop, so that nothing crosses between Go and the device from step to step.
//
// Inputs: images [capacity, batch, pixels] uint8, noise [capacity, batch, latent] float32, the learning rate, the KL
// weight and the target rate of each step, [capacity] float32 each, the number of steps to make (≤ capacity) int32,
// and the state: weights, Adam's first moments, its second moments, its step count.
// Outputs: terms [capacity, 3] float32 (loss, reconstruction, KL of each step, nats an image), and the new state.
func newStepper(backend compute.Backend, c run.Config, pixels int, loss model.Loss) (*Exec, error) {
	// step trains on batch i of the chunk; it gives the new state and the step's terms.
	step := func(chunk []*Node, i *Node, state []*Node) ([]*Node, *Node) {
		images, noise, rate, weight, target := pick(chunk[0], i), pick(chunk[1], i), pick(chunk[2], i), pick(chunk[3], i), pick(chunk[4], i)
		var pass model.Pass
		state, terms := adamStep(Reshape(rate), state, len(run.Weights(c, pixels)), loss, func(weights []*Node) model.Pass {
			pass = model.New(c, pixels, weights).Forward(model.Grey(images), noise)
			pass.Weight, pass.Target = Reshape(weight), Reshape(target)
			if c.Sigma == run.OptimalSigma {
				pass = pass.WithOptimalSigma()
			}
			return pass
		})
		if c.Sigma == run.OptimalSigma {
			keepSigma(state, len(run.Weights(c, pixels))-1, pass.LogSigma)
		}
		return state, terms
	}
	const inputs = 5 // of the chunk
	return NewExec(backend, func(in []*Node) []*Node {
		g := in[0].Graph()
		chunk, steps, state := in[:inputs], in[inputs], in[inputs+1:]
		capacity := chunk[0].Shape().Dim(0)
		if capacity == 1 {
			state, now := step(chunk, Const(g, int32(0)), state)
			return append([]*Node{InsertAxes(now, 0)}, state...)
		}
		terms := Const(g, tensors.FromShape(shapes.Make(dtypes.Float32, capacity, 3)))
		start := slices.Concat([]*Node{Const(g, int32(0)), steps}, chunk, []*Node{terms}, state)
		// A scalar made in one function of a graph can't be used in another, and GoMLX shares those that
		// MulScalar and its like make: so all arithmetic stays in the body, and the condition has none.
		condition := NewClosure(g, func(g *Graph) []*Node {
			s := parameters(g, start)
			return []*Node{LessThan(s[0], s[1])}
		})
		body := NewClosure(g, func(g *Graph) []*Node {
			s := parameters(g, start)
			i, steps, chunk, terms, state := s[0], s[1], s[2:2+inputs], s[2+inputs], s[3+inputs:]
			state, now := step(chunk, i, state)
			return slices.Concat([]*Node{Add(i, Const(g, int32(1))), steps}, chunk, []*Node{put(terms, i, now)}, state)
		})
		return While(condition, body, start...)[2+inputs:]
	})
}

// keepSigma replaces log σ among the weights of a state by the running mean of the batches' σ²: of all of them at
// first, of about the last hundred later.
func keepSigma(state []*Node, at int, batch *Node) {
	steps := state[len(state)-1]
	share := MaxScalar(Inverse(steps), 0.01)
	was, now := Exp(MulScalar(state[at], 2)), Exp(MulScalar(batch, 2))
	state[at] = MulScalar(Log(Add(was, Mul(share, Sub(now, was)))), 0.5)
}

// adamStep makes one step and gives the new state and [loss, reconstruction, KL] averaged over the batch.
func adamStep(learningRate *Node, state []*Node, arrays int, loss model.Loss, forward func([]*Node) model.Pass) ([]*Node, *Node) {
	weights, m, v, t := state[:arrays], state[arrays:2*arrays], state[2*arrays:3*arrays], state[3*arrays]
	at := make([]*Node, arrays)
	for k := range at {
		at[k] = Identity(weights[k]) // gradients are taken at nodes of this function, not at its parameters
	}
	pass := forward(at)
	total := meanLoss(pass, loss)
	gradients := Gradient(total, at...)

	t = AddScalar(t, 1)
	// The two bias corrections, folded into one step size: lr·√(1−β₂ᵗ)/(1−β₁ᵗ), and ε scaled alike.
	one := ScalarOne(t.Graph(), t.DType())
	root := Sqrt(Sub(one, Exp(MulScalar(t, math.Log(adamBeta2)))))
	rate := Mul(Div(root, Sub(one, Exp(MulScalar(t, math.Log(adamBeta1))))), learningRate)
	epsilon := MulScalar(root, adamEpsilon)
	next := make([]*Node, 0, len(state))
	var nextM, nextV []*Node
	for k, g := range gradients {
		mk := Add(MulScalar(m[k], adamBeta1), MulScalar(g, 1-adamBeta1))
		vk := Add(MulScalar(v[k], adamBeta2), MulScalar(Square(g), 1-adamBeta2))
		next = append(next, Sub(weights[k], Mul(rate, Div(mk, Add(Sqrt(vk), epsilon)))))
		nextM, nextV = append(nextM, mk), append(nextV, vk)
	}
	next = append(append(append(next, nextM...), nextV...), t)
	return next, Stack([]*Node{total, ReduceAllMean(model.Reconstruction(pass)), ReduceAllMean(model.KL(pass))}, 0)
}

// meanLoss averages the learner's loss over the batch.
func meanLoss(p model.Pass, loss model.Loss) *Node {
	each := loss(p)
	each.AssertDims(p.Images.Shape().Dim(0))
	return ReduceAllMean(each)
}

// pick takes element i of the first axis; where there is but one, it is that one, and nothing is copied.
func pick(x, i *Node) *Node {
	if x.Shape().Dim(0) == 1 {
		return Reshape(x, x.Shape().Dimensions[1:]...)
	}
	return Gather(x, Reshape(i, 1))
}

// put replaces row i of the terms.
func put(terms, i, row *Node) *Node {
	here := Equal(Iota(terms.Graph(), shapes.Make(dtypes.Int32, terms.Shape().Dim(0), 1), 0), i)
	return Where(BroadcastToShape(here, shapes.Make(dtypes.Bool, terms.Shape().Dimensions...)),
		BroadcastToShape(InsertAxes(row, 0), terms.Shape()), terms)
}

// parameters declares one parameter for each part of a loop's state.
func parameters(g *Graph, state []*Node) []*Node {
	list := make([]*Node, len(state))
	for i, s := range state {
		list[i] = Parameter(g, "", s.Shape())
	}
	return list
}
