package onnx

import (
	"math"

	"vaelab/vaelib/run"
)

// network writes a run's layers as nodes, as package model does it as GoMLX graphs.
type network struct {
	run.Config
	pixels int
	weight map[string]run.Array
}

// encoder maps images to the posterior.
func (n network) encoder() *graph {
	g := &graph{name: "encoder", doc: "A picture's code: the posterior q(z|x), a Gaussian with a mean and a log-variance for each dimension of z."}
	if n.Model == run.AE {
		g.doc = "A picture's code: one point z for each picture. An autoencoder has no spread."
	}
	g.inputs = []value{images(n.pixels)}
	hidden := n.hidden(g, n.seen(g, "images"), "encoder/hidden")
	n.head(g, hidden, "encoder/mean", "mean", "Mean of the code, one number a dimension, in the network's own units.")
	if n.Model == run.VAE {
		n.head(g, hidden, "encoder/log_variance", "log_variance", "log σ² of the code, natural logarithm, one number a dimension: σ = exp(log_variance / 2).")
	}
	return g
}

// decoder maps codes, and what is given with them, to whole pictures.
func (n network) decoder() *graph {
	g := &graph{name: "decoder", doc: "The mean picture of a code. " + n.meaning()}
	g.inputs = []value{{name: "codes", columns: n.Latent, doc: "Codes, in the network's own units: " + n.codes()}}
	code := "codes"
	if n.Given > 0 {
		g.inputs = append(g.inputs, n.given())
		code = g.then("Concat", "code_and_given", []string{"codes", "given"}, attribute{name: "axis", is: []int{1}})
	}
	told := n.told(g, n.hidden(g, code, "decoder/hidden"))
	if !n.Linear() {
		told = g.then("Sigmoid", "grey", []string{told})
	}
	if n.Given > 0 {
		g.then("Concat", "picture", []string{"given", told}, attribute{name: "axis", is: []int{1}})
	}
	g.last("pixels")
	doc := "Grey values from 0, black, to 1, white, row by row from the top left: probabilities or means, not logits."
	if n.Linear() {
		doc = "Grey values, row by row from the top left: 0 is black, 1 white. A linear network's mean may leave that range."
	}
	if n.Given > 0 {
		doc += " The first are those that were given."
	}
	g.outputs = []value{{name: "pixels", columns: n.pixels, doc: doc}}
	return g
}

// prior is that of the codes, learned: numbers, or a network of what is given.
func (n network) prior() *graph {
	g := &graph{name: "prior", doc: "The learned prior p(z) of the codes, in the place of N(0, I): a Gaussian with a mean and a log-variance for each dimension."}
	const mean, logVariance = "Mean of the prior, one number a dimension.", "log σ² of the prior, natural logarithm, one number a dimension."
	if n.Given == 0 {
		for _, o := range []value{{name: "mean", doc: mean}, {name: "log_variance", doc: logVariance}} {
			biases := n.weight["prior/"+o.name+"/biases"]
			g.then("Identity", "prior/"+o.name, []string{g.constant(tensor{name: "prior/" + o.name + "/biases", dims: []int{1, n.Latent}, floats: biases.Data})})
			g.last(o.name)
			g.outputs = append(g.outputs, value{name: o.name, doc: o.doc, columns: n.Latent, fixed: true})
		}
		return g
	}
	g.inputs = []value{n.given()}
	hidden := n.hidden(g, "given", "prior/hidden")
	n.head(g, hidden, "prior/mean", "mean", mean)
	n.head(g, hidden, "prior/log_variance", "log_variance", logVariance)
	return g
}

func images(pixels int) value {
	return value{name: "images", columns: pixels, doc: "Grey values from 0, black, to 1, white, of whole pictures, row by row from the top left. A byte's is its value / 255."}
}

func (n network) given() value {
	return value{name: "given", columns: n.Given, doc: "The picture's first grey values, from 0 to 1, that are given: the condition."}
}

// meaning says what the pixels are.
func (n network) meaning() string {
	switch n.Decoder {
	case run.Gaussian:
		return "A pixel is the mean of a normal distribution; its σ is in the metadata."
	case run.Laplace:
		return "A pixel is the median of a Laplace distribution; its scale b is in the metadata."
	}
	return "A pixel is the probability of white."
}

// codes says where they come from.
func (n network) codes() string {
	switch {
	case n.Model == run.AE:
		return "the encoder's. An autoencoder has no prior to draw others from."
	case n.Prior == run.LearnedPrior:
		return "the encoder's mean, a draw from its Gaussian, or one from the prior that was learned (prior.onnx)."
	}
	return "the encoder's mean, a draw from its Gaussian, or one from the prior N(0, I)."
}

