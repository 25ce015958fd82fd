package exercise

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/num/dual"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

type heldSlope = func(z, mu, sigma float64) float64

// K3Slope meets “the closed form disagrees with the sampled estimate”: here the values agree, and the slopes don't.
var K3Slope = &check.Function[func(z, mu, sigma float64) float64]{
	Exercise: check.Exercise{
		ID: "K3Slope", Notebook: 5, Title: "The slope of k3, with the draw held", Minutes: 8,
		Question: "A draw z from q = N(μ, σ²) gives k3 = (r − 1) − log r, with r = p(z)/q(z) and p = N(0, 1). A program prints its mean as the KL, and differentiates it with the " +
			"draws held: z is a number, and only q's density moves. Write the slope of one draw's k3 in μ.",
		Signature: "func Slope(z, mu, sigma float64) float64",
		Hints: []string{
			"log r = log p(z) − log q(z), and only log q(z) = −½((z − μ)/σ)² − log σ − … moves with μ. Its slope is (z − μ)/σ², the score.",
			"So log r has the slope −score, and r the slope −r·score.",
			"(1 − r)·score. Write r with σ in front, r = σ·e^(½u² − ½z²), where u = (z − μ)/σ.",
		},
		Another: "with densities that are there, (1 − exp(kl.Standard.LogProb(z) − q.LogProb(z)))·(z − μ)/σ². The 1 is k1's slope, whose " +
			"mean is 0: what pulls is the −r.",
		Meets: []check.Confusion{check.SamplesDisagree},
	},
	Solve:  solveK3Slope,
	Truth:  func(z, mu, sigma float64) float64 { return differentiated(z, mu, sigma).Emag },
	Points: heldAt([3]float64{1, 0.5, 1}, [3]float64{0, 0.5, 1}, [3]float64{0.5, 0.5, 0.8}, [3]float64{1.3, 0, 0.8}, [3]float64{-0.4, 0.3, 0.8}, [3]float64{2.1, 1, 0.7}, [3]float64{-1.7, -1, 1.5}, [3]float64{0.2, -1, 1}, [3]float64{3, 2, 2}, [3]float64{-0.9, 0, 1}),
	Tested: "draws on both sides of μ, near it and far off, spreads from 0.7 to 2.",
	Formula: check.Formula[heldSlope]{
		Sums: []*formula.Sum{formula.OfTerms(slices.Concat([]formula.Term{
			{Coefficient: 1, Text: "(z − μ)/σ²", Called: "the score"}, {Coefficient: -1, Text: "r·(z − μ)/σ²", Called: "the part with r"},
		}, confused("1", "r", "z", "μ", "z − μ", "(z − μ)/σ", "r·(z − μ)", "r·(z − μ)/σ", "r·z", "r·μ", "(z − μ)/(σ²·r)", "log r", "log r·(z − μ)/σ²", "μ/σ²", "r²·(z − μ)/σ²"))...)},
		Lines:  formula.Parse("u := (z − μ)/σ\nq := exp(−(½·u·u))/σ\np := exp(−(½·z·z))\n(1 − p/q)·u/σ"),
		Probes: heldToProbe(),
		Call: func(f heldSlope, in formula.Inputs) []float64 {
			return []float64{f(in["z"].X(), in["μ"].X(), in["σ"].X())}
		},
	},
	Mistakes: []check.Mistake[heldSlope]{
		{F: scored(func(r, score float64) float64 { return score }),
			Says: "That is the slope of k1 = −log r, the score alone: its mean over the draws is 0, so nothing would pull. k3 has the slope of r − 1 besides."},
		{F: scored(func(r, score float64) float64 { return -math.Log(r) * score }),
			Says: "That is the slope of k2 = ½ log² r. Its mean is the true KL's slope, but asked for is k3's."},
		{F: func(z, mu, sigma float64) float64 { return mu },
			Says: "That is the slope of the KL itself, μ. The program doesn't follow it: it differentiates k3 of this z, which must count."},
		{F: func(z, mu, sigma float64) float64 { return mu / (sigma * sigma) },
			Says: "That is the mean of the slopes over all draws, μ/σ²: the slope of the other divergence, D(p ‖ q). One draw's own slope is asked for, and z must count."},
		{F: scored(func(r, score float64) float64 { return (r - 1) * score }),
			Says: "The sign is turned: where z lies above μ, a larger μ makes q(z) larger and r smaller."},
		{F: func(z, mu, sigma float64) float64 { return (1 - ratioAt(z, mu, sigma)) * z },
			Says: "There z moves with μ, as in a VAE, where z = μ + σ·noise: that slope has the true mean. Here z is held, and only q's density moves."},
		{F: scored(func(r, score float64) float64 { return -r * score }),
			Says: "That is the slope of r alone. −log r has one, too, the score: together (1 − r)·score."},
		{F: scored(func(r, score float64) float64 { return (1 + r) * score }),
			Says: "The parts are added: r falls where −log r rises, so the slopes are (1 − r)·score."},
		{F: scored(func(r, score float64) float64 { return (1 - 1/r) * score }),
			Says: "r is upside down: it is p(z)/q(z), the prior's density over that of the draws."},
		{F: func(z, mu, sigma float64) float64 {
			return (1 - ratioAt(z, mu, sigma)/sigma) * (z - mu) / (sigma * sigma)
		},
			Says: "Right at σ = 1 only: r lacks its σ. q(z) has 1/σ before its exponential, so p(z)/q(z) has σ."},
		{F: func(z, mu, sigma float64) float64 { return (1 - ratioAt(z, mu, sigma)) * (z - mu) / sigma },
			Says: "Right at σ = 1 only: the score is (z − μ)/σ², and it is divided by σ once."},
		{F: func(z, mu, sigma float64) float64 { return (1 - ratioAt(z, mu, sigma)) * (z - mu) },
			Says: "Right at σ = 1 only: the score is (z − μ)/σ², and σ² is missing."},
		{F: func(z, mu, sigma float64) float64 { r := ratioAt(z, mu, sigma); return r - 1 - math.Log(r) },
			Says: "That is k3 itself, its value: the slope in μ is asked for."},
	},
}

