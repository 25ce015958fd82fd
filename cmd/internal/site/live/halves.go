package live

import (
	"fmt"

	"vaelab/vaelib/run"
)

// Halves takes a trained run's network apart into its encoder, whose outputs are μ and then, for a VAE, log σ², and its decoder.
func Halves(r run.Run) (encoder, decoder Network, err error) {
	if r.Decoder != run.Bernoulli || r.Linear() || r.Layers != run.Dense {
		return encoder, decoder, fmt.Errorf("the run in %s has a decoder that a page can't paint with: it should be %s, with a hidden layer and without convolutions", r.Dir, run.Bernoulli)
	}
	if r.Given > 0 || r.Prior != run.StandardPrior {
		return encoder, decoder, fmt.Errorf("the run in %s is of a conditional model, or has a prior of its own: a page paints from codes of N(0, I) alone", r.Dir)
	}
	arrays := map[string]run.Array{}
	for _, a := range r.State.Arrays {
		arrays[a.Name] = a
	}
	dense := func(name string) layer {
		weights, biases := arrays[name+"/weights"], arrays[name+"/biases"]
		if err == nil && (len(weights.Dims) != 2 || len(biases.Data) != weights.Dims[1] || len(weights.Data) != weights.Dims[0]*weights.Dims[1]) {
			err = fmt.Errorf("the run in %s has no layer %s: delete the folder to train anew", r.Dir, name)
		}
		if err != nil {
			return layer{}
		}
		return layer{in: weights.Dims[0], out: weights.Dims[1], weights: weights.Data, biases: biases.Data}
	}
	code := dense("encoder/mean")
	if r.Model == run.VAE {
		code = beside(code, dense("encoder/log_variance"))
	}
	encoder = Network{[]layer{dense("encoder/hidden"), code}}
	decoder = Network{[]layer{dense("decoder/hidden"), dense("decoder/pixels")}}
	return encoder, decoder, err
}

// beside is one layer that gives the outputs of both.
func beside(a, b layer) layer {
	both := layer{in: a.in, out: a.out + b.out}
	for i := range a.in {
		both.weights = append(both.weights, a.weights[i*a.out:(i+1)*a.out]...)
		both.weights = append(both.weights, b.weights[i*b.out:(i+1)*b.out]...)
	}
	both.biases = append(append(both.biases, a.biases...), b.biases...)
	return both
}
