package measure_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
)

// decompose checks what holds of every decomposition: the parts add up, and SplitKL says the same.
func decompose(t *testing.T, posteriors []kl.Diagonal, images int) measure.Decomposition {
	t.Helper()
	d := must[measure.Decomposition](t)(measure.DecomposeKL(posteriors, images, 1))
	if s := split(t, posteriors, images); s != d.KLSplit {
		t.Errorf("SplitKL says %v, DecomposeKL %v", s, d.KLSplit)
	}
	near(t, "MI + TC + dimension-wise", d.Information.Value+d.TotalCorrelation.Value+d.DimensionWise.Value, d.KL.Value+d.Residual.Value, 1e-9)
	near(t, "TC + dimension-wise", d.TotalCorrelation.Value+d.DimensionWise.Value, d.Marginal.Value, 1e-9)
	sum := 0.0
	for _, one := range d.ByDimension {
		sum += one.Value
	}
	near(t, "all dimensions", sum, d.DimensionWise.Value, 1e-9)
	return d
}

// cloud gives n posteriors whose means are drawn from N(0, C) and whose spreads are all alike: their aggregate is N(0, C + diag σ²).
func cloud(t *testing.T, n int, c *mat.SymDense, sigma []float64) (list []kl.Diagonal, aggregate measure.Gaussian) {
	g := measure.Gaussian{Mean: make([]float64, len(sigma)), Covariance: c}
	for _, mean := range must[[][]float64](t)(g.Sample(n, 5)) {
		list = append(list, kl.Diagonal{Mu: mean, Sigma: sigma})
	}
	aggregate = measure.Gaussian{Mean: g.Mean, Covariance: mat.NewSymDense(len(sigma), nil)}
	aggregate.Covariance.CopySym(c)
	for j, s := range sigma {
		aggregate.Covariance.SetSym(j, j, c.At(j, j)+s*s)
	}
	return list, aggregate
}

func TestDecompositionOfAGaussian(t *testing.T) {
	c := mat.NewSymDense(3, []float64{0.8, 0.6, -0.2, 0.6, 0.7, 0, -0.2, 0, 0.3})
	sigma := []float64{0.5, 0.6, 0.7}
	list, aggregate := cloud(t, 2000, c, sigma)
	correlation := must[float64](t)(aggregate.TotalCorrelation())
	dimensions, information := 0.0, 0.0
	for j, s := range sigma {
		own := must[float64](t)(kl.Normal{Sigma: math.Sqrt(aggregate.Covariance.At(j, j))}.KL(kl.Standard))
		dimensions += own
		information -= math.Log(s)
	}
	logDet, _ := mat.LogDet(aggregate.Covariance)
	information += 0.5 * logDet
	d := decompose(t, list, len(list))
	agrees(t, "information", d.Information, information)
	agrees(t, "total correlation", d.TotalCorrelation, correlation)
	agrees(t, "dimension-wise", d.DimensionWise, dimensions)
	agrees(t, "mean KL", d.KL, information+correlation+dimensions)
	for j, one := range d.ByDimension {
		agrees(t, "a dimension", one, must[float64](t)(kl.Normal{Sigma: math.Sqrt(aggregate.Covariance.At(j, j))}.KL(kl.Standard)))
	}
	if d.TotalCorrelation.StdErr > 0.025 || correlation < 0.2 {
		t.Errorf("%v of %v: too uncertain to tell anything", d.TotalCorrelation, correlation)
	}
	few := decompose(t, list, 500)
	agrees(t, "total correlation by 500 images", few.TotalCorrelation, correlation)
	agrees(t, "dimension-wise by 500 images", few.DimensionWise, dimensions)
}

// byHand computes the parts from every log-density, by gonum's log-sum-exp; own and marginal weights are 1/divisor.
func byHand(posteriors []kl.Diagonal, seed uint64, divisor float64) (information, correlation, dimensions float64) {
	// Draw's stream for place i + 1 is DecomposeKL's for image i.
	codes, _ := measure.Draw(append([]kl.Diagonal{posteriors[0]}, posteriors...), seed)
	for i, z := range codes[1:] {
		joint, sumOfMarginals, prior, own := make([]float64, len(posteriors)), 0.0, 0.0, 0.0
		for j, x := range z {
			one := make([]float64, len(posteriors))
			for m, q := range posteriors {
				one[m] = distuv.Normal{Mu: q.Mu[j], Sigma: q.Sigma[j]}.LogProb(x)
				joint[m] += one[m]
			}
			own += one[i]
			sumOfMarginals += floats.LogSumExp(one) - math.Log(divisor)
			prior += distuv.UnitNormal.LogProb(x)
		}
		all := floats.LogSumExp(joint) - math.Log(divisor)
		information += (own - all) / float64(len(posteriors))
		correlation += (all - sumOfMarginals) / float64(len(posteriors))
		dimensions += (sumOfMarginals - prior) / float64(len(posteriors))
	}
	return information, correlation, dimensions
}

