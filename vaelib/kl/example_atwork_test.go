package kl_test

import (
	"fmt"

	"vaelab/vaelib/kl"
)

// A nat of z costs ACT as much as 14,000/b nats of its actions. Only a Laplace decoder 14,000 standard deviations wide
// would find that fair.
func ExampleAtWork() {
	for _, p := range kl.AtWork() {
		beta, _ := p.Weight()
		fmt.Printf("%9.7g for %s = 1  %s\n", beta, map[kl.ReconstructionError]string{kl.SquaredError: "σ", kl.AbsoluteError: "b"}[p.Error], p.Name)
	}
	// Output:
	//     14000 for b = 1  ACT
	//     14000 for b = 1  LeRobot ACT
	//       0.5 for σ = 1  World Models, car racing
	//         1 for σ = 1  PlaNet
	//         1 for σ = 1  Dreamer v1
	//     1e-06 for b = 1  latent diffusion, KL autoencoder f = 8
}

// The mean of |error| over 100 actions of 14 joints, plus ten times the KL term: for errors of a tenth of a standard deviation,
// a nat of the KL term weighs as much as 140,000 of the actions'.
func ExampleLoss_ELBOScale() {
	policy := kl.Loss{
		Pixels: 100 * 14, Latent: 32, Batch: 8,
		Error: kl.AbsoluteError, Scale: 0.1, ErrorFactor: 1, ErrorPixels: kl.Mean, ErrorBatch: kl.Mean,
		KLFactor: 10, KLBatch: kl.Mean,
	}
	beta, _ := policy.Weight()
	b, _ := policy.ELBOScale()
	fmt.Printf("β = %.0f for b = 0.1; β = 1 for b = %.0f\n", beta, b)
	// Output: β = 140000 for b = 0.1; β = 1 for b = 14000
}

// With the draws held, k1 has no slope at all, k2 the true one, and k3 that of the other divergence.
func ExampleTerm_Slope() {
	q := kl.Normal{Mu: 0, Sigma: 0.8}
	d, _ := q.KL(kl.Standard)
	truth, _ := q.Gradient(kl.Standard)
	fmt.Printf("D(q ‖ p) = %.3f nats, ∂/∂σ = %.2f\n", d, truth.Sigma)
	for _, k := range []kl.Term{kl.K1, kl.K2, kl.K3} {
		mean, _ := k.Mean(q, kl.Standard)
		slope, _ := k.Slope(q, kl.Standard)
		fmt.Printf("%v: mean %.3f, slope of held draws %.2f\n", k, mean, slope.Sigma)
	}
	// Output:
	// D(q ‖ p) = 0.043 nats, ∂/∂σ = -0.45
	// k1: mean 0.043, slope of held draws 0.00
	// k2: mean 0.033, slope of held draws -0.45
	// k3: mean 0.043, slope of held draws -0.70
}

// The divergence is never negative, but 44 % of what its definition averages is.
func ExampleNegativeShare() {
	q := kl.Normal{Mu: 0.3, Sigma: 1}
	d, _ := q.KL(kl.Standard)
	share, _ := kl.NegativeShare(q, kl.Standard)
	fmt.Printf("%.3f nats, of terms of which %.0f%% are negative\n", d, 100*share)
	// Output: 0.045 nats, of terms of which 44% are negative
}

// Dreamer v3's weights: the prior is pulled ten times as hard as the posterior, and below one nat neither is.
func ExampleBalance_At() {
	balance := kl.Balance{Prior: 1, Posterior: 0.1, Free: 1}
	p := kl.StandardDiagonal(1)
	for _, mu := range []float64{2, 1} {
		b, _ := balance.At(kl.Diagonal{Mu: []float64{mu}, Sigma: []float64{1}}, p)
		fmt.Printf("%.1f nats: q's mean is pulled by %.1f, p's by %.1f\n", b.KL, b.Posterior[0].Mu, b.Prior[0].Mu)
	}
	// Output:
	// 2.0 nats: q's mean is pulled by 0.2, p's by -2.0
	// 0.5 nats: q's mean is pulled by 0.0, p's by 0.0
}

// Two images, two dimensions, two nats free: in each place of the clip something else pays.
func ExampleClip_Charge() {
	nats := [][]float64{{3, 0.1}, {0.5, 0.1}}
	for _, c := range []struct {
		clip   kl.Clip
		lambda float64
	}{{kl.EachDimension, 1}, {kl.EachImage, 2}, {kl.BatchMean, 2}} {
		charge, factor, _ := c.clip.Charge(nats, c.lambda)
		fmt.Printf("%v: %.2f nats; pays: %v\n", c.clip, charge, factor)
	}
	// Output:
	// each dimension: 2.75 nats; pays: [[1 0] [1 0]]
	// each image: 2.55 nats; pays: [[1 1] [0 0]]
	// batch mean: 2.00 nats; pays: [[0 0] [0 0]]
}

// Seven of ten go left. One answer for all: squares go between the two, where nobody went; absolute errors follow the majority.
func ExampleTwoPoints() {
	for _, share := range []float64{0.7, 0.5} {
		styles := kl.TwoPoints{Share: share, Dim: 1}
		mean, _, _ := styles.Best(kl.SquaredError)
		low, high, _ := styles.Best(kl.AbsoluteError)
		nats, _ := styles.Information()
		fmt.Printf("%.0f%%: squares %.1f, absolute errors %g to %g; to say which takes %.2f nats\n", 100*share, mean, low, high, nats)
	}
	// Output:
	// 70%: squares 0.4, absolute errors 1 to 1; to say which takes 0.61 nats
	// 50%: squares 0.0, absolute errors -1 to 1; to say which takes 0.69 nats
}
