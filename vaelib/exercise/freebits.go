package exercise

import (
	"math"
	"slices"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/floats"
)

type free = func(kl []float64, lambda float64) float64

// FreeBits meets one of the remedies against collapse.
var FreeBits = &check.Function[func(kl []float64, lambda float64) float64]{
	Exercise: check.Exercise{
		ID: "FreeBits", Notebook: 4, Title: "Free bits", Minutes: 5,
		Question: "kl[d] is the KL term of dimension d, averaged over the batch. With free bits each dimension is charged at least λ nats, so that nothing is saved " +
			"by saying less than that (Kingma and others 2016): write the KL term of the whole code.",
		Signature: "func FreeBits(kl []float64, lambda float64) float64",
		Hints: []string{
			"Below λ a dimension pays λ; above it, what it costs.",
			"The larger of the two, for each dimension, summed up.",
		},
		Another: "λ·n, plus what each dimension has above λ. Now one sees that below λ the slope is 0: nothing pulls at such a " +
			"dimension any more.",
		Meets: []check.Confusion{check.Collapse},
	},
	Solve: solveFreeBits,
	Truth: func(kl []float64, lambda float64) float64 {
		return charge(kl, func(x float64) float64 { return lambda + math.Dim(x, lambda) })
	},
	Points: chargesOf(0.5, []float64{2, 0.1, 0}, []float64{1, 3, 0.7}, []float64{0.2}, []float64{4, 0.01, 0.3, 0.6, 0, 1.1}),
	Tested: "codes of 1 to 6 dimensions, λ of 0, 0.5 and 2.",
	Formula: check.Formula[free]{
		Sums: []*formula.Sum{formula.OfTerms(slices.Concat([]formula.Term{{Coefficient: 1, Text: "Σ(max(kl, λ))", Called: "the larger of the two, summed up,"}},
			confused("1", "λ", "Σ kl", "Σ(min(kl, λ))", "λ·count(kl)", "count(kl)", "max(Σ kl, λ)", "largest(max(kl, λ))", "Σ(max(kl, 1))", "Σ(kl·λ)", "mean(max(kl, λ))"))...)},
		Lines:  formula.Parse("Σ(max(kl, λ))"),
		Probes: freeToProbe(), NotNegative: "Each dimension pays something, or nothing: the sum is never negative.",
		Call: func(f free, in formula.Inputs) []float64 { return []float64{f(in["kl"].Copy(), in["λ"].X())} },
	},
	Mistakes: []check.Mistake[free]{
		{F: func(kl []float64, lambda float64) float64 { return max(floats.Sum(kl), lambda) },
			Says: "The limit is put on the sum: one busy dimension would then pay for all. Each dimension has its own."},
		{F: func(kl []float64, lambda float64) float64 { return max(floats.Sum(kl), lambda*float64(len(kl))) },
			Says: "The limit is put on the sum, λ times the number of dimensions: a busy dimension would make up for a collapsed one. Each has its own."},
		{F: func(kl []float64, lambda float64) float64 {
			return charge(kl, func(x float64) float64 { return min(x, lambda) })
		},
			Says: "The smaller one is taken: that caps each dimension's fine at λ. Free bits set a floor."},
		{F: func(kl []float64, lambda float64) float64 {
			return charge(kl, func(x float64) float64 { return max(x-lambda, 0) })
		},
			Says: "That is max(0, KL − λ): its slopes are the same, so it trains alike, but each dimension's λ is missing in the value."},
		{F: func(kl []float64, lambda float64) float64 {
			return charge(kl, func(x float64) float64 { return x + lambda })
		},
			Says: "λ is added to each dimension: a constant, without any effect on training."},
		{F: func(kl []float64, lambda float64) float64 {
			return charge(kl, func(x float64) float64 { return max(x, lambda) }) / float64(len(kl))
		},
			Says: "That is the mean over dimensions: the KL weight in disguise again. Sum them up."},
		{F: func(kl []float64, _ float64) float64 { return floats.Sum(kl) },
			Says: "Right at λ = 0 only: λ doesn't count."},
		{F: func(kl []float64, lambda float64) float64 {
			return charge(kl, func(x float64) float64 {
				if x > lambda {
					return x
				}
				return 0
			})
		},
			Says: "Below λ a dimension pays nothing: then collapse is free, and a step in the loss besides. It pays λ there."},
	},
}

func charge(kl []float64, f func(float64) float64) (sum float64) {
	for _, x := range kl {
		sum += f(x)
	}
	return sum
}

func chargesOf(lambda float64, list ...[]float64) (points []check.Point[free]) {
	add := func(kl []float64, lambda float64) {
		points = append(points, check.Point[free]{
			Say:  func() string { return words.Say("KL terms %s, λ = %s", words.Coordinates(kl), words.Number(lambda)) },
			Call: func(f free) []float64 { return []float64{f(slices.Clone(kl), lambda)} },
			Tags: tags(tag{"λ = 0", lambda == 0}, tag{"there is one dimension", len(kl) == 1}),
		})
	}
	for _, kl := range list {
		add(kl, lambda)
	}
	add(list[0], 0)
	add(list[len(list)-1], 2)
	return points
}

func solveFreeBits(kl []float64, lambda float64) float64 {
	sum := 0.0
	for _, nats := range kl {
		sum += max(nats, lambda)
	}
	return sum
}
