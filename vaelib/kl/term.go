package kl

import (
	"fmt"
	"math"

	"vaelab/vaelib/words"
)

// Term is one of three ways to make D_KL(q ‖ p) a mean over draws x ~ q, by J. Schulman's names ("Approximating KL
// Divergence", 2020). With r = p(x)/q(x):
//
//	K1  −log r           its mean is the divergence; single terms can be negative
//	K2  ½ (log r)²       never negative; its mean is another number, near the divergence where q is near p
//	K3  (r − 1) − log r  never negative, and its mean is the divergence
//
// That a term has the right mean doesn't say that its slope has: see [Term.Slope].
type Term int

const (
	K1 Term = iota + 1
	K2
	K3
)

// String is the term's name, k1 … k3.
func (k Term) String() string { return fmt.Sprintf("k%d", int(k)) }

// Validate reports a number that is none of the three.
func (k Term) Validate() error {
	if k < K1 || k > K3 {
		return words.Errorf("the term is %d: write kl.K1, kl.K2 or kl.K3", int(k))
	}
	return nil
}

// Estimator is the mean of the terms over x ~ q: [LogRatio] for K1, [HalfSquare] for K2, [LowVariance] for K3.
func (k Term) Estimator(q Sampler, p Density) Estimator {
	switch k {
	case K1:
		return LogRatio(q, p)
	case K2:
		return HalfSquare(q, p)
	case K3:
		return LowVariance(q, p)
	}
	return Estimator{err: k.Validate()}
}

// HalfSquare is the mean of ½(log q(x) − log p(x))² over x ~ q. Its expectation is not the divergence: for two normal
// distributions of equal spread it is D + ½D². For q near p the two agree, since (log q/p)² and twice the divergence then
// are the same quadratic form of the small difference. (k2 in J. Schulman, "Approximating KL Divergence", 2020.)
func HalfSquare(q Sampler, p Density) Estimator {
	r := newRatios(q, p)
	ratio := r.log(q, p, nats)
	return Estimator{from: r.draws(), err: check(q, p), terms: func(b *block) {
		ratio(b.term, b.spare, b.x)
		for i, l := range b.term {
			b.term[i] = 0.5 * l * l
		}
	}}
}

// Mean is the terms' expectation over x ~ q, in nats: q.KL(p) for K1 and K3. For K2, with log q/p = c₀ + c₁ε + c₂ε² and
// ε ~ N(0, 1), it is ½ E(log q/p)² = ½((c₀ + c₂)² + c₁² + 2c₂²); the divergence is c₀ + c₂.
func (k Term) Mean(q, p Normal) (float64, error) {
	if err := k.Validate(); err != nil {
		return 0, err
	}
	d, err := q.KL(p)
	if err != nil || k != K2 {
		return d, err
	}
	c := quadraticOf(q, q, p)
	return notOverflown(0.5 * (d*d + c.c1*c.c1 + 2*c.c2*c.c2))
}

// Deviation is the standard deviation of a single term over x ~ q, in nats: √n times the standard error of a mean of n. With
// L = log q/p = c₀ + c₁ε + c₂ε², R = σq/σp and w = 2R² − 1 its square is
//
//	K1  Var L = c₁² + 2c₂²
//	K2  Var ½L², from the moments of ε up to the eighth
//	K3  Var(r + L) = E r² − 1 + Var L − 2(D(q ‖ p) + D(p ‖ q)),   E r² = R²/√w · exp(((μq − μp)/σp)²/w)
//
// K3's is +Inf where σq² ≤ ½σp², and E r² with it: the standard error of such a mean is printed, and means nothing. Where q
// is nearly p, K3's is a small difference of larger numbers, good to about 10⁻⁸ nats.
func (k Term) Deviation(q, p Normal) (float64, error) {
	if err := k.Validate(); err != nil {
		return 0, err
	}
	forth, err := q.KL(p)
	if err != nil {
		return 0, err
	}
	c := quadraticOf(q, q, p)
	variance := c.c1*c.c1 + 2*c.c2*c.c2
	switch k {
	case K2:
		// ½L² = Σ aᵢεⁱ; the mean is taken off first.
		a := [...]float64{0.5 * c.c0 * c.c0, c.c0 * c.c1, 0.5*c.c1*c.c1 + c.c0*c.c2, c.c1 * c.c2, 0.5 * c.c2 * c.c2}
		a[0] -= a[0] + a[2] + 3*a[4]
		moments := [...]float64{1, 0, 1, 0, 3, 0, 15, 0, 105}
		variance = 0
		for i := range a {
			for j := range a {
				variance += a[i] * a[j] * moments[i+j]
			}
		}
	case K3:
		back, err := p.KL(q)
		if err != nil {
			return 0, err
		}
		r, d := q.Sigma/p.Sigma, (q.Mu-p.Mu)/p.Sigma
		w := 2*r*r - 1
		if w <= 0 {
			return math.Inf(1), nil
		}
		variance += math.Expm1(d*d/w+2*math.Log(r)-0.5*math.Log(w)) - 2*(forth+back)
	}
	return notOverflown(math.Sqrt(max(variance, 0)))
}

// NegativeShare is the share of K1's terms that are negative, P(log q(x) < log p(x)) for x ~ q: how often a single draw says that
// the divergence is below 0. It goes to ½ as q comes near p by its mean alone, and is 0 for q = p, where every term is 0. With
// log q/p = c₀ + c₁ε + c₂ε² it is the normal distribution's mass between that parabola's zeros, or outside them; in absolute terms
// it is exact to about 10⁻¹⁵, unless the two differ by no more than rounding.
func NegativeShare(q, p Normal) (float64, error) {
	if _, err := q.KL(p); err != nil {
		return 0, err
	}
	c := quadraticOf(q, q, p)
	below := func(e float64) float64 { return 0.5 * math.Erfc(-e/math.Sqrt2) } // Φ
	if c.c2 == 0 {
		if c.c1 == 0 {
			return 0, nil
		}
		return below(-c.c0 / math.Abs(c.c1)), nil
	}
	size := max(math.Abs(c.c0), math.Abs(c.c1), math.Abs(c.c2)) // else a square may overflow, or come out as 0
	c = quadratic{c.c0 / size, c.c1 / size, c.c2 / size}
	inside := c.c1*c.c1 - 4*c.c2*c.c0
	if inside <= 0 { // the parabola doesn't reach below 0; above it, it must, since its mean is a divergence
		return 0, nil
	}
	half := -0.5 * (c.c1 + math.Copysign(math.Sqrt(inside), c.c1))
	low, high := half/c.c2, c.c0/half
	if low > high {
		low, high = high, low
	}
	if c.c2 > 0 {
		return max(0, below(high)-below(low)), nil
	}
	return below(low) + below(-high), nil
}