// head is a dense layer whose result is told outside.
func (n network) head(g *graph, x, layer, name, doc string) {
	n.dense(g, x, layer)
	g.last(name)
	g.outputs = append(g.outputs, value{name: name, columns: n.Latent, doc: doc})
}

// hidden is a hidden layer, or nothing in a linear network.
func (n network) hidden(g *graph, x, layer string) string {
	if n.Linear() {
		return x
	}
	return g.then("Relu", layer+"/relu", []string{n.dense(g, x, layer)})
}

// dense is x·weights + biases. The arrays are as they are in the state.
func (n network) dense(g *graph, x, layer string) string {
	return g.then("Gemm", layer, []string{x, n.as(g, layer+"/weights", "[in, out]"), n.as(g, layer+"/biases", "[out]")})
}

// as is an array as it is.
func (n network) as(g *graph, name, axes string) string {
	a := n.weight[name]
	return g.constant(tensor{name: name, doc: axes, dims: a.Dims, floats: a.Data})
}

// seen is what the encoder's hidden layer sees of images: they themselves, or the maps of two convolutions.
func (n network) seen(g *graph, x string) string {
	if n.Layers != run.Convolutional {
		return x
	}
	edge := side(n.pixels)
	x = g.then("Reshape", "squares", []string{x, g.shape("squares/shape", 0, 1, edge, edge)})
	x = g.then("Relu", "encoder/convolution_1/relu", []string{n.convolution(g, "Conv", x, "encoder/convolution_1")})
	x = g.then("Relu", "encoder/convolution_2/relu", []string{n.convolution(g, "Conv", x, "encoder/convolution_2")})
	places := n.weight["encoder/hidden/weights"].Dims[0]
	return g.then("Reshape", "maps", []string{x, g.shape("maps/shape", 0, places)})
}

// told maps the decoder's hidden layer to what it tells of a picture: logits, in a linear network means.
func (n network) told(g *graph, hidden string) string {
	if n.Layers != run.Convolutional {
		return n.dense(g, hidden, "decoder/pixels")
	}
	x := g.then("Relu", "decoder/maps/relu", []string{n.dense(g, hidden, "decoder/maps")})
	channels := n.weight["decoder/convolution_1/weights"].Dims[2]
	edge := side(len(n.weight["decoder/maps/biases"].Data) / channels)
	x = g.then("Reshape", "maps", []string{x, g.shape("maps/shape", 0, channels, edge, edge)})
	x = g.then("Relu", "decoder/convolution_1/relu", []string{n.convolution(g, "ConvTranspose", x, "decoder/convolution_1")})
	x = n.convolution(g, "ConvTranspose", x, "decoder/convolution_2")
	return g.then("Reshape", "rows", []string{x, g.shape("rows/shape", 0, n.pixels)})
}

// convolution is one of 4×4 places in steps of 2 with one place of zeros around, or its transpose. Channels come first, as in ONNX.
func (n network) convolution(g *graph, operator, x, layer string) string {
	a := n.weight[layer+"/weights"]
	t := tensor{name: layer + "/weights"}
	if operator == "Conv" {
		t.doc = "[out, in, down, across]; in the run's state [down, across, in, out]"
		t.dims, t.floats = transposed(a, 3, 2, 0, 1)
	} else {
		t.doc = "[in, out, down, across]; in the run's state [down, across, in, out]"
		t.dims, t.floats = transposed(a, 2, 3, 0, 1)
	}
	list := func(name string, is ...int) attribute { return attribute{name, is, true} }
	return g.then(operator, layer, []string{x, g.constant(t), n.as(g, layer+"/biases", "[out]")},
		list("kernel_shape", 4, 4), list("pads", 1, 1, 1, 1), list("strides", 2, 2))
}

// transposed puts an array's four axes into another order: the first is then the one that the first number names, counted from 0.
func transposed(a run.Array, axes ...int) (dims []int, data []float32) {
	steps, step := make([]int, len(a.Dims)), 1
	for i := len(a.Dims) - 1; i >= 0; i-- {
		steps[i] = step
		step *= a.Dims[i]
	}
	for _, axis := range axes {
		dims = append(dims, a.Dims[axis])
	}
	data = make([]float32, 0, len(a.Data))
	for i := range dims[0] {
		for j := range dims[1] {
			for k := range dims[2] {
				for l := range dims[3] {
					data = append(data, a.Data[i*steps[axes[0]]+j*steps[axes[1]]+k*steps[axes[2]]+l*steps[axes[3]]])
				}
			}
		}
	}
	return dims, data
}

// side is the width and the height of a square of so many places.
func side(places int) int { return int(math.Sqrt(float64(places))) }
