package exercise

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/words"
)

type correlation = func(variance1, variance2, covariance float64) float64

// TotalCorrelation meets “the KL divergence is coded with its sign turned”, where people report a total correlation below 0.
var TotalCorrelation = &check.Function[func(variance1, variance2, covariance float64) float64]{
	Exercise: check.Exercise{
		ID: "TotalCorrelation", Notebook: 5, Title: "The total correlation of two dimensions", Minutes: 6,
		Question: "The codes of all pictures together are a Gaussian cloud in two dimensions, with the covariance matrix (variance1, covariance; covariance, variance2). Its total " +
			"correlation is the KL from that cloud to the one with the same variances and no covariance. Write it in nats.",
		Signature: "func TotalCorrelation(variance1, variance2, covariance float64) float64",
		Hints: []string{
			"It depends on the correlation ρ alone: the covariance over the product of the two spreads, which are the roots of the variances.",
			"The KL is half a logarithm: ½ log of the ratio of the two determinants, variance1·variance2 over variance1·variance2 − covariance².",
			"The ratio is 1/(1 − ρ²), so −½ log(1 − ρ²).",
		},
		Another: "½(log variance1 + log variance2 − log det Σ), with det Σ = variance1·variance2 − covariance²: the entropies of the " +
			"dimensions one by one, less that of both.",
		Meets: []check.Confusion{check.TurnedSign},
	},
	Solve: solveTotalCorrelation,
	Truth: func(variance1, variance2, covariance float64) float64 {
		g := measure.Gaussian{Mean: make([]float64, 2), Covariance: mat.NewSymDense(2, []float64{variance1, covariance, covariance, variance2})}
		return value(g.TotalCorrelation())
	},
	Points: cloudsOf([3]float64{1, 1, 0.5}, [3]float64{1, 1, 0}, [3]float64{1, 1, -0.9}, [3]float64{4, 1, 1}, [3]float64{0.5, 2, -0.6}, [3]float64{2, 3, 0},
		[3]float64{9, 0.25, 1.2}, [3]float64{0.04, 0.09, 0.03}, [3]float64{100, 25, -49.9}, [3]float64{2, 2, 1.5}),
	Tested: "clouds with variances from 0.04 to 100, and correlations from −0.998 to 0.8.",
	Formula: check.Formula[correlation]{
		Sums: []*formula.Sum{formula.OfTerms(slices.Concat([]formula.Term{
			{Coefficient: 0.5, Text: "log(variance1·variance2)", Called: "the part of the variances"}, {Coefficient: -0.5, Text: "log(variance1·variance2 − covariance²)", Called: "the part of the determinant"},
		}, confused("1", "covariance", "covariance²", "covariance²/(variance1·variance2)", "abs(covariance)/√(variance1·variance2)", "log variance1", "log variance2",
			"log(1 − abs(covariance)/√(variance1·variance2))", "log(1 + covariance²/(variance1·variance2))", "log(variance1·variance2 + covariance²)", "log(variance1 + variance2)", "variance1·variance2"))...)},
		Lines:  formula.Parse("ρ := covariance/√(variance1·variance2)\n−½·log(1 − ρ·ρ)"),
		Probes: cloudsToProbe(), NotNegative: "A total correlation is a KL divergence, and never negative.",
		Call: func(f correlation, in formula.Inputs) []float64 {
			return []float64{f(in["variance1"].X(), in["variance2"].X(), in["covariance"].X())}
		},
	},
	Mistakes: []check.Mistake[correlation]{
		{F: ofRho(func(rho float64) float64 { return 0.5 * math.Log(1-rho*rho) }),
			Says: "The sign is turned: 1 − ρ² is below 1 and its logarithm below 0, but a KL is never negative. One that is below 0 is a mistake, or an estimate from few draws."},
		{F: ofRho(func(rho float64) float64 { return -math.Log(1 - rho*rho) }),
			Says: "Twice the true one: the ½ is missing. It comes from the Gaussian density, whose log has −½ log det Σ in it."},
		{F: ofRho(func(rho float64) float64 { return -0.5 * math.Log2(1-rho*rho) }),
			Says: "That is in bits: nats need the natural logarithm."},
		{F: ofRho(func(rho float64) float64 { return -0.5 * math.Log(1-rho) }),
			Says: "ρ stands where ρ² belongs: whether two dimensions rise together or against each other, they tell as much about one another."},
		{F: ofRho(func(rho float64) float64 { return -0.5 * math.Log(1-math.Abs(rho)) }),
			Says: "|ρ| stands where ρ² belongs: the determinant has the covariance squared."},
		{F: ofRho(func(rho float64) float64 { return rho * rho }),
			Says: "That is ρ², the share of one dimension's variance that the other explains. In nats it is −½ log(1 − ρ²)."},
		{F: func(v1, v2, c float64) float64 { rho := c / (v1 * v2); return -0.5 * math.Log(1-rho*rho) },
			Says: "Right where variance1·variance2 is 1: variances are taken for spreads. ρ is the covariance over the product of the spreads, the roots of the variances."},
		{F: func(v1, v2, c float64) float64 { return -0.5 * math.Log(1-c*c) },
			Says: "Right where the variances are 1: the covariance is taken for the correlation. Divide it by the two spreads."},
		{F: func(v1, v2, c float64) float64 { return -0.5 * math.Log(v1*v2-c*c) },
			Says: "Right where variance1·variance2 is 1: that is −½ log det Σ alone. The dimensions' own part, ½ log of the product of the variances, is missing."},
		{F: func(v1, v2, c float64) float64 { return 0.5*(v1+v2) - 1 - 0.5*math.Log(v1*v2-c*c) },
			Says: "That is the KL from the cloud to N(0, I). The dimensions' own part is to be taken off: compare with the cloud that has the same variances."},
	},
}

// ofRho is a function of the correlation alone.
func ofRho(f func(rho float64) float64) correlation {
	return func(variance1, variance2, covariance float64) float64 {
		return f(covariance / math.Sqrt(variance1*variance2))
	}
}

func cloudsOf(list ...[3]float64) (points []check.Point[correlation]) {
	for _, at := range list {
		points = append(points, check.Point[correlation]{
			Say: func() string {
				return words.Say("variances %s and %s, covariance %s", words.Number(at[0]), words.Number(at[1]), words.Number(at[2]))
			},
			Call: func(f correlation) []float64 { return []float64{f(at[0], at[1], at[2])} },
			Tags: tags(tag{words.Mark("both variances are 1"), at[0] == 1 && at[1] == 1}, tag{words.Mark("there is no covariance"), at[2] == 0},
				tag{words.Mark("the covariance is negative"), at[2] < 0}, tag{words.Mark("both variances are the same"), at[0] == at[1]}),
		})
	}
	return points
}

func solveTotalCorrelation(variance1, variance2, covariance float64) float64 {
	rho := covariance / math.Sqrt(variance1*variance2)
	return -0.5 * math.Log(1-rho*rho)
}
