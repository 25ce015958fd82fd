package training

import (
	"math"
	"math/rand/v2"

	"vaelab/vaelib/run"
)

// The random streams of a run: one seed, and one stream for each purpose, so that an epoch's noise doesn't depend
// on how many numbers something else has drawn. All are drawn in Go: every backend sees the same ones.
const (
	streamWeights = iota
	streamTest
	streamEpochs // and upward: two for each epoch
)

func stream(seed uint64, purpose int) *rand.Rand {
	return rand.New(rand.NewPCG(seed, uint64(purpose)))
}

// initial gives a new run's state: weights and biases uniform in ±1/√fan-in, log σ of a decoder that has
// one from the settings, a prior that nothing feeds N(0, I), moments and step count 0.
//
// The scale matters: after three epochs on Fashion-MNIST (784-400-20, seeds 1 and 2) the test loss is 250.5 to 250.8
// this way, 250.5 to 251.0 with biases of 0, 251.1 to 251.6 with Glorot's weights, and 252.4 to 253.6 with He's, whose
// variance of 2/fan-in is six times this one.
func initial(c run.Config, pixels int) []run.Array {
	rng := stream(c.Seed, streamWeights)
	names := stateNames(c, pixels)
	var state []run.Array
	for kind := range 3 { // weights, first moments, second moments
		for _, w := range run.Weights(c, pixels) {
			a := run.Array{Name: names[len(state)], Dims: w.Dims, Data: make([]float32, w.Size())}
			switch {
			case kind > 0:
			case w.FanIn == 0:
			case w.Name == run.LogSigma:
				a.Data[0] = float32(math.Log(c.PixelSigma))
			default:
				bound := 1 / math.Sqrt(float64(w.FanIn))
				for i := range a.Data {
					a.Data[i] = float32((2*rng.Float64() - 1) * bound)
				}
			}
			state = append(state, a)
		}
	}
	return append(state, run.Array{Name: names[len(state)], Data: make([]float32, 1)})
}

// stateNames names the arrays of a state in their order: the weights, Adam's moments of each, its step count.
func stateNames(c run.Config, pixels int) []string {
	var names []string
	for _, prefix := range []string{"", "adam/first/", "adam/second/"} {
		for _, w := range run.Weights(c, pixels) {
			names = append(names, prefix+w.Name)
		}
	}
	return append(names, "adam/steps")
}
