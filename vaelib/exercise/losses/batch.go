package losses

import (
	"math"
	"math/rand/v2"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/gobackend"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// batch is a small made-up batch, the same each time.
type batch struct {
	images, pixels, latent int
	weight                 float64
	seed                   uint64
}

// data is what the batch consists of, [images][columns].
type data struct{ images, mean, logVar, code, logits [][]float32 }

func (b batch) data() data {
	rng := rand.New(rand.NewPCG(b.seed, 0))
	rows := func(columns int, draw func() float64) [][]float32 {
		list := make([][]float32, b.images)
		for i := range list {
			for range columns {
				list[i] = append(list[i], float32(draw()))
			}
		}
		return list
	}
	return data{
		images: rows(b.pixels, rng.Float64),
		mean:   rows(b.latent, rng.NormFloat64),
		logVar: rows(b.latent, rng.NormFloat64),
		code:   rows(b.latent, rng.NormFloat64),
		logits: rows(b.pixels, func() float64 { return 2 * rng.NormFloat64() }),
	}
}

// want is the loss of each image in float64: the cross-entropy from the probabilities, and the KL term from package kl.
func (b batch) want() []float64 {
	d := b.data()
	losses := make([]float64, b.images)
	for i := range losses {
		for p, x := range d.images[i] {
			white := 1 / (1 + math.Exp(-float64(d.logits[i][p])))
			losses[i] -= float64(x)*math.Log(white) + (1-float64(x))*math.Log(1-white)
		}
		for j := range d.mean[i] {
			parts, err := kl.LogVarParts(float64(d.mean[i][j]), float64(d.logVar[i][j]))
			if err != nil {
				panic(err) // the batch is made of finite numbers
			}
			losses[i] += b.weight * parts.Total()
		}
	}
	return losses
}

// wanted is the shape that the loss of the batch must have, as training asks for it.
func (b batch) wanted() shapes.Shape { return shapes.Make(dtypes.Float32, b.images) }

// compute builds the loss's graph for the batch and runs it with the pure Go backend. It gives the result's shape and,
// where that is the one wanted, its numbers. What the loss panics with goes through.
func (b batch) compute(loss model.Loss) (shape shapes.Shape, values []float64, err error) {
	backend, err := gobackend.New("")
	if err != nil {
		return shape, nil, err
	}
	defer backend.Finalize()
	g := graph.NewGraph(backend, "loss")
	var args []any
	node := func(name string, rows [][]float32) *graph.Node {
		args = append(args, tensors.FromValue(rows))
		return graph.Parameter(g, name, shapes.Make(dtypes.Float32, len(rows), len(rows[0])))
	}
	d := b.data()
	p := model.Pass{Config: run.Default(), Images: node("images", d.images), Mean: node("mean", d.mean),
		LogVar: node("log_variance", d.logVar), Code: node("code", d.code), Logits: node("logits", d.logits)}
	p.Config.KLWeight, p.Config.Latent = b.weight, b.latent
	p.Weight, p.Target = graph.Const(g, float32(b.weight)), graph.Const(g, float32(0))
	each := loss(p)
	if each == nil {
		return shape, nil, words.Errorf("the loss gives nothing: return a node")
	}
	if shape = each.Shape(); !shape.Equal(b.wanted()) {
		return shape, nil, nil
	}
	if err := g.Compile(each); err != nil {
		return shape, nil, err
	}
	out, err := tensors.CopyFlatData[float32](g.Run(args...)[0])
	for _, x := range out {
		values = append(values, float64(x))
	}
	return shape, values, err
}
