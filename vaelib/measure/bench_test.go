package measure_test

import (
	"fmt"
	"image"
	"testing"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
)

// The costly ones, at the sizes of the course: 10,000 training and 2,000 test images, 50 features, codes of 16 numbers.
// Run with -cpu 1,2 to see what more cores bring.

func BenchmarkNewPCA(b *testing.B) {
	images := sample(b).Train
	for b.Loop() {
		must[*measure.PCA](b)(measure.NewPCA(images, measure.Features))
	}
}

func BenchmarkPCAFeatures(b *testing.B) {
	images := sample(b).Train
	p := must[*measure.PCA](b)(measure.NewPCA(images.First(200), measure.Features))
	b.ResetTimer()
	for b.Loop() {
		must[[][]float64](b)(p.Features(images))
	}
}

// Real features on one side, and on the other those of a model that loses detail: PCA with 8 directions.
func BenchmarkPrecisionRecall(b *testing.B) {
	set := sample(b)
	p := must[*measure.PCA](b)(measure.NewPCA(set.Train.First(1000), measure.Features))
	real := must[[][]float64](b)(p.Features(set.Train))
	eight := must[[][]float64](b)(p.Features(set.Test))
	for i := range eight {
		eight[i] = eight[i][:8]
	}
	painted := measure.Pictures(must[[]*image.Gray](b)(p.Restore(eight)))
	generated := must[[][]float64](b)(p.Features(painted))
	for _, n := range []int{2000, 10_000} {
		b.Run(fmt.Sprintf("%d×%d", n, len(generated)), func(b *testing.B) {
			for b.Loop() {
				precision, recall, err := measure.PrecisionRecall(real[:n], generated, measure.Neighbours)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(precision, "precision")
				b.ReportMetric(recall, "recall")
			}
		})
	}
}

func BenchmarkFrechetOf(b *testing.B) {
	real, generated := normal(1, 2000, measure.Features, 0, 1), normal(2, 2000, measure.Features, 0.1, 1)
	for b.Loop() {
		must[float64](b)(measure.FrechetOf(real, generated))
	}
}

func BenchmarkFindHoles(b *testing.B) {
	for _, dim := range []int{2, 16} {
		for _, n := range []int{2000, 10_000} {
			codes := normal(1, n, dim, 0, 1)
			b.Run(fmt.Sprintf("%d×2000/dim=%d", n, dim), func(b *testing.B) {
				for b.Loop() {
					must[measure.Holes](b)(measure.FindHoles(codes, 2000, 1))
				}
			})
		}
	}
}

func BenchmarkSpacing(b *testing.B) {
	for b.Loop() {
		must[float64](b)(measure.Spacing(10_000, 16, measure.FarShare))
	}
}

func vae(n, dim int) []kl.Diagonal {
	sigma := make([]float64, dim)
	for j := range sigma {
		sigma[j] = 0.3
	}
	list := make([]kl.Diagonal, n)
	for i, mean := range normal(1, n, dim, 0, 0.95) {
		list[i] = kl.Diagonal{Mu: mean, Sigma: sigma}
	}
	return list
}

func BenchmarkSplitKL(b *testing.B) {
	for _, dim := range []int{2, 16} {
		for _, n := range []int{2000, 10_000} {
			posteriors := vae(n, dim)
			b.Run(fmt.Sprintf("%d×2000/dim=%d", n, dim), func(b *testing.B) {
				for b.Loop() {
					must[measure.KLSplit](b)(measure.SplitKL(posteriors, 2000, 1))
				}
			})
		}
	}
}

func BenchmarkOverlaps(b *testing.B) {
	posteriors := vae(2000, 16)
	for b.Loop() {
		must[[]float64](b)(measure.Overlaps(posteriors))
	}
}

func BenchmarkDecomposeKL(b *testing.B) {
	posteriors := vae(2000, 16)
	for b.Loop() {
		must[measure.Decomposition](b)(measure.DecomposeKL(posteriors, 2000, 1))
	}
}

// Ten heaps that lie in each other, and ten components: as many as there are classes, at the size of the course's codes.
func BenchmarkFitMixture(b *testing.B) {
	rows := normal(1, 10_000, 16, 0, 1)
	centres := normal(2, 10, 16, 0, 1)
	for i := range rows {
		for j, c := range centres[i%len(centres)] {
			rows[i][j] = c + 0.7*rows[i][j]
		}
	}
	for b.Loop() {
		must[measure.Mixture](b)(measure.FitMixture(rows, 10, 1))
	}
}
