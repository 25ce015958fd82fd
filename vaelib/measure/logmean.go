package measure

import "math"

// LogMean is log((1/n) Σ eˣ) of numbers x that come one by one: the log of a mean weight, from log-weights whose own
// exponentials would be 0 or infinite (e⁻²⁵⁰ is too small for a float32, e⁻⁸⁰⁰ for a float64). It keeps the largest x
// and the sums of eˣ and e²ˣ divided by that one's, so n numbers need the room of three. The zero LogMean has seen none.
// [LogMean.Add] changes it, so nobody else may use it meanwhile.
type LogMean struct {
	n            int
	top          float64 // the largest x
	sum, squares float64 // Σ exp(x − top), Σ exp(2(x − top)); at least 1 from the first weight above 0 on
}

// Add takes one more number. −Inf is a weight of 0; NaN and +Inf make the mean NaN.
func (m *LogMean) Add(x float64) {
	m.n++
	switch {
	case math.IsInf(x, -1):
	case m.sum == 0:
		m.top, m.sum, m.squares = x, 1, 1
	case x > m.top:
		f := math.Exp(m.top - x)
		m.top, m.sum, m.squares = x, m.sum*f+1, m.squares*f*f+1
	default:
		w := math.Exp(x - m.top)
		m.sum += w
		m.squares += w * w
	}
	if math.IsInf(x, 1) {
		m.top = math.NaN()
	}
}

// N is how many numbers there were.
func (m LogMean) N() int { return m.n }

// Value is log((1/n) Σ eˣ): −Inf if every weight is 0, NaN if there was none.
func (m LogMean) Value() float64 {
	if m.n == 0 {
		return math.NaN()
	}
	return m.top + math.Log(m.sum/float64(m.n)) // log 0 where every weight is
}

// ESS is the effective sample size (Σw)²/Σw² (A. Kong 1992): how many equal weights would be worth the same.
func (m LogMean) ESS() float64 {
	if m.sum == 0 {
		return 0
	}
	return m.sum / m.squares * m.sum
}

// StdErr is about the standard error of Value, by the delta method: the mean weight's own, divided by the mean weight,
//
//	s/(w̄√n) = √((n/ESS − 1)/(n − 1)).
//
// It holds where it comes out small. A weight that was never drawn is not in it: with an ESS of a few it says nothing.
func (m LogMean) StdErr() float64 {
	n := float64(m.n)
	return math.Sqrt(max(0, n/m.ESS()-1) / (n - 1))
}
