package kl

import (
	"math"

	"vaelab/vaelib/words"
)

// Estimate is a mean over samples, in nats where the terms are. The zero Estimate has no samples: [Estimate.Agrees] refuses
// it.
type Estimate struct {
	Value  float64 // the mean
	StdErr float64 // its standard error: how far off such a mean typically is, s/√N
	N      int     // the number of samples
	// ESS is the effective sample size (Σw)²/Σw² (Kong 1992): how many equally weighted samples would be worth the
	// same. Without weights it is N.
	ESS float64
}

// moments are the count, the mean and the sum of squared deviations of numbers seen so far, and the sums of their
// weights. They are kept without a list of the numbers, and without the cancellation of Σx² − (Σx)²/n
// (Welford 1962; two sets are combined by Chan, Golub and LeVeque 1979).
type moments struct {
	n               int
	mean, m2        float64
	weight, weight2 float64
	bad             float64 // the first sum that was ±Inf or NaN
}

// momentsOf sums up a block: first the mean, then the deviations from it. Four sums run side by side, since one
// addition would wait for another.
func momentsOf(x []float64) moments {
	m := moments{n: len(x)}
	var a, b, c, d float64
	i := 0
	for ; i+4 <= len(x); i += 4 {
		a, b, c, d = a+x[i], b+x[i+1], c+x[i+2], d+x[i+3]
	}
	for ; i < len(x); i++ {
		a += x[i]
	}
	m.mean = (a + b + c + d) / float64(len(x))
	if math.IsNaN(m.mean) || math.IsInf(m.mean, 0) {
		m.bad = m.mean
		return m
	}
	a, b, c, d = 0, 0, 0, 0
	for i = 0; i+4 <= len(x); i += 4 {
		e, f, g, h := x[i]-m.mean, x[i+1]-m.mean, x[i+2]-m.mean, x[i+3]-m.mean
		a, b, c, d = a+e*e, b+f*f, c+g*g, d+h*h
	}
	for ; i < len(x); i++ {
		e := x[i] - m.mean
		a += e * e
	}
	m.m2 = a + b + c + d
	return m
}

// sumsOf gives Σw and Σw².
func sumsOf(w []float64) (sum, squares float64) {
	var a, b, c, d, a2, b2, c2, d2 float64
	for ; len(w) >= 4; w = w[4:] {
		a, b, c, d = a+w[0], b+w[1], c+w[2], d+w[3]
		a2, b2, c2, d2 = a2+w[0]*w[0], b2+w[1]*w[1], c2+w[2]*w[2], d2+w[3]*w[3]
	}
	for _, w := range w {
		a += w
		a2 += w * w
	}
	return a + b + c + d, a2 + b2 + c2 + d2
}

// add puts another set to this one.
func (m *moments) add(o moments) {
	switch {
	case o.n == 0 || m.bad != 0:
		return
	case m.n == 0 || o.bad != 0:
		*m = o
		return
	}
	n := float64(m.n + o.n)
	delta := o.mean - m.mean
	m.mean += delta * float64(o.n) / n
	m.m2 += o.m2 + delta*delta*float64(m.n)*float64(o.n)/n
	m.n += o.n
	m.weight += o.weight
	m.weight2 += o.weight2
}

func (m moments) estimate(weighted bool) (Estimate, error) {
	switch {
	case math.IsInf(m.bad, 1):
		return Estimate{}, ErrInfinite
	case m.bad != 0:
		return Estimate{}, words.Errorf("a sample gave no finite number: check the densities' parameters and where they are 0")
	}
	e := Estimate{Value: m.mean, StdErr: math.Sqrt(m.m2 / float64(m.n-1) / float64(m.n)), N: m.n, ESS: float64(m.n)}
	if weighted {
		e.ESS = m.weight / m.weight2 * m.weight
		if m.weight == 0 {
			return Estimate{}, words.Errorf("every weight is 0: no sample of the proposal falls where q has density")
		}
	}
	if _, err := notOverflown(e.Value, e.StdErr, e.ESS); err != nil {
		return Estimate{}, words.Errorf("the terms or weights are too large for a float64: sample from a proposal that covers q")
	}
	return e, nil
}
