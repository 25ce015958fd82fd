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
