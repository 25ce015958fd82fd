package exercise

import (
	"math"
	"slices"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/floats"
)

type elbo = func(reconstruction, kl [][]float64, weight float64) float64

// ELBO meets “a mean where a sum belongs” and “the weight is never applied”.
var ELBO = &check.Function[func(reconstruction, kl [][]float64, weight float64) float64]{
	Exercise: check.Exercise{
		ID: "ELBO", Notebook: 3, Title: "The loss with its parts in the right units", Minutes: 8,
		Question: "reconstruction[i][p] are the nats of image i at pixel p, kl[i][d] those of its dimension d. Write the loss, the negative ELBO " +
			"with a KL weight, in nats an image: summed over pixels and over dimensions, averaged over images.",
		Signature: "func Loss(reconstruction, kl [][]float64, weight float64) float64",
		Hints: []string{
			"Nats of independent things add up: pixels, and dimensions. Images are what is averaged.",
			"The weight multiplies the KL term, and nothing else.",
			"Sum up all numbers of reconstruction, add weight times all numbers of kl, and divide once, by the number of images.",
		},
		Another: "a loss for each image first, its pixels and weighted dimensions summed up, and then the mean of these. The spread of " +
			"the images' losses then tells how far their mean can be trusted.",
		Meets: []check.Confusion{check.SumOrMean, check.WeightNotApplied},
	},
	Solve:  solveELBO,
	Truth:  loss(floats.Sum, floats.Sum, average),
	Points: batches(),
	Tested: "batches of 1 to 5 images with 1 to 12 pixels and 1 to 4 dimensions, weights from 0 to 10.",
	Formula: check.Formula[elbo]{
		Sums: []*formula.Sum{formula.OfTerms(slices.Concat([]formula.Term{
			{Coefficient: 1, Text: "mean(Σ reconstruction)", Called: "the reconstruction term"}, {Coefficient: 1, Text: "weight·mean(Σ kl)", Called: "the KL term with its weight"},
		}, confused("1", "weight", "Σ(Σ reconstruction)", "weight·Σ(Σ kl)", "mean(Σ kl)", "Σ(Σ kl)", "weight·mean(Σ reconstruction)", "weight·Σ(Σ reconstruction)",
			"weight²·mean(Σ kl)", "√weight·mean(Σ kl)", "mean(Σ kl)/weight", "mean(mean(reconstruction))", "weight·mean(mean(kl))", "Σ(mean(reconstruction))", "weight·Σ(mean(kl))",
			"mean(largest(reconstruction))", "weight·mean(largest(kl))", "mean(first(reconstruction))", "weight·mean(first(kl))",
			"mean(last(reconstruction))", "weight·mean(last(kl))", "first(Σ reconstruction)", "weight·first(Σ kl)", "last(Σ reconstruction)", "weight·last(Σ kl)",
			"mean(Σ(abs(kl)))", "mean(Σ(reconstruction²))", "weight·mean(Σ(kl²))"))...)},
		Lines:  formula.Parse("each := Σ reconstruction + Σ(weight·kl)\nΣ each/count(each)"),
		Probes: batchesToProbe(),
		Call: func(f elbo, in formula.Inputs) []float64 {
			return []float64{f(in["reconstruction"].Rows(), in["kl"].Rows(), in["weight"].X())}
		},
	},
	Mistakes: []check.Mistake[elbo]{
		{F: loss(average, floats.Sum, average),
			Says: "The reconstruction term is averaged over pixels: with 784 of them, the KL term would count 784 times too much. Sum it up."},
		{F: loss(floats.Sum, average, average),
			Says: "The KL term is averaged over dimensions: that divides the KL weight by their number. Sum it up."},
		{F: loss(average, average, average),
			Says: "Both terms are means, over pixels and over dimensions: that multiplies the KL weight by pixels/dimensions. Both are sums."},
		{F: loss(floats.Sum, floats.Sum, floats.Sum),
			Says: "Right for one image only: the batch is summed up. The balance is right, but it isn't nats an image, and the step would grow with the batch."},
		{F: func(r, kl [][]float64, weight float64) float64 { return trueLoss(r, kl, 1) },
			Says: "Right at weight 1 only: the weight is never applied."},
		{F: func(r, kl [][]float64, weight float64) float64 { return trueLoss(r, kl, 0) },
			Says: "Right at weight 0 only: the KL term isn't there."},
		{F: func(r, kl [][]float64, weight float64) float64 { return trueLoss(kl, r, weight) },
			Says: "Right at weight 1 only: the weight is on the reconstruction term. It belongs to the KL term."},
		{F: func(r, kl [][]float64, weight float64) float64 { return weight * trueLoss(r, kl, 1) },
			Says: "Right at weight 1 only: the weight multiplies both terms, and so changes nothing but the step. It belongs to the KL term alone."},
		{F: func(r, kl [][]float64, weight float64) float64 { return trueLoss(r, kl, -weight) },
			Says: "The KL term is taken off: training would reward codes that stray. It is added to the loss."},
		{F: func(r, kl [][]float64, weight float64) float64 { return trueLoss(r, kl, -weight) * -1 },
			Says: "The reconstruction term has its sign turned. Both terms are costs in a loss."},
		{F: func(r, kl [][]float64, weight float64) float64 {
			return loss(floats.Sum, zero, average)(r, kl, 0) + weight*loss(zero, floats.Sum, floats.Sum)(r, kl, 1)
		},
			Says: "Right for one image only: the KL term is summed over the batch, the reconstruction term averaged. So the KL weight grows with the batch."},
		{F: func(r, kl [][]float64, weight float64) float64 {
			return loss(floats.Sum, zero, floats.Sum)(r, kl, 0) + weight*loss(zero, floats.Sum, average)(r, kl, 1)
		},
			Says: "Right for one image only: the reconstruction term is summed over the batch, the KL term averaged. So the KL weight shrinks with the batch."},
	},
}

