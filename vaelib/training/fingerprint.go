package training

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/gobackend"
	"github.com/gomlx/compute/shapes"
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"

	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Fingerprint names a learner's loss by what it computes: the operations and constants of its graph, and its
// values on a fixed made-up batch (which tell apart what a graph's text leaves out). Renaming a variable keeps the
// fingerprint; changing a factor changes it, wherever the factor comes from. A loss that can't be built gives an
// error that says why.
func Fingerprint(c run.Config, pixels int, loss model.Loss) (print string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = words.Errorf("your loss can't be built as a graph: %v", r)
		}
	}()
	const batch = 3
	b, err := gobackend.New("")
	if err != nil {
		return "", err
	}
	defer b.Finalize()
	g := NewGraph(b, "loss")
	var text string
	rng := stream(0, streamWeights)
	var args []any
	node := func(name string, columns int, uniform bool) *Node {
		x := normals(rng, batch*columns)
		if uniform {
			for i := range x {
				x[i] = rng.Float32()
			}
		}
		args = append(args, tensors.FromFlatDataAndDimensions(x, batch, columns))
		return Parameter(g, name, shapes.Make(dtypes.Float32, batch, columns))
	}
	scalar := func(name string, x float64) *Node {
		args = append(args, float32(x))
		return Parameter(g, name, shapes.Make(dtypes.Float32))
	}
	pass := model.Pass{Config: c, Images: node("images", pixels, true), Mean: node("mean", c.Latent, false)}
	if c.Model == run.VAE {
		pass.LogVar = node("log_variance", c.Latent, false)
	}
	pass.Code, pass.Logits = node("code", c.Latent, false), node("logits", pixels, false)
	pass.Weight, pass.Target = scalar("weight", c.KLWeight), scalar("target", c.Rate.Nats)
	if c.Sigma != run.FixedSigma {
		pass.LogSigma = scalar("log_sigma", math.Log(c.PixelSigma))
	}
	each := loss(pass)
	if wanted := shapes.Make(dtypes.Float32, batch); each == nil || !each.Shape().Equal(wanted) {
		return "", misshapen(each, batch, wanted)
	}
	text = g.String()
	if err := g.Compile(each); err != nil {
		return "", words.Errorf("your loss can't be compiled: %w", err)
	}
	values, err := tensors.CopyFlatData[float32](g.Run(args...)[0])
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(fmt.Append(nil, text, values))
	return hex.EncodeToString(sum[:8]), nil
}

// misshapen says what shape a loss gives, and what may help, for mistakes that it tells of.
func misshapen(n *Node, batch int, wanted shapes.Shape) error {
	if n == nil {
		return words.Errorf("your loss gives nothing for a batch of %d images: it must give the shape %s, a number of nats for each image", batch, wanted)
	}
	switch is := n.Shape().String(); n.Rank() {
	case 0:
		return words.Errorf("your loss gives the shape %s for a batch of %d images: it must give the shape %s, a number of nats for each image; "+
			"did you average over the batch?", is, batch, wanted)
	case 1:
		return words.Errorf("your loss gives the shape %s for a batch of %d images: it must give the shape %s, a number of nats for each image",
			is, batch, wanted)
	default:
		return words.Errorf("your loss gives the shape %s for a batch of %d images: it must give the shape %s, a number of nats for each image; "+
			"graph.ReduceSum(x, -1) adds up along the last axis", is, batch, wanted)
	}
}
