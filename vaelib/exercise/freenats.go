package exercise

import (
	"slices"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/floats"
)

type clips = func(nats [][]float64, lambda float64) (byDimension, byImage, byBatch float64)

// FreeNats meets one of the remedies against collapse, which three programs call by one name and put in three places.
var FreeNats = &check.Function[func(nats [][]float64, lambda float64) (byDimension, byImage, byBatch float64)]{
	Exercise: check.Exercise{
		ID: "FreeNats", Notebook: 5, Title: "Free nats: where the max stands", Minutes: 10,
		Question: "nats[i][d] is the KL of image i in dimension d, and λ the nats that a dimension has free: an image of D dimensions has λ·D. Write the KL term in nats " +
			"an image with the max in each of three places: by dimension, after the mean over images (free bits); by image, before that mean (World Models); " +
			"by batch, after all else (Dreamer).",
		Signature: "func Charges(nats [][]float64, lambda float64) (byDimension, byImage, byBatch float64)",
		Hints: []string{
			"All three take sums over dimensions, means over images, and a max. What differs is only when the max is taken.",
			"By dimension, take each dimension's mean over the images, then the larger of it and λ, and sum up.",
			"By image, take each image's sum and the larger of it and λ·D, then the mean. By batch, take the mean of the sums first.",
		},
		Another: "what is free, λ·D, plus what lies above it: the dimensions' means above λ, the images' sums above λ·D on average, or " +
			"the mean above λ·D. Only what lies above has a slope.",
		Meets: []check.Confusion{check.Collapse, check.SumOrMean},
	},
	Solve: solveFreeNats,
	Truth: func(nats [][]float64, lambda float64) (byDimension, byImage, byBatch float64) {
		free := freeOf(nats, lambda)
		return clippedBy(kl.EachDimension, nats, lambda), clippedBy(kl.EachImage, nats, free), clippedBy(kl.BatchMean, nats, free)
	},
	Outputs: []string{"charge by dimension", "charge by image", "charge by batch"},
	Points: clipsOf(clipInput{[][]float64{{3, 0.1}, {0.5, 0.1}}, 1}, clipInput{[][]float64{{0.4}}, 1}, clipInput{[][]float64{{2}}, 0.5}, clipInput{[][]float64{{0.2}, {2.4}}, 1},
		clipInput{[][]float64{{1.5, 0.2, 0.1}}, 0.5}, clipInput{[][]float64{{3, 0.1}, {0.5, 0.1}, {2.2, 1.9}}, 0}, clipInput{[][]float64{{4, 0.3, 0}, {0.2, 0.1, 0.1}, {1, 2, 0.4}}, 0.5},
		clipInput{[][]float64{{0.1, 0.2}, {0.3, 0.1}}, 1}, clipInput{[][]float64{{5, 1, 0.2, 0}, {0.5, 0.4, 0.1, 0.2}, {3, 2.5, 0, 0.3}, {0, 0.6, 0.1, 0.1}, {1, 7, 0.3, 0}}, 0.8}),
	Tested: "batches of 1 to 5 images with 1 to 4 dimensions, λ from 0 to 1.",
	Formula: check.Formula[clips]{
		Sums: []*formula.Sum{
			formula.OfTerms(slices.Concat([]formula.Term{{Coefficient: 1, Text: "Σ(max(mean(dimensions), λ))", Called: "the larger of mean and λ, summed up,"}},
				confused("1", "λ", "λ·count(mean(dimensions))", "Σ(mean(dimensions))", "Σ(min(mean(dimensions), λ))", "max(Σ(mean(dimensions)), λ)", "largest(max(mean(dimensions), λ))",
					"mean(Σ(max(images, λ)))", "Σ(max(Σ dimensions, λ))", "mean(max(mean(dimensions), λ))", "max(Σ(mean(dimensions)), λ·count(mean(dimensions)))",
					"Σ(max(mean(dimensions), λ·count(mean(dimensions))))", "Σ(largest(max(dimensions, λ)))", "Σ(max(last(dimensions)/count(Σ images), λ))"))...),
			formula.OfTerms(slices.Concat([]formula.Term{{Coefficient: 1, Text: "mean(max(Σ images, λ·count(mean(dimensions))))", Called: "the larger of sum and λ·D, on average,"}},
				confused("1", "λ", "λ·count(mean(dimensions))", "mean(Σ images)", "mean(max(Σ images, λ))", "Σ(max(Σ images, λ·count(mean(dimensions))))", "mean(min(Σ images, λ·count(mean(dimensions))))",
					"mean(Σ(max(images, λ)))", "mean(max(mean(images), λ))", "max(mean(Σ images), λ·count(mean(dimensions)))", "Σ(max(Σ images, λ))", "largest(max(Σ images, λ·count(mean(dimensions))))",
					"mean(max(Σ images, λ·count(Σ images)))", "last(max(Σ images, λ·count(mean(dimensions))))/count(Σ images)"))...),
			formula.OfTerms(slices.Concat([]formula.Term{{Coefficient: 1, Text: "max(mean(Σ images), λ·count(mean(dimensions)))", Called: "the larger of mean and λ·D"}},
				confused("1", "λ", "λ·count(mean(dimensions))", "mean(Σ images)", "max(mean(Σ images), λ)", "min(mean(Σ images), λ·count(mean(dimensions)))", "mean(max(Σ images, λ·count(mean(dimensions))))",
					"Σ(max(mean(dimensions), λ))", "max(Σ(Σ images), λ·count(mean(dimensions)))", "max(mean(mean(images)), λ)", "max(mean(Σ images), λ·count(Σ images))"))...),
		},
		Lines: formula.Parse(`
			k := Σ images
			n := count(k)
			m := Σ dimensions/n
			free := λ·count(m)
			Σ(max(m, λ))
			Σ(max(k, free))/n
			max(Σ m, free)`),
		Probes: clipsToProbe(), NotNegative: "Whatever is free is charged in full, so that no charge is ever negative.",
		Call: func(f clips, in formula.Inputs) []float64 { return threeOf(f(in["images"].Rows(), in["λ"].X())) },
	},
	Mistakes: []check.Mistake[clips]{
		{F: inThreePlaces(func(nats [][]float64, lambda float64) float64 {
			return average(rowSums(elementwise(nats, func(x float64) float64 { return max(x, lambda) })))
		}, byImage, byBatch),
			Says: "By dimension, the max is taken image by image. The mean over images comes first there, so that a dimension may be silent about most images."},
		{F: inThreePlaces(byDimension, func(nats [][]float64, lambda float64) float64 { return byBatch(nats, lambda) }, byBatch),
			Says: "By image, the mean is taken before the max: so the charge by image is the one by batch, and images that say much make up for those that say little."},
		{F: inThreePlaces(byDimension, byImage, byImage),
			Says: "By batch, the max is taken before the mean: so the charge by batch is the one by image. Take the mean of all sums first, and one max of it."},
		{F: inThreePlaces(byDimension, withFree(byImage, 1), withFree(byBatch, 1)),
			Says: "By image and by batch, λ counts once. It belongs to a dimension: what a whole image has free is λ·D."},
		{F: inThreePlaces(byDimension, withFree(byImage, 1), byBatch),
			Says: "By image, λ counts once. It belongs to a dimension: what a whole image has free is λ·D."},
		{F: inThreePlaces(byDimension, byImage, withFree(byBatch, 1)),
			Says: "By batch, λ counts once. It belongs to a dimension: what a whole image has free is λ·D."},
		{F: inThreePlaces(byBatch, byImage, byBatch),
			Says: "By dimension, the limit is put on the sum: a busy dimension would make up for a collapsed one. Each has its own, λ."},
		{F: func(nats [][]float64, lambda float64) (float64, float64, float64) {
			a, b, c := trueCharges(nats, lambda)
			free := lambda * float64(len(nats[0]))
			return a - free, b - free, c - free
		},
			Says: "That is max(0, KL − free), as PlaNet has it: its slopes are the same, so it trains alike, but what is free is missing in all three values."},
		{F: func(nats [][]float64, lambda float64) (float64, float64, float64) {
			return least(transposed(nats), lambda), average(lesser(rowSums(nats), freeOf(nats, lambda))), min(average(rowSums(nats)), freeOf(nats, lambda))
		},
			Says: "The smaller one is taken in all three places: that caps the charge, and to say more would cost nothing. Free nats are a floor: take the max."},
		{F: func(nats [][]float64, lambda float64) (float64, float64, float64) {
			x := average(rowSums(nats))
			return x, x, x
		},
			Says: "Right at λ = 0 only: λ doesn't count. All three are then the plain KL term."},
		{F: func(nats [][]float64, lambda float64) (float64, float64, float64) {
			x := average(rowSums(nats)) + freeOf(nats, lambda)
			return x, x, x
		},
			Says: "What is free is added, and not compared: a constant, without any effect on training. Take the larger of the two."},
		{F: func(nats [][]float64, lambda float64) (float64, float64, float64) {
			a, b, c := trueCharges(nats, lambda)
			return a, b * float64(len(nats)), c
		},
			Says: "Right for one image only: by image, the charges are summed up over the batch. The KL term is in nats an image: take their mean."},
		{F: func(nats [][]float64, lambda float64) (float64, float64, float64) {
			a, b, c := trueCharges(nats, lambda)
			d := float64(len(nats[0]))
			return a / d, b / d, c / d
		},
			Says: "Right in one dimension only: all three are means over the dimensions, where sums belong. That is the KL weight in disguise again."},
	},
}

