package measure

import (
	"math"

	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/mathext"
)

// Spacing is how far apart draws from N(0, I) lie: the distance t such that a new draw lies farther than t from every one of
// n earlier draws with the probability far.
//
// No sampling is needed. A new draw z at the distance ρ from the origin has |c − z|² ~ χ²(dim, ρ²), a noncentral
// chi-square, for each earlier draw c; all n are farther than t with probability (1 − F(t²; dim, ρ²))ⁿ; and ρ itself
// has the chi distribution:
//
//	far = ∫ (1 − F(t²; dim, ρ²))ⁿ χ(ρ; dim) dρ,
//
// which is solved for t. It falls like n^(−1/dim): fast in 2 dimensions, where more codes soon lie close together,
// and hardly at all in 16.
func Spacing(n, dim int, far float64) (float64, error) {
	switch {
	case n < 1:
		return 0, words.Errorf("n is %d: at least 1 draw is needed to be far from", n)
	case dim < 1:
		return 0, words.Errorf("dim is %d: at least 1 dimension is needed", dim)
	case dim > 1<<20:
		return 0, words.Errorf("dim is %d: the limit is %d dimensions", dim, 1<<20)
	case !(far > 0 && far < 1):
		return 0, words.Errorf("far is %v: it is a share between 0 and 1", far)
	}
	s := newShells(dim)
	low, high := 0.0, 1.0
	for s.alone(high, n) > far {
		low, high = high, 2*high
	}
	for high-low > 1e-10*high {
		middle := (low + high) / 2
		if s.alone(middle, n) > far {
			low = middle
		} else {
			high = middle
		}
	}
	return high, nil
}

// shells are the distances from the origin at which draws of N(0, I) lie: nodes of a Gauss–Legendre rule, each with
// its part of the mass.
type shells struct {
	dim     int
	mass    []float64
	poisson [][]float64 // for the shell at ρ, Poisson(j; ρ²/2) for j = 0, 1, …
}

func newShells(dim int) shells {
	const nodes = 200
	d := float64(dim)
	radius, weight := make([]float64, nodes), make([]float64, nodes)
	// Beyond 9 from √dim, where the distances gather with a spread of less than 1, lies no mass to speak of.
	first, last := max(0, math.Sqrt(d)-9), math.Sqrt(d)+9
	quad.Legendre{}.FixedLocations(radius, weight, first, last)
	s := shells{dim: dim, mass: weight, poisson: make([][]float64, nodes)}
	half := logGamma(d / 2)
	mean := last * last / 2
	terms := int(mean + 12*math.Sqrt(mean) + 40) // the rest is below the last digit
	for i, r := range radius {
		s.mass[i] *= math.Exp((d-1)*math.Log(r) - r*r/2 - (d/2-1)*math.Ln2 - half)
		s.poisson[i] = make([]float64, terms)
		for j := range terms {
			s.poisson[i][j] = math.Exp(float64(j)*math.Log(r*r/2) - r*r/2 - logGamma(float64(j)+1))
		}
	}
	return s
}

// alone is the share of draws with none of n others within t. For a draw at ρ, another is within t with probability
//
//	F(t²; dim, ρ²) = Σⱼ Poisson(j; ρ²/2) P(dim/2 + j, t²/2),
//
// the noncentral chi-square as a mixture of central ones; P is the regularised lower incomplete gamma function. P is
// followed downwards by P(a, x) = P(a+1, x) + xᵃe⁻ˣ/Γ(a+1): only sums of positive terms, so that even a tiny
// probability keeps its digits.
func (s shells) alone(t float64, n int) float64 {
	x, a := t*t/2, float64(s.dim)/2
	within := make([]float64, len(s.poisson[0]))
	p := mathext.GammaIncReg(a+float64(len(within)), x)
	for j := len(within) - 1; j >= 0; j-- {
		k := a + float64(j)
		p += math.Exp(k*math.Log(x) - x - logGamma(k+1))
		within[j] = p
	}
	share := 0.0
	for i, mass := range s.mass {
		f := min(floats.Dot(s.poisson[i], within), 1)
		share += mass * math.Exp(float64(n)*math.Log1p(-f))
	}
	return share
}

func logGamma(x float64) float64 {
	l, _ := math.Lgamma(x)
	return l
}