func random3D(n int, seed uint64) (list []kl.Diagonal) {
	rng := rand.New(rand.NewPCG(seed, 4))
	for range n {
		q := kl.StandardDiagonal(3)
		for j := range q.Mu {
			q.Mu[j], q.Sigma[j] = 1.5*rng.NormFloat64(), math.Exp(rng.NormFloat64()-1)
		}
		list = append(list, q)
	}
	return list
}

func TestDecompositionByHand(t *testing.T) {
	list := random3D(40, 1)
	d := decompose(t, list, 40)
	information, correlation, dimensions := byHand(list, 1, 40)
	near(t, "information", d.Information.Value, information, 1e-11)
	near(t, "total correlation", d.TotalCorrelation.Value, correlation, 1e-11)
	near(t, "dimension-wise", d.DimensionWise.Value, dimensions, 1e-11)
}

// The public code's sums, term by term, for a batch of 7 of 60,000; and what they differ by from the batch's own.
func TestMinibatchWeightedByHand(t *testing.T) {
	batch, logN := random3D(7, 2), math.Log(60_000)
	d := must[measure.Decomposition](t)(measure.MinibatchWeighted(batch, 60_000, 1))
	information, correlation, dimensions := byHand(batch, 1, 7*60_000)
	near(t, "information", d.Information.Value, information, 1e-11)
	near(t, "total correlation", d.TotalCorrelation.Value, correlation, 1e-11)
	near(t, "dimension-wise", d.DimensionWise.Value, dimensions, 1e-11)
	near(t, "the sum", d.Information.Value+d.TotalCorrelation.Value+d.DimensionWise.Value, d.KL.Value+d.Residual.Value, 1e-9)
	near(t, "the marginal", d.Marginal.Value, correlation+dimensions, 1e-11)
	plain := decompose(t, batch, 7)
	near(t, "bias of the total correlation", d.TotalCorrelation.Value-plain.TotalCorrelation.Value, 2*logN, 1e-11)
	near(t, "bias of the information", d.Information.Value-plain.Information.Value, logN, 1e-11)
	near(t, "bias of a dimension", d.ByDimension[2].Value-plain.ByDimension[2].Value, -logN, 1e-11)
	if d.TotalCorrelation.StdErr != plain.TotalCorrelation.StdErr {
		t.Error("a constant has changed the standard error")
	}
}

// Two places, told apart by both dimensions alike: both know the one yes-or-no, log 2 nats.
func TestDecompositionOfTwoPlaces(t *testing.T) {
	var list []kl.Diagonal
	for i := range 1200 {
		side := float64(2*(i%2) - 1)
		list = append(list, kl.Diagonal{Mu: []float64{4 * side, 3 * side}, Sigma: []float64{0.5, 0.4}})
	}
	alone := 0.0
	for j := range 2 {
		mixture := kl.Mixture{Weights: []float64{1, 1}, Components: []kl.Normal{list[0].At(j), list[1].At(j)}}
		alone += must[float64](t)(kl.Quadrature(mixture, kl.Standard))
	}
	d := decompose(t, list, 1200)
	near(t, "information", d.Information.Value, math.Ln2, 1e-9)
	near(t, "total correlation", d.TotalCorrelation.Value, math.Ln2, 1e-9)
	agrees(t, "dimension-wise", d.DimensionWise, alone)
}