// The three places of the max, for mistakes that put it elsewhere.
func byDimension(nats [][]float64, lambda float64) float64 {
	return floats.Sum(greater(rowMeans(transposed(nats)), lambda))
}

func byImage(nats [][]float64, lambda float64) float64 {
	return average(greater(rowSums(nats), freeOf(nats, lambda)))
}

func byBatch(nats [][]float64, lambda float64) float64 {
	return max(average(rowSums(nats)), freeOf(nats, lambda))
}

var trueCharges = inThreePlaces(byDimension, byImage, byBatch)

func clippedBy(c kl.Clip, nats [][]float64, free float64) float64 {
	charge, _, err := c.Charge(nats, free)
	return value(charge, err)
}

type charging = func(nats [][]float64, lambda float64) float64

func inThreePlaces(a, b, c charging) clips {
	return func(nats [][]float64, lambda float64) (float64, float64, float64) {
		return a(nats, lambda), b(nats, lambda), c(nats, lambda)
	}
}

// withFree has λ free for so many dimensions, however many there are.
func withFree(f charging, dimensions float64) charging {
	return func(nats [][]float64, lambda float64) float64 {
		return f(nats, lambda*dimensions/float64(len(nats[0])))
	}
}

func freeOf(nats [][]float64, lambda float64) float64 { return lambda * float64(len(nats[0])) }

