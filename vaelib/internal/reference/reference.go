// Package reference is the course's network a second time, in loops over float64, for tests to compare with.
package reference

import (
	"math"

	"vaelab/vaelib/run"
)

// Weights holds the arrays by their names.
type Weights map[string]run.Array

// New gives the network with these arrays.
func New(arrays []run.Array) Weights {
	n := Weights{}
	for _, a := range arrays {
		n[a.Name] = a
	}
	return n
}

// Encode gives μ and log σ² of one image; log σ² is nil where the network has no head for it.
func (n Weights) Encode(image []float64) (mean, logVar []float64) {
	hidden := relu(n.dense(n.convolved(image), "encoder/hidden"))
	mean = n.dense(hidden, "encoder/mean")
	if _, ok := n["encoder/log_variance/weights"]; ok {
		logVar = n.dense(hidden, "encoder/log_variance")
	}
	return mean, logVar
}

// Decode gives the logits of one code.
func (n Weights) Decode(code []float64) []float64 {
	return n.pixels(relu(n.dense(code, "decoder/hidden")))
}

// Paint gives the grey values of one code, from 0 to 1.
func (n Weights) Paint(code []float64) []float64 {
	grey := n.Decode(code)
	for i, l := range grey {
		grey[i] = 1 / (1 + math.Exp(-l))
	}
	return grey
}

func (n Weights) dense(in []float64, layer string) []float64 {
	weights, biases := n[layer+"/weights"].Data, n[layer+"/biases"].Data
	out := make([]float64, len(biases))
	for j := range out {
		out[j] = float64(biases[j])
		for i, x := range in {
			out[j] += x * float64(weights[i*len(out)+j])
		}
	}
	return out
}

func relu(x []float64) []float64 {
	for i := range x {
		x[i] = max(0, x[i])
	}
	return x
}

// Prior gives a learned prior's μ and log σ² where something is given, or, with nothing, its plain numbers.
func (n Weights) Prior(given []float64) (mean, logVar []float64) {
	var hidden []float64
	if len(given) > 0 {
		hidden = relu(n.dense(given, "prior/hidden"))
	}
	return n.dense(hidden, "prior/mean"), n.dense(hidden, "prior/log_variance")
}
