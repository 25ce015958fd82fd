package kl

import (
	"math"

	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/integrate/quad"
)

// Quadrature is D_KL(q ‖ p) by numerical integration of Integrand, in nats: a third witness, beside formula and
// samples, and the first for densities that have no formula. It integrates where q has all but 1 part in 10¹⁵ of its
// mass. ErrInfinite where p is 0 there.
func Quadrature(q Distribution, p Density) (float64, error) {
	return integrate(q, p, func(x float64) float64 { return Integrand(q, p, x) })
}

// Entropy is −E_q[log q] by numerical integration, in nats: how surprising a draw is.
func Entropy(q Distribution) (float64, error) { return CrossEntropy(q, q) }

// CrossEntropy is −E_q[log p] by numerical integration, in nats: how surprising draws of q are to one who expects p.
// D_KL(q ‖ p) = CrossEntropy(q, p) − Entropy(q) is the surprise that the wrong expectation adds.
func CrossEntropy(q Distribution, p Density) (float64, error) {
	return integrate(q, p, func(x float64) float64 {
		logQ := q.LogProb(x)
		if math.IsInf(logQ, -1) {
			return 0
		}
		return -math.Exp(logQ) * p.LogProb(x)
	})
}

// JensenShannon is ½ D_KL(q ‖ m) + ½ D_KL(p ‖ m) with m = ½(q + p), by numerical integration, in nats. Unlike the
// KL divergence it is symmetric, and never above log 2.
func JensenShannon(q, p Distribution) (float64, error) {
	if err := check(q, p); err != nil {
		return 0, err
	}
	m := middle{q, p}
	fromQ, err := Quadrature(q, m)
	if err != nil {
		return 0, err
	}
	fromP, err := Quadrature(p, m)
	return 0.5*fromQ + 0.5*fromP, err
}

// middle is the density ½(a + b).
type middle struct{ a, b Density }

func (m middle) LogProb(x float64) float64 {
	a, b := m.a.LogProb(x), m.b.LogProb(x)
	if a < b {
		a, b = b, a
	}
	if math.IsInf(a, -1) {
		return a
	}
	return a + math.Log1p(math.Exp(b-a)) - math.Ln2
}

// levels are the quantiles between which the integral is taken piece by piece, so that no hump is missed.
var levels = []float64{
	1e-15, 1e-12, 1e-9, 1e-6, 1e-4, 1e-3, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5,
	0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1 - 1e-3, 1 - 1e-4, 1 - 1e-6, 1 - 1e-9, 1 - 1e-12, 1 - 1e-15,
}

// integrate adds up f between the quantiles of q.
func integrate(q Distribution, p Density, f func(x float64) float64) (float64, error) {
	if err := check(q, p); err != nil {
		return 0, err
	}
	in := integral{f: f, pieces: 5_000}
	last := q.Quantile(levels[0])
	for _, u := range levels[1:] {
		x := q.Quantile(u)
		if math.IsNaN(x) || math.IsInf(x, 0) || x < last {
			return 0, words.Errorf("q's quantile at %v is %v: check the parameters of q", u, x)
		}
		if x > last {
			in.add(last, x, in.rule(last, x))
		}
		last = x
	}
	switch {
	case math.IsInf(in.sum, 1):
		return 0, ErrInfinite
	case math.IsNaN(in.sum) || math.IsInf(in.sum, -1):
		return 0, words.Errorf("the densities gave no number: check their parameters")
	case in.off > 1e-6*math.Abs(in.sum)+1e-9:
		return 0, words.Errorf("the integral does not settle: it is %.3g, give or take %.1g", in.sum, in.off)
	}
	return in.sum, nil
}

// integral is a sum over pieces, each by a Gauss–Legendre rule of 15 points.
type integral struct {
	f        func(x float64) float64
	pieces   int     // how many more pieces may be halved
	sum, off float64 // the integral, and how far off it may be
}

func (in *integral) rule(a, b float64) float64 { return quad.Fixed(in.f, a, b, 15, nil, 1) }

// add adds the piece from a to b, halving it until the halves together say what the whole does.
func (in *integral) add(a, b, whole float64) {
	m := a + (b-a)/2
	left, right := in.rule(a, m), in.rule(m, b)
	both := left + right
	off := math.Abs(both - whole)
	if in.pieces == 0 || !(off > 1e-13*(math.Abs(both)+1e-3)) || m <= a || m >= b {
		in.sum += both
		in.off += off
		return
	}
	in.pieces--
	in.add(a, m, left)
	in.add(m, b, right)
}