// What n does. Codes apart in every dimension are at the ceiling: each tells log n, so all but one of those are total correlation,
// though the dimensions have nothing to do with each other. And copies of a yes-or-no lose a little.
func TestBiasOfTotalCorrelation(t *testing.T) {
	var apart []kl.Diagonal
	order := rand.New(rand.NewPCG(1, 2))
	a, b := order.Perm(300), order.Perm(300)
	for i := range 300 {
		apart = append(apart, kl.Diagonal{Mu: []float64{float64(a[i]), float64(b[i]), float64(i)}, Sigma: []float64{1e-3, 1e-3, 1e-3}})
	}
	d := decompose(t, apart, 300)
	near(t, "information at its ceiling", d.Information.Value, math.Log(300), 1e-9)
	near(t, "total correlation of three strangers", d.TotalCorrelation.Value, 2*math.Log(300), 1e-9)

	// Independent dimensions, tight clouds: the truth is 0, and more images come nearer to it, from above. Information rises.
	last := decompose(t, codesOf(cloud(t, 100, identity(3), []float64{0.2, 0.2, 0.2})), 100)
	for _, n := range []int{300, 900} {
		d := decompose(t, codesOf(cloud(t, n, identity(3), []float64{0.2, 0.2, 0.2})), n)
		if !(d.TotalCorrelation.Value > 5*d.TotalCorrelation.StdErr && d.TotalCorrelation.Value < last.TotalCorrelation.Value-0.2 && d.Information.Value > last.Information.Value+0.2) {
			t.Errorf("%d images: %v; fewer: %v", n, d, last)
		}
		last = d
	}

	// Copies: the expected entropy of a share among 8, by the binomial distribution; about log 2 − 1/16.
	want := 0.0
	for k := range 9 {
		share := float64(k) / 8
		want += distuv.Binomial{N: 8, P: 0.5}.Prob(float64(k)) * stat.Entropy([]float64{share, 1 - share})
	}
	var got []float64
	rng := rand.New(rand.NewPCG(6, 6))
	for seed := range uint64(3000) {
		var copies []kl.Diagonal
		for range 8 {
			side := float64(2*rng.IntN(2) - 1)
			copies = append(copies, kl.Diagonal{Mu: []float64{side, side}, Sigma: []float64{1e-3, 1e-3}})
		}
		got = append(got, must[measure.Decomposition](t)(measure.DecomposeKL(copies, 8, seed)).TotalCorrelation.Value)
	}
	agrees(t, "copies", must[kl.Estimate](t)(measure.Mean(got)), want)
	near(t, "copies, about", want, math.Ln2-1./16, 0.01)
}

func codesOf(list []kl.Diagonal, _ measure.Gaussian) []kl.Diagonal { return list }

func identity(n int) *mat.SymDense {
	m := mat.NewSymDense(n, nil)
	for i := range n {
		m.SetSym(i, i, 1)
	}
	return m
}

func TestDecompositionIsSeeded(t *testing.T) {
	list := random3D(300, 3)
	want := decompose(t, list, 200)
	onCores(func(cores int) {
		if got := decompose(t, list, 200); !reflect.DeepEqual(got, want) {
			t.Errorf("on %d cores: %v, want %v", cores, got, want)
		}
	})
	if got := must[measure.Decomposition](t)(measure.DecomposeKL(list, 200, 2)); got.TotalCorrelation == want.TotalCorrelation {
		t.Error("another seed gives the same")
	}
}

// −½ log det R against the divergence from the product of marginals, which kl computes another way.
func TestTotalCorrelationOfGaussians(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	for _, n := range []int{1, 2, 3, 8} {
		g := random(rng, n)
		alone := kl.StandardDiagonal(n)
		copy(alone.Mu, g.Mean)
		for j := range n {
			alone.Sigma[j] = math.Sqrt(g.Covariance.At(j, j))
		}
		full := must[*kl.Full](t)(kl.NewFull(g.Mean, g.Covariance))
		near(t, "total correlation", must[float64](t)(g.TotalCorrelation()), must[float64](t)(full.KL(must[*kl.Full](t)(alone.Full()))), 1e-9)
	}
	pair := measure.Gaussian{Mean: []float64{3, 1}, Covariance: mat.NewSymDense(2, []float64{4, 1.2, 1.2, 1})}
	near(t, "of a pair with ρ = 0.6", must[float64](t)(pair.TotalCorrelation()), -0.5*math.Log(1-0.36), 1e-14)
	near(t, "of strangers", must[float64](t)(diagonal([]float64{0, 0}, 1e-8, 1e8).TotalCorrelation()), 0, 1e-15)
}

func TestDecompositionRefuses(t *testing.T) {
	one := kl.StandardDiagonal(1)
	divide := func(images int, q ...kl.Diagonal) error { _, err := measure.DecomposeKL(q, images, 1); return err }
	weighted := func(n int, q ...kl.Diagonal) error { _, err := measure.MinibatchWeighted(q, n, 1); return err }
	correlation := func(g measure.Gaussian) error { _, err := g.TotalCorrelation(); return err }
	refused(t, []refusal{
		{"1 posteriors: at least 2", divide(1, one)},
		{"images is 3", divide(3, one, one)},
		{"posterior 1 has 2 dimensions", divide(2, one, kl.StandardDiagonal(2))},
		{"too large", divide(2, kl.Diagonal{Mu: []float64{1e200}, Sigma: []float64{1}}, one)},
		{"dataset is 1: it is the number of images", weighted(1, one, one)},
		{"1 posteriors: at least 2", weighted(5, one)},
		{"Mean is empty", correlation(measure.Gaussian{})},
		{"dimension 1 has the variance 0", correlation(diagonal([]float64{0, 0}, 1, 0))},
		{"one dimension follows from the others", correlation(measure.Gaussian{Mean: []float64{0, 0}, Covariance: mat.NewSymDense(2, []float64{1, 2, 2, 4})})},
	})
}