var trueLoss = loss(floats.Sum, floats.Sum, average)

// loss puts the terms together with these reductions.
func loss(overPixels, overDimensions, overBatch func([]float64) float64) elbo {
	return func(reconstruction, kl [][]float64, weight float64) float64 {
		each := make([]float64, len(reconstruction))
		for i := range each {
			each[i] = overPixels(reconstruction[i]) + weight*overDimensions(kl[i])
		}
		return overBatch(each)
	}
}

func average(list []float64) float64 { return floats.Sum(list) / float64(len(list)) }
func zero([]float64) float64         { return 0 }

func batches() (points []check.Point[elbo]) {
	rng := seeded(6)
	rows := func(n, columns int) [][]float64 {
		list := make([][]float64, n)
		for i := range list {
			list[i] = normals(rng, columns, 0, 1)
			for j, x := range list[i] {
				list[i][j] = math.Round(100*math.Abs(x)) / 100
			}
		}
		return list
	}
	for _, s := range []struct {
		images, pixels, latent int
		weight                 float64
	}{{2, 3, 2, 4}, {1, 1, 1, 1}, {1, 5, 2, 1}, {3, 4, 2, 1}, {1, 3, 2, 0.5}, {2, 2, 1, 0}, {4, 12, 4, 10}, {5, 6, 3, 0.1}} {
		r, kl := rows(s.images, s.pixels), rows(s.images, s.latent)
		points = append(points, check.Point[elbo]{
			Say: func() string {
				return words.Say("%d images; nats at their pixels %s; of their dimensions %s; weight %s", s.images, table(r), table(kl), words.Number(s.weight))
			},
			Call: func(f elbo) []float64 { return []float64{f(copyRows(r), copyRows(kl), s.weight)} },
			Tags: tags(tag{"there is one image", s.images == 1}, tag{"the weight is 1", s.weight == 1}, tag{"the weight is 0", s.weight == 0},
				tag{"there is one pixel", s.pixels == 1}, tag{"there is one dimension", s.latent == 1}),
		})
	}
	return points
}

// table writes rows in a line.
func table(rows [][]float64) string {
	text := ""
	for _, row := range rows {
		text += words.Coordinates(row)
	}
	return text
}

func solveELBO(reconstruction, kl [][]float64, weight float64) float64 {
	sum := 0.0
	for i := range reconstruction {
		for _, nats := range reconstruction[i] {
			sum += nats
		}
		for _, nats := range kl[i] {
			sum += weight * nats
		}
	}
	return sum / float64(len(reconstruction))
}