// differentiated is k3 of one draw with its slope in μ, as automatic differentiation finds it with z held.
func differentiated(z, mu, sigma float64) dual.Number {
	u := dual.Scale(1/sigma, dual.Sub(dual.Number{Real: z}, dual.Number{Real: mu, Emag: 1}))
	logR := dual.Add(dual.Number{Real: math.Log(sigma) - 0.5*z*z}, dual.Scale(0.5, dual.Mul(u, u)))
	return dual.Sub(dual.Sub(dual.Exp(logR), dual.Number{Real: 1}), logR)
}

// ratioAt is p(z)/q(z).
func ratioAt(z, mu, sigma float64) float64 {
	return math.Exp(kl.Standard.LogProb(z) - kl.Normal{Mu: mu, Sigma: sigma}.LogProb(z))
}

// scored is a slope made of the ratio and the score.
func scored(f func(r, score float64) float64) heldSlope {
	return func(z, mu, sigma float64) float64 { return f(ratioAt(z, mu, sigma), (z-mu)/(sigma*sigma)) }
}

func heldAt(list ...[3]float64) (points []check.Point[heldSlope]) {
	for _, at := range list {
		points = append(points, check.Point[heldSlope]{
			Input: fmt.Sprintf("z = %s, μ = %s, σ = %s", words.Number(at[0]), words.Number(at[1]), words.Number(at[2])),
			Call:  func(f heldSlope) []float64 { return []float64{f(at[0], at[1], at[2])} },
			Tags:  tags(tag{"σ = 1", at[2] == 1}, tag{"μ = 0", at[1] == 0}, tag{"z = μ", at[0] == at[1]}),
		})
	}
	return points
}

func solveK3Slope(z, mu, sigma float64) float64 {
	u := (z - mu) / sigma
	r := sigma * math.Exp(0.5*u*u-0.5*z*z)
	return (1 - r) * u / sigma
}
