package losses

import (
	"embed"
	"slices"

	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"

	"vaelab/vaelib/check"
	"vaelab/vaelib/exercise"
	"vaelab/vaelib/model"
	"vaelab/vaelib/words"
)

// Exercise is the exercise, with a second check for what training came to. It is a [check.Function], and what that says of
// the zero value and of several goroutines holds here too; JudgeTrained needs none of its fields.
type Exercise struct {
	check.Function[model.Loss]
}

//go:embed losses.go
var source embed.FS

// WriteTheLoss asks for the negative ELBO with a KL weight, as a graph.
var WriteTheLoss = &Exercise{check.Function[model.Loss]{
	Exercise: exercise.Named("losses.WriteTheLoss"),
	Solve:    solveWriteTheLoss,
	Source:   source,
	Points:   points(),
	Tested:   "batches of 1 to 4 images, KL weights from 0 to 4, against loops over float64.",
	Symptoms: []check.Symptom[model.Loss]{shape},
	Mistakes: []check.Mistake[model.Loss]{
		{F: with(meanKL, 1, weighted), Says: "The KL term is averaged over dimensions: ReduceMean divides the KL weight by their number. Use ReduceSum."},
		{F: with(model.KL, 2, weighted), Says: "The KL term is twice the true one: is the ½ missing?"},
		{F: with(model.KL, 0.5, weighted), Says: "The KL term is half of the true one: the ½ is applied twice."},
		{F: with(model.KL, -1, weighted), Says: "The KL term has its sign turned, so that training would reward codes that stray from N(0, I)."},
		{F: with(model.KL, -2, weighted), Says: "The KL term has its sign turned, and the ½ is missing."},
		{F: with(model.KL, 1, unweighted), Says: "Right at weight 1 only: the KL weight is never applied. It is p.Weight."},
		{F: with(model.KL, 0, weighted), Says: "Right at weight 0 only: the KL term isn't there, so the loss is an autoencoder's."},
		{F: with(logStdKL, 1, weighted), Says: "The KL term reads s as log σ. p.LogVar is log σ², so σ² = eˢ."},
		{F: with(withoutOne, 1, weighted), Says: "The KL term is too large by ½ for each dimension: the −1 is missing. (It trains alike, and its value is not the ELBO's.)"},
		{F: func(p model.Pass) *graph.Node {
			return graph.Add(graph.ReduceMean(pixelNats(p), -1), graph.MulScalar(model.KL(p), p.Config.KLWeight))
		}, Says: "The reconstruction term is averaged over pixels: the KL term would count 784 times too much beside it. Sum it up."},
		{F: func(p model.Pass) *graph.Node {
			return graph.Add(model.KL(p), graph.MulScalar(model.Reconstruction(p), p.Config.KLWeight))
		}, Says: "The weight is on the reconstruction term. It belongs to the KL term."},
		{F: func(p model.Pass) *graph.Node {
			return graph.MulScalar(graph.Add(model.KL(p), model.Reconstruction(p)), p.Config.KLWeight)
		}, Says: "Right at weight 1 only: the weight is on both terms. It belongs to the KL term alone."},
		{F: func(p model.Pass) *graph.Node { return graph.MulScalar(model.KL(p), p.Config.KLWeight) },
			Says: "The reconstruction term isn't there: nothing would ask for the picture back."},
	},
}}

// with adds a KL term, made wrong by a factor, to the reconstruction term.
func with(kl model.Loss, factor float64, weight func(p model.Pass) float64) model.Loss {
	return func(p model.Pass) *graph.Node {
		return graph.Add(model.Reconstruction(p), graph.MulScalar(kl(p), factor*weight(p)))
	}
}

func weighted(p model.Pass) float64 { return p.Config.KLWeight }
func unweighted(model.Pass) float64 { return 1 }

func meanKL(p model.Pass) *graph.Node {
	return graph.MulScalar(model.KL(p), 1/float64(p.Mean.Shape().Dim(-1)))
}

