package measure_test

import (
	"fmt"
	"image"
	"math"

	"gonum.org/v1/gonum/mat"

	"vaelab/datasets"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
)

// Eight numbers an image, and pictures drawn from a Gaussian fitted to them: how real do they look?
func Example() {
	data, err := datasets.Sample()
	if err != nil {
		fmt.Println(err)
		return
	}
	test := data.Test.First(500)
	pca, err := measure.NewPCA(data.Train.First(1000), measure.Features)
	if err != nil {
		fmt.Println(err)
		return
	}
	real, _ := pca.Features(test)
	codes := make([][]float64, len(real))
	for i, f := range real {
		codes[i] = f[:8]
	}
	restored, _ := pca.Restore(codes)
	g, _ := measure.FitGaussian(codes)
	random, _ := g.Sample(500, 1)
	drawn, _ := pca.Restore(random)
	for _, set := range []struct {
		name     string
		pictures []*image.Gray
	}{{"restored", restored}, {"drawn", drawn}} {
		painted, _ := pca.Features(measure.Pictures(set.pictures))
		precision, recall, _ := measure.PrecisionRecall(real, painted, measure.Neighbours)
		distance, _ := measure.FrechetOf(real, painted)
		fmt.Printf("%s: precision %.2f, recall %.2f, Fréchet distance %.0f\n", set.name, precision, recall, distance)
	}
	// Output:
	// restored: precision 1.00, recall 0.07, Fréchet distance 9
	// drawn: precision 0.72, recall 0.14, Fréchet distance 9
}

func ExamplePrecisionRecall() {
	real := [][]float64{{0}, {1}, {4}}
	generated := [][]float64{{2}, {7}, {9}}
	// The balls around 0, 1 and 4 reach to their nearest neighbours: [−1, 1], [0, 2] and [1, 7] hold 2 and 7, not 9.
	precision, recall, _ := measure.PrecisionRecall(real, generated, 1)
	fmt.Printf("precision %.2f, recall %.2f\n", precision, recall)
	// Output: precision 0.67, recall 1.00
}

func ExampleFrechet() {
	a, _ := measure.FitGaussian([][]float64{{-1}, {0}, {1}}) // N(0, 1²)
	b, _ := measure.FitGaussian([][]float64{{1}, {3}, {5}})  // N(3, 2²)
	d, _ := measure.Frechet(a, b)
	fmt.Printf("%.0f = 3² + (2 − 1)²\n", d)
	// Output: 10 = 3² + (2 − 1)²
}

// More codes soon lie closer together in 2 dimensions; in 16 they hardly do.
func ExampleSpacing() {
	for _, dim := range []int{2, 16} {
		for _, n := range []int{100, 10_000} {
			d, _ := measure.Spacing(n, dim, measure.FarShare)
			fmt.Printf("%5d codes in %2d dimensions: far is beyond %.2f\n", n, dim, d)
		}
	}
	// Output:
	//   100 codes in  2 dimensions: far is beyond 0.59
	// 10000 codes in  2 dimensions: far is beyond 0.06
	//   100 codes in 16 dimensions: far is beyond 4.40
	// 10000 codes in 16 dimensions: far is beyond 3.23
}

// Codes in two heaps: one Gaussian covers what lies between, two don't, so that other codes of the kind have a nat more each.
func ExampleFitMixture() {
	truth := measure.Mixture{Weights: []float64{1, 3}, Components: []measure.Gaussian{
		{Mean: []float64{-3, 0}, Covariance: mat.NewSymDense(2, []float64{1, 0, 0, 1})},
		{Mean: []float64{3, 0}, Covariance: mat.NewSymDense(2, []float64{0.25, 0, 0, 0.25})},
	}}
	codes, _ := truth.Sample(2000, 1)
	others, _ := truth.Sample(2000, 2)
	for _, components := range []int{1, 2} {
		m, err := measure.FitMixture(codes, components, 1)
		if err != nil {
			fmt.Println(err)
			return
		}
		mean, _ := m.MeanLogProb(others)
		fmt.Printf("weights %.2f: a log-density of %.2f nats a code\n", m.Weights, mean.Value)
	}
	// Output:
	// weights [1.00]: a log-density of -3.41 nats a code
	// weights [0.74 0.26]: a log-density of -2.40 nats a code
}

// Codes on a ring leave out the middle, where the prior is densest, and the outside.
func ExampleFindHoles() {
	ring := make([][]float64, 2000)
	for i := range ring {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / 2000)
		ring[i] = []float64{2 * cos, 2 * sin}
	}
	h, _ := measure.FindHoles(ring, 10_000, 1)
	fmt.Printf("%.0f%% of the prior lies farther than %.2f from every code\n", 100*h.Share.Value, h.Distance)
	// Output:
	// 92% of the prior lies farther than 0.14 from every code
}

