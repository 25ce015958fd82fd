package exercise

import (
	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

type laplace = func(weight float64, numbers int, b float64) float64

// LaplaceWeight meets “a mean where a sum belongs changes the KL weight” in the loss of robots' policies.
var LaplaceWeight = &check.Function[func(weight float64, numbers int, b float64) float64]{
	Exercise: check.Exercise{
		ID: "LaplaceWeight", Notebook: 5, Title: "The KL weight in an absolute error", Minutes: 6,
		Question: "A policy's loss is the mean absolute error over all numbers of an action sequence, plus weight times the KL term, summed over dimensions. " +
			"Read the error as the nats of a Laplace decoder with the scale b, which are Σ |x − x̂|/b and a constant. Which KL weight β does it train with?",
		Signature: "func LaplaceWeight(weight float64, numbers int, b float64) float64",
		Hints: []string{
			"Write the mean absolute error as a factor times the nats: Σ |x − x̂| = b · nats.",
			"The loss is (b/numbers)·nats + weight·KL. Divide by what stands before the nats.",
		},
		Another: "weight/(b/numbers): what a nat of the KL term adds to the loss, over what a nat of the actions adds. The second is " +
			"tiny, since a mean shares it out among all numbers.",
		Meets: []check.Confusion{check.SumOrMean},
	},
	Solve: solveLaplaceWeight,
	Truth: func(weight float64, numbers int, b float64) float64 {
		return value(absoluteLoss(weight, numbers, b).Weight())
	},
	Points: laplaceAt(laplaceInput{"ACT", 10, 1400, 1}, laplaceInput{"ACT", 10, 1400, 0.1}, laplaceInput{"", 1, 1, 1}, laplaceInput{"", 2, 40, 0.05},
		laplaceInput{"", 0.1, 40, 1}, laplaceInput{"", 3, 1, 0.5}, laplaceInput{"", 1, 700, 0.2}, laplaceInput{"", 10, 1400, 14000}, laplaceInput{"", 0.5, 6, 4}),
	Tested: "1 to 1,400 numbers, b from 0.05 to 14,000: with ACT's weight of 10 and its 1,400 numbers β is 14,000/b.",
	Formula: check.Formula[laplace]{
		Sums: []*formula.Sum{formula.OfFactors(1, formula.Term{Coefficient: 1, Text: "weight"},
			formula.Term{Coefficient: 1, Text: "numbers", Called: "the mean over the numbers"}, formula.Term{Coefficient: -1, Text: "b", Called: "the scale b"})},
		Lines:  formula.Parse("weight·numbers/b"),
		Probes: scalesToProbe(),
		Call: func(f laplace, in formula.Inputs) []float64 {
			return []float64{f(in["weight"].X(), int(in["numbers"].X()), in["b"].X())}
		},
	},
	Mistakes: []check.Mistake[laplace]{
		{F: ofLaplace(func(w, n, b float64) float64 { return w / b }),
			Says: "The mean is overlooked: it divides the error by its many numbers, and the KL term not, so β grows with their number."},
		{F: ofLaplace(func(w, n, b float64) float64 { return w / (n * b) }),
			Says: "The mean over the numbers works the other way: it makes the error small, and so β large."},
		{F: ofLaplace(func(w, n, b float64) float64 { return w * n }),
			Says: "Right at b = 1 only: weight·numbers is still to be divided by b, since an error is worth 1/b as many nats."},
		{F: ofLaplace(func(w, n, b float64) float64 { return w * n * b }),
			Says: "b works the other way: a small b makes many nats of an error, so the loss counts each too little. It stands below weight·numbers."},
		{F: ofLaplace(func(w, n, b float64) float64 { return w * b / n }),
			Says: "The factor before the nats, b/numbers, multiplies the weight there. The loss is divided by it, so β is weight over that factor."},
		{F: ofLaplace(func(w, n, b float64) float64 { return b / (w * n) }),
			Says: "Upside down: that is what stands before the nats when the KL term has the factor 1. β is 1 over it."},
		{F: ofLaplace(func(w, n, b float64) float64 { return w * n / (2 * b * b) }),
			Says: "That is a squared error's weight: a Gaussian decoder's nats are Σ (x − x̂)²/(2σ²). A Laplace decoder's are Σ |x − x̂|/b."},
		{F: ofLaplace(func(w, n, b float64) float64 { return w * n / (b * b) }),
			Says: "b stands there squared, as the σ of a Gaussian decoder does. A Laplace decoder's nats go with the error itself, so b has no square."},
		{F: ofLaplace(func(w, n, b float64) float64 { return w * n / (2 * b) }),
			Says: "The 2 of the Laplace density e^(−|x|/b)/(2b) has got into β. There it is a factor, so in nats a constant, log 2b, which no training changes."},
		{F: ofLaplace(func(w, n, b float64) float64 { return n / b }),
			Says: "Right at weight 1 only: the program's own weight is missing."},
		{F: ofLaplace(func(w, n, b float64) float64 { return w }),
			Says: "That is the number in the program. It would be β if the error were summed, and measured in nats."},
	},
}

// absoluteLoss is a loss that averages absolute errors over so many numbers, and sums the KL term.
func absoluteLoss(weight float64, numbers int, b float64) kl.Loss {
	return kl.Loss{Pixels: numbers, Latent: 1, Batch: 1, Error: kl.AbsoluteError, Scale: b, ErrorFactor: 1, ErrorPixels: kl.Mean, KLFactor: weight}
}

func ofLaplace(f func(w, n, b float64) float64) laplace {
	return func(weight float64, numbers int, b float64) float64 { return f(weight, float64(numbers), b) }
}

type laplaceInput struct {
	who     string
	weight  float64
	numbers int
	b       float64
}

func (at laplaceInput) say() string {
	weight, numbers, b := words.Number(at.weight), words.Count(at.numbers, "number", "numbers"), words.Number(at.b)
	if at.who != "" {
		return words.Say("%s: weight %s, %s, b = %s", at.who, weight, numbers, b)
	}
	return words.Say("weight %s, %s, b = %s", weight, numbers, b)
}

func laplaceAt(list ...laplaceInput) (points []check.Point[laplace]) {
	for _, at := range list {
		points = append(points, check.Point[laplace]{
			Say:  at.say,
			Call: func(f laplace) []float64 { return []float64{f(at.weight, at.numbers, at.b)} },
			Tags: tags(tag{"b = 1", at.b == 1}, tag{words.Mark("the weight is 1"), at.weight == 1}, tag{words.Mark("there is one number"), at.numbers == 1}),
		})
	}
	return points
}

func solveLaplaceWeight(weight float64, numbers int, b float64) float64 {
	return weight * float64(numbers) / b
}