func greater(list []float64, than float64) []float64 {
	return mapped(list, func(x float64) float64 { return max(x, than) })
}

func lesser(list []float64, than float64) []float64 {
	return mapped(list, func(x float64) float64 { return min(x, than) })
}

// least sums up the smaller of each column's mean and λ.
func least(columns [][]float64, lambda float64) float64 {
	return floats.Sum(lesser(rowMeans(columns), lambda))
}

func mapped(list []float64, f func(float64) float64) []float64 {
	out := make([]float64, len(list))
	for i, x := range list {
		out[i] = f(x)
	}
	return out
}

func elementwise(rows [][]float64, f func(float64) float64) [][]float64 {
	out := make([][]float64, len(rows))
	for i, row := range rows {
		out[i] = mapped(row, f)
	}
	return out
}

func rowSums(rows [][]float64) []float64 {
	out := make([]float64, len(rows))
	for i, row := range rows {
		out[i] = floats.Sum(row)
	}
	return out
}

func rowMeans(rows [][]float64) []float64 {
	out := make([]float64, len(rows))
	for i, row := range rows {
		out[i] = average(row)
	}
	return out
}

func threeOf(a, b, c float64) []float64 { return []float64{a, b, c} }

type clipInput struct {
	nats   [][]float64
	lambda float64
}

func clipsOf(list ...clipInput) (points []check.Point[clips]) {
	for _, at := range list {
		points = append(points, check.Point[clips]{
			Say: func() string {
				return words.Say("%s with the nats %s, λ = %s", words.Count(len(at.nats), "image", "images"), table(at.nats), words.Number(at.lambda))
			},
			Call: func(f clips) []float64 { return threeOf(f(copyRows(at.nats), at.lambda)) },
			Tags: tags(tag{"there is one image", len(at.nats) == 1}, tag{"there is one dimension", len(at.nats[0]) == 1}, tag{"λ = 0", at.lambda == 0}),
		})
	}
	return points
}

func solveFreeNats(nats [][]float64, lambda float64) (byDimension, byImage, byBatch float64) {
	images, free := float64(len(nats)), lambda*float64(len(nats[0]))
	for d := range nats[0] {
		mean := 0.0
		for i := range nats {
			mean += nats[i][d] / images
		}
		byDimension += max(mean, lambda)
		byBatch += mean
	}
	for _, row := range nats {
		sum := 0.0
		for _, x := range row {
			sum += x
		}
		byImage += max(sum, free) / images
	}
	return byDimension, byImage, max(byBatch, free)
}
