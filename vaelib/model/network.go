package model

import (
	"fmt"

	"github.com/gomlx/compute/dtypes"
	. "github.com/gomlx/gomlx/core/graph"

	"vaelab/vaelib/run"
)

// Network is an encoder and a decoder with one hidden layer each, or none, and with or without convolutions, as functions that
// build graphs. Make one with [New]: the zero Network has no weights, and panics when it is asked.
type Network struct {
	config run.Config
	weight map[string]*Node
}

// New gives the network whose arrays, in the order of run.Weights, are the given nodes.
func New(c run.Config, pixels int, nodes []*Node) Network {
	list := run.Weights(c, pixels)
	if len(nodes) != len(list) {
		panic(fmt.Errorf("the network has %d arrays, but %d were given", len(list), len(nodes)))
	}
	n := Network{config: c, weight: make(map[string]*Node, len(list))}
	for i, w := range list {
		nodes[i].AssertDims(w.Dims...)
		n.weight[w.Name] = nodes[i]
	}
	return n
}

// Encode gives the posterior's mean μ and log-variance log σ², both [batch, latent], of images [batch, pixels].
// An AE has no spread: its log-variance is nil.
func (n Network) Encode(images *Node) (mean, logVar *Node) {
	hidden := n.hidden(n.seen(images), "encoder/hidden")
	mean = n.dense(hidden, "encoder/mean")
	if n.config.Model == run.VAE {
		logVar = n.dense(hidden, "encoder/log_variance")
	}
	return mean, logVar
}

// Decode gives the logits [batch, told] of codes [batch, latent] and of what is given with them, [batch, given], or nil where nothing
// is; Means turns them into grey values.
func (n Network) Decode(code, given *Node) *Node {
	if given != nil {
		code = Concatenate([]*Node{code, given}, -1)
	}
	return n.pixels(n.hidden(code, "decoder/hidden"))
}

// hidden is a hidden layer, or nothing in a linear network.
func (n Network) hidden(x *Node, layer string) *Node {
	if n.config.Linear() {
		return x
	}
	return relu(n.dense(x, layer))
}

// Grey turns an image's bytes, 0 black … 255 white, into grey values in [0, 1], as Encode takes them.
func Grey(bytes *Node) *Node { return MulScalar(ConvertDType(bytes, dtypes.Float32), 1.0/255) }

// Paint turns logits into the decoder's mean picture, grey values in [0, 1].
func Paint(logits *Node) *Node { return Sigmoid(logits) }

// Means is the decoder's mean picture of the network that c asks for: Paint's, but for a linear network, whose output
// is the mean itself and may leave [0, 1].
func Means(c run.Config, logits *Node) *Node {
	if c.Linear() {
		return logits
	}
	return Paint(logits)
}

// Sample draws codes z = μ + σ·ε, the reparameterisation trick: the noise ε ~ N(0, I), [batch, latent], comes
// from outside, so gradients reach μ and log σ² as if z were computed from them (Kingma & Welling 2014, §2.4).
// Without a log-variance (an AE) the code is the mean itself.
func Sample(mean, logVar, noise *Node) *Node {
	if logVar == nil {
		return mean
	}
	return Add(mean, Mul(Exp(MulScalar(logVar, 0.5)), noise))
}

func (n Network) dense(x *Node, layer string) *Node {
	return Add(MatMul(x, n.weight[layer+"/weights"]), InsertAxes(n.weight[layer+"/biases"], 0))
}

func relu(x *Node) *Node { return Max(x, ZerosLike(x)) }
