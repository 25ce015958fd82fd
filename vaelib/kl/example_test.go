package kl_test

import (
	"fmt"
	"math"

	"vaelab/vaelib/kl"
)

func ExampleNormal_KL() {
	q := kl.Normal{Mu: 1, Sigma: 0.5}
	there, _ := q.KL(kl.Standard)
	back, _ := kl.Standard.KL(q)
	fmt.Printf("D(q ‖ p) = %.4f nats, D(p ‖ q) = %.4f nats\n", there, back)
	// Output: D(q ‖ p) = 0.8181 nats, D(p ‖ q) = 2.8069 nats
}

func ExampleNormal_Parts() {
	q := kl.Normal{Mu: 1, Sigma: 0.5}
	fine, _ := q.Parts(kl.Standard)
	fmt.Printf("%.4f for μ and %.4f for σ: %.4f nats\n", fine.Mu, fine.Sigma, fine.Total())
	// Output: 0.5000 for μ and 0.3181 for σ: 0.8181 nats
}

func ExampleNormal_Gradient() {
	q := kl.Normal{Mu: 1, Sigma: 0.5}
	slope, _ := q.Gradient(kl.Standard)
	fmt.Printf("∂/∂μ = %g, ∂/∂log σ² = %g, ∂/∂σ = %g\n", slope.Mu, slope.LogVar, slope.Sigma)
	// Output: ∂/∂μ = 1, ∂/∂log σ² = -0.375, ∂/∂σ = -1.5
}

func ExampleFromLogVar() {
	s := -1.0
	right, _ := kl.FromLogVar(0, s).KL(kl.Standard)
	mixedUp, _ := kl.Normal{Mu: 0, Sigma: math.Exp(s)}.KL(kl.Standard)
	fmt.Printf("s = log σ²: %.3f nats; taken for log σ: %.3f nats\n", right, mixedUp)
	// Output: s = log σ²: 0.184 nats; taken for log σ: 0.568 nats
}

func ExampleDiagonal_KL() {
	q := kl.DiagonalFromLogVar([]float64{2, 0, 0}, []float64{0, 0, -1})
	d, _ := q.KL(kl.StandardDiagonal(3))
	each, _ := q.Parts(kl.StandardDiagonal(3))
	fmt.Printf("%.3f nats: %.3f + %.3f + %.3f\n", d, each[0].Total(), each[1].Total(), each[2].Total())
	// Output: 2.184 nats: 2.000 + 0.000 + 0.184
}

func ExampleLogRatio() {
	q := kl.Normal{Mu: 1, Sigma: 0.5}
	formula, _ := q.KL(kl.Standard)
	estimate, err := kl.LogRatio(q, kl.Standard).Estimate(1_000_000, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	right, _ := estimate.Agrees(formula, 0.001)
	wrong, _ := estimate.Agrees(-formula, 0.001)
	fmt.Println(right.Agree, wrong.Agree)
	// Output: true false
}

// Each line of a derivation is an expectation that samples can check.
func ExampleExpectation() {
	q := kl.Normal{Mu: 1, Sigma: 0.5}
	square, _ := kl.Expectation(q, func(x float64) float64 { return x * x }).Estimate(1_000_000, 1)
	verdict, _ := square.Agrees(q.Mu*q.Mu+q.Sigma*q.Sigma, 0.001)
	fmt.Println("E[x²] = μ² + σ²:", verdict.Agree)
	// Output: E[x²] = μ² + σ²: true
}

// Far from q the weights are heavy: nearly all of 100,000 samples count for nothing.
func ExampleImportance() {
	q := kl.Normal{Mu: 3, Sigma: 1}
	for _, from := range []kl.Normal{{Mu: 3, Sigma: 1.5}, {Mu: 0, Sigma: 1}} {
		e, _ := kl.Importance(q, kl.Standard, from).Estimate(100_000, 1)
		fmt.Println(from, "few samples count:", e.ESS < 1000)
	}
	// Output:
	// {3 1.5} few samples count: false
	// {0 1} few samples count: true
}

func ExampleEstimator_Running() {
	q := kl.Normal{Mu: 1, Sigma: 0.5}
	estimates, _ := kl.LogRatio(q, kl.Standard).Running(kl.LogSpaced(100, 1_000_000, 3), 1)
	for _, e := range estimates {
		fmt.Printf("standard error after %d: %.4f\n", e.N, e.StdErr)
	}
	// Output:
	// standard error after 100: 0.0853
	// standard error after 10000: 0.0073
	// standard error after 1000000: 0.0007
}

// A narrow bell on one hump is near to a two-humped target; the target is far from it.
func ExampleQuadrature() {
	target := kl.Mixture{Weights: []float64{1, 1}, Components: []kl.Normal{{Mu: -2, Sigma: 0.5}, {Mu: 2, Sigma: 0.5}}}
	narrow := kl.Normal{Mu: 2, Sigma: 0.5}
	seeking, _ := kl.Quadrature(narrow, target)
	covering, _ := kl.Quadrature(target, narrow)
	fmt.Printf("D(narrow ‖ target) = %.3f nats, D(target ‖ narrow) = %.3f nats\n", seeking, covering)
	// Output: D(narrow ‖ target) = 0.693 nats, D(target ‖ narrow) = 15.307 nats
}

func ExampleCrossEntropy() {
	q := kl.Normal{Mu: 1, Sigma: 0.5}
	cross, _ := kl.CrossEntropy(q, kl.Standard)
	own, _ := kl.Entropy(q)
	fmt.Printf("%.4f − %.4f = %.4f nats\n", cross, own, cross-own)
	// Output: 1.5439 − 0.7258 = 0.8181 nats
}

func ExampleLoss_Weight() {
	mine := kl.Loss{
		Pixels: 28 * 28, Latent: 20, Batch: 128,
		Error: kl.SquaredError, Sigma: 0.1, ErrorFactor: 1, ErrorPixels: kl.Mean, ErrorBatch: kl.Mean,
		KLFactor: 1, KLLatent: kl.Sum, KLBatch: kl.Mean,
	}
	beta, _ := mine.Weight()
	sigma, _ := mine.ELBOSigma()
	fmt.Printf("β = %.0f for σ = 0.1; β = 1 for σ = %.1f\n", beta, sigma)
	// Output: β = 39200 for σ = 0.1; β = 1 for σ = 19.8
}

func ExamplePublished() {
	for _, l := range kl.Published() {
		beta, _ := l.Weight()
		fmt.Printf("%8.3f  %s\n", beta, l.Name)
	}
	// Output:
	//    1.000  pytorch/examples vae
	//    1.000  pytorch/examples vae until February 2018
	//  784.000  keras examples/variational_autoencoder.py, July 2016
	//  392.000  blog.keras.io, Building Autoencoders in Keras
	//    0.500  keras.io examples/generative/vae, 2020
	//    1.000  keras.io examples/generative/vae, later
	//    0.392  Deep Learning with Python, 2017
	//    3.920  fastai course22p2, 29_vae
	//    1.536  AntixK/PyTorch-VAE VanillaVAE (64 × 64 colour images)
}
