package exact_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	"vaelab/vaelib/exact"
)

// lossFrom is L as a function of what a general optimiser may choose: the decoder's W, the encoder's A and log v, with the
// images' mean taken out, and log σ unless it is fixed. It is written from the covariance, not from the images, and
// knows nothing of eigenvectors:
//
//	E‖x − W A x‖² = tr((I − WA) S (I − WA)ᵀ) and E Σ μ_j² = tr(A S Aᵀ)
func lossFrom(s *mat.SymDense, latent int, weight, fixed float64) func(x []float64) float64 {
	d := s.SymmetricDim()
	return func(x []float64) float64 {
		w, a := mat.NewDense(d, latent, x[:d*latent]), mat.NewDense(latent, d, x[d*latent:2*d*latent])
		logVar := x[2*d*latent : 2*d*latent+latent]
		sigma := fixed
		if fixed == 0 {
			sigma = math.Exp(x[2*d*latent+latent])
		}
		var off, spread, product mat.Dense
		off.Mul(w, a)
		off.Scale(-1, &off)
		for i := range d {
			off.Set(i, i, off.At(i, i)+1)
		}
		product.Mul(&off, s)
		spread.Mul(&product, off.T())
		squares := mat.Trace(&spread)
		var as, asa mat.Dense
		as.Mul(a, s)
		asa.Mul(&as, a.T())
		kl := mat.Trace(&asa)
		for j, l := range logVar {
			column := mat.Col(nil, j, w)
			squares += math.Exp(l) * floats.Dot(column, column)
			kl += math.Exp(l) - 1 - l
		}
		return float64(d)/2*math.Log(2*math.Pi*sigma*sigma) + squares/(2*sigma*sigma) + weight*kl/2
	}
}

// A general optimiser that starts anywhere finds no lower loss, and finds the closed form's.
func TestNoOptimiserFindsBetter(t *testing.T) {
	const d, latent = 5, 3
	rng := rand.New(rand.NewPCG(11, 0))
	root := mat.NewDense(d, d, nil)
	for i := range d {
		for j := range d {
			root.Set(i, j, rng.NormFloat64()*[]float64{1, 0.7, 0.5, 0.3, 0.2}[j])
		}
	}
	s := mat.NewSymDense(d, nil)
	s.SymOuterK(1, root)
	p, err := exact.FromCovariance(make([]float64, d), s)
	if err != nil {
		t.Fatal(err)
	}
	for _, weight := range []float64{0.25, 1, 1.3, 4} {
		for _, sigma := range []float64{0.5, 0} { // 0: learned
			o, err := p.Best(latent, sigma, weight)
			numbers := 2*d*latent + latent
			if sigma == 0 {
				o, err = p.BestSigma(latent, weight)
				numbers++
			}
			if err != nil {
				t.Fatal(err)
			}
			loss := lossFrom(s, latent, weight, sigma)
			found := math.Inf(1)
			for range 4 {
				start := make([]float64, numbers)
				for i := range start {
					start[i] = 0.5 * rng.NormFloat64()
				}
				result, _ := optimize.Minimize(optimize.Problem{Func: loss, Grad: slope(loss)}, start,
					&optimize.Settings{MajorIterations: 400}, &optimize.BFGS{})
				if result.F < o.Loss-1e-7 {
					t.Errorf("weight %v, σ %v: the optimiser finds %v, below the optimum %v", weight, sigma, result.F, o.Loss)
				}
				found = min(found, result.F)
			}
			near(t, "the best that was found", found, o.Loss, 1e-5)
		}
	}
}

// slope is the gradient by central differences.
func slope(f func([]float64) float64) func(grad, x []float64) {
	return func(grad, x []float64) {
		at := slices.Clone(x)
		for i := range x {
			const h = 1e-5
			at[i] = x[i] + h
			up := f(at)
			at[i] = x[i] - h
			grad[i] = (up - f(at)) / (2 * h)
			at[i] = x[i]
		}
	}
}