// A decoder that fades from one grey to another, and one that switches.
func ExampleFindJumps() {
	fade := func(codes [][]float64) ([]*image.Gray, error) {
		return paintAll(codes, func(z float64) float64 { return z }), nil
	}
	flip := func(codes [][]float64) ([]*image.Gray, error) { return paintAll(codes, math.Round), nil }
	for _, decode := range []measure.Decoder{fade, flip} {
		j, _ := measure.FindJumps(decode, [][]float64{{0}, {1}}, [][]float64{{1}, {0}}, 10)
		fmt.Printf("largest step: %.1f of the way\n", j.Leap.Value)
	}
	// Output:
	// largest step: 0.1 of the way
	// largest step: 1.0 of the way
}

func paintAll(codes [][]float64, f func(z float64) float64) []*image.Gray {
	var list []*image.Gray
	for _, z := range codes {
		list = append(list, gray(1, uint8(math.Round(250*f(z[0])))))
	}
	return list
}

func ExampleBhattacharyya() {
	a := kl.Diagonal{Mu: []float64{0}, Sigma: []float64{1}}
	b := kl.Diagonal{Mu: []float64{2}, Sigma: []float64{1}}
	overlap, _ := measure.Bhattacharyya(a, b)
	fmt.Printf("%.2f\n", overlap)
	// Output: 0.61
}

// Two kinds of image, told apart by the first number of the code and not by the second.
func ExampleSplitKL() {
	var posteriors []kl.Diagonal
	for i := range 2000 {
		side := float64(2*(i%2) - 1)
		posteriors = append(posteriors, kl.Diagonal{Mu: []float64{3 * side, 0}, Sigma: []float64{0.5, 1}})
	}
	s, _ := measure.SplitKL(posteriors, 2000, 1)
	fmt.Printf("KL %.2f = information %.2f + marginal %.2f (log 2 = %.2f)\n", s.KL.Value, s.Information.Value, s.Marginal.Value, math.Ln2)
	// Output:
	// KL 4.82 = information 0.69 + marginal 4.10 (log 2 = 0.69)
}

func ExampleActiveUnits() {
	active, variance, _ := measure.ActiveUnits([][]float64{{-1, 0.01}, {0, 0}, {1, -0.01}})
	fmt.Printf("%d active; variances %.4f\n", active, variance)
	// Output: 1 active; variances [1.0000 0.0001]
}

// Two kinds of image, told apart by both numbers of the code alike: each knows it, so log 2 nats are told twice.
func ExampleDecomposeKL() {
	var posteriors []kl.Diagonal
	for i := range 2000 {
		side := float64(2*(i%2) - 1)
		posteriors = append(posteriors, kl.Diagonal{Mu: []float64{3 * side, 3 * side}, Sigma: []float64{0.5, 0.5}})
	}
	d, _ := measure.DecomposeKL(posteriors, 2000, 1)
	fmt.Printf("KL %.2f = information %.2f + total correlation %.2f + each dimension by itself %.2f\n",
		d.KL.Value, d.Information.Value, d.TotalCorrelation.Value, d.DimensionWise.Value)
	// Output:
	// KL 9.64 = information 0.69 + total correlation 0.69 + each dimension by itself 8.24
}

// A collapsed encoder: nothing is told, to nobody. A batch's weighted estimate says otherwise, and it is all log 60,000.
func ExampleMinibatchWeighted() {
	batch := make([]kl.Diagonal, 64)
	for i := range batch {
		batch[i] = kl.StandardDiagonal(16)
	}
	d, _ := measure.MinibatchWeighted(batch, 60_000, 1)
	fmt.Printf("information %.1f, total correlation %.1f, each dimension by itself %.1f: %.1f in all\n",
		d.Information.Value, d.TotalCorrelation.Value, d.DimensionWise.Value, d.KL.Value)
	// Output:
	// information 11.0, total correlation 165.0, each dimension by itself -176.0: 0.0 in all
}

func ExampleGaussian_TotalCorrelation() {
	g, _ := measure.FitGaussian([][]float64{{-1, -2}, {0, 1}, {1, 1}, {2, 4}})
	rho := g.Covariance.At(0, 1) / math.Sqrt(g.Covariance.At(0, 0)*g.Covariance.At(1, 1))
	nats, _ := g.TotalCorrelation()
	fmt.Printf("a correlation of %.2f is %.2f nats = -½ log(1 - %.2f²) = %.2f\n", rho, nats, rho, -0.5*math.Log(1-rho*rho))
	// Output: a correlation of 0.95 is 1.15 nats = -½ log(1 - 0.95²) = 1.15
}
