package measure_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distmv"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
)

// linear is a model in which everything is known: z ~ N(0, I), x|z ~ N(Wz, σ²I). W's columns are orthogonal, so the
// exact posterior is a Gaussian with independent dimensions, as a VAE's is.
type linear struct {
	w     *mat.Dense // [pixels, latent]
	sigma float64
	x     [][]float64 // images drawn from the model
}

func newLinear(images int) linear {
	const pixels, latent = 6, 3
	rng := rand.New(rand.NewPCG(8, 8))
	random := mat.NewDense(pixels, latent, nil)
	random.Apply(func(int, int, float64) float64 { return rng.NormFloat64() }, random)
	var qr mat.QR
	qr.Factorize(random)
	var q mat.Dense
	qr.QTo(&q)
	m := linear{w: mat.NewDense(pixels, latent, nil), sigma: 0.6}
	m.w.Mul(q.Slice(0, pixels, 0, latent), mat.NewDiagDense(latent, []float64{2, 1, 0.3}))
	for range images {
		z := []float64{rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64()}
		x := m.mean(z)
		for i := range x {
			x[i] += m.sigma * rng.NormFloat64()
		}
		m.x = append(m.x, x)
	}
	return m
}

// mean is Wz.
func (m linear) mean(z []float64) []float64 {
	rows, _ := m.w.Dims()
	x := make([]float64, rows)
	for i := range x {
		x[i] = floats.Dot(m.w.RawRowView(i), z)
	}
	return x
}

// density is log N(x; mean, W diag(variance) Wᵀ + σ²I), by gonum.
func (m linear) density(t testing.TB, x, mean, variance []float64) float64 {
	t.Helper()
	var half, full mat.Dense
	half.Mul(m.w, mat.NewDiagDense(len(variance), variance))
	full.Mul(&half, m.w.T())
	n := len(x)
	s := mat.NewSymDense(n, nil)
	for i := range n {
		for j := range i + 1 {
			s.SetSym(i, j, full.At(i, j))
		}
		s.SetSym(i, i, full.At(i, i)+m.sigma*m.sigma)
	}
	normal, ok := distmv.NewNormal(mean, s, nil)
	if !ok {
		t.Fatal("no covariance")
	}
	return normal.LogProb(x)
}

// logP is the exact log p(x).
func (m linear) logP(t testing.TB, x []float64) float64 {
	return m.density(t, x, make([]float64, len(x)), []float64{1, 1, 1})
}

// posterior is the exact p(z|x).
func (m linear) posterior(x []float64) kl.Diagonal {
	q := kl.StandardDiagonal(3)
	for j := range 3 {
		column := mat.Col(nil, j, m.w)
		dot, norm := 0.0, 0.0
		for i, w := range column {
			dot, norm = dot+w*x[i], norm+w*w
		}
		precision := 1 + norm/(m.sigma*m.sigma)
		q.Mu[j], q.Sigma[j] = dot/(m.sigma*m.sigma)/precision, 1/math.Sqrt(precision)
	}
	return q
}

// spoilt is a poor posterior: too wide in every dimension, and off.
func (m linear) spoilt(x []float64) kl.Diagonal {
	q := m.posterior(x)
	for j := range q.Mu {
		q.Mu[j] += 0.5 * q.Sigma[j]
		q.Sigma[j] *= 1.3
	}
	return q
}

func (m linear) posteriors(of func([]float64) kl.Diagonal) (list []kl.Diagonal) {
	for _, x := range m.x {
		list = append(list, of(x))
	}
	return list
}

func (m linear) likelihood(first int, codes [][][]float64) ([][]float64, error) {
	out := make([][]float64, len(codes))
	for i, draws := range codes {
		x := m.x[first+i]
		for _, z := range draws {
			sum := -float64(len(x)) * (math.Log(m.sigma) + 0.5*math.Log(2*math.Pi))
			for j, mean := range m.mean(z) {
				u := (x[j] - mean) / m.sigma
				sum -= 0.5 * u * u
			}
			out[i] = append(out[i], sum)
		}
	}
	return out, nil
}

func (m linear) bounds(t testing.TB, of func([]float64) kl.Diagonal, o measure.BoundOptions) measure.Bounds {
	t.Helper()
	return must[measure.Bounds](t)(measure.ImportanceBounds(m.posteriors(of), m.likelihood, o))
}