func logStdKL(p model.Pass) *graph.Node {
	return model.KLToStandardNormal(p.Mean, graph.MulScalar(p.LogVar, 2))
}

func withoutOne(p model.Pass) *graph.Node {
	return graph.AddScalar(model.KL(p), 0.5*float64(p.Mean.Shape().Dim(-1)))
}

func pixelNats(p model.Pass) *graph.Node {
	return graph.Sub(graph.Log1P(graph.Exp(p.Logits)), graph.Mul(p.Images, p.Logits))
}

// shape says which shape came and which is wanted. The sizes of the batch tell its axes apart.
func shape(loss model.Loss) string {
	b := batch{images: 3, pixels: 5, latent: 2, weight: 1}
	came, _, err := b.compute(loss)
	if err != nil || came.Equal(b.wanted()) {
		return ""
	}
	if advice := b.advice(came); advice != "" {
		return words.Say("For a batch of %d images with %d pixels and %d dimensions it gives the shape %s, and %s is wanted: a number for each image. %s",
			b.images, b.pixels, b.latent, came, b.wanted(), advice)
	}
	return words.Say("For a batch of %d images with %d pixels and %d dimensions it gives the shape %s, and %s is wanted: a number for each image.",
		b.images, b.pixels, b.latent, came, b.wanted())
}

// advice says what is to be done about a shape that isn't wanted; empty where only its numbers are of another type.
func (b batch) advice(came shapes.Shape) string {
	switch dims := came.Dimensions; {
	case came.Rank() == 0:
		return words.Say("That is one number for the whole batch: graph.ReduceSum(x, -1) leaves the batch alone, ReduceAllSum and ReduceAllMean don't.")
	case slices.Equal(dims, []int{b.images, b.latent}):
		return words.Say("That is a number for each dimension of each image. Add them up along the last axis: graph.ReduceSum(x, -1).")
	case slices.Equal(dims, []int{b.images, b.pixels}):
		return words.Say("That is a number for each pixel of each image. Add them up along the last axis: graph.ReduceSum(x, -1).")
	case came.Rank() > 1:
		return words.Say("graph.ReduceSum(x, -1) adds up along the last axis, and takes it away.")
	case !slices.Equal(dims, []int{b.images}):
		return words.Say("Which axis is reduced? The first is the batch; the last one, −1, holds pixels or dimensions.")
	}
	return ""
}

func points() (list []check.Point[model.Loss]) {
	for i, s := range []struct {
		images, pixels, latent int
		weight                 float64
	}{{3, 5, 2, 1}, {2, 7, 3, 4}, {4, 3, 2, 0}, {1, 6, 4, 1}, {3, 4, 3, 0.5}} {
		b := batch{images: s.images, pixels: s.pixels, latent: s.latent, weight: s.weight, seed: uint64(i)}
		var tags []string
		if b.weight == 1 {
			tags = append(tags, words.Mark("the KL weight is 1"))
		}
		list = append(list, check.Point[model.Loss]{
			Say: func() string {
				return words.Say("a batch of %d, %d pixels, %d dimensions, KL weight %g", b.images, b.pixels, b.latent, b.weight)
			},
			Want: b.want(),
			Tags: tags,
			Call: func(loss model.Loss) []float64 {
				_, values, err := b.compute(loss)
				if err != nil {
					panic(err)
				}
				return values
			},
		})
	}
	return list
}

func solveWriteTheLoss(p model.Pass) *graph.Node {
	mu, s := p.Mean, p.LogVar
	fine := graph.Sub(graph.Add(graph.Square(mu), graph.Exp(s)), graph.AddScalar(s, 1))
	kl := graph.MulScalar(graph.ReduceSum(fine, -1), 0.5)
	return graph.Add(model.BernoulliNats(p.Images, p.Logits), graph.Mul(kl, p.Weight))
}
