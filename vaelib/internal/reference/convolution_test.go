package reference

import (
	"testing"

	"vaelab/vaelib/run"
)

// With weights and inputs of 1 and biases of 0, what a place in the middle has is how many inputs reach it: the fan-in by which
// weights are drawn.
func TestFanInOfConvolutions(t *testing.T) {
	c := run.Default()
	c.Layers = run.Convolutional
	const side = 12
	network, fanIn := Weights{}, map[string]int{}
	for _, w := range run.Weights(c, 28*28) {
		a := run.Array{Name: w.Name, Dims: w.Dims, Data: make([]float32, w.Size())}
		if len(w.Dims) == 4 {
			for i := range a.Data {
				a.Data[i] = 1
			}
			fanIn[w.Name] = w.FanIn
		}
		network[w.Name] = a
	}
	ones := func(channels int) []float64 {
		maps := make([]float64, channels*side*side)
		for i := range maps {
			maps[i] = 1
		}
		return maps
	}
	middle := func(maps []float64, side int) float64 { return maps[side/2*side+side/2] }
	for layer, got := range map[string]float64{
		"encoder/convolution_1": middle(network.narrow(ones(1), "encoder/convolution_1"), side/2),
		"encoder/convolution_2": middle(network.narrow(ones(8), "encoder/convolution_2"), side/2),
		"decoder/convolution_1": middle(network.widen(ones(16), "decoder/convolution_1"), 2*side),
		"decoder/convolution_2": middle(network.widen(ones(8), "decoder/convolution_2"), 2*side),
	} {
		if want := fanIn[layer+"/weights"]; got != float64(want) {
			t.Errorf("%v inputs reach a place of %s, its fan-in is %d", got, layer, want)
		}
	}
}
