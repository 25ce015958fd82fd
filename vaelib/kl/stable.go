package kl

import "math"

// spreadPart is ½(r² − 1 − log r²), the price of the ratio of spreads r = σq/σp, given r and t = r − 1.
//
// Near r = 1 its value is about t², while its terms are about 1: the plain formula loses every digit there. With
// log r² = 2 log(1 + t) it is
//
//	½t² + (t − log(1 + t)),
//
// two terms that are never negative, so nothing cancels between them.
func spreadPart(r, t float64) float64 {
	if r < 0.5 || r > 2 {
		return 0.5*(r-1)*(r+1) - math.Log(r)
	}
	return 0.5*t*t + minusLog1p(t)
}

// minusLog1p is t − log(1 + t) ≥ 0 for −½ ≤ t ≤ 1. With x = t/(2 + t), log(1 + t) = 2 atanh x, and so
//
//	t − log(1 + t) = t·x − 2x³(1/3 + x²/5 + x⁴/7 + …),   |x| ≤ 1/3.
func minusLog1p(t float64) float64 {
	x := t / (2 + t)
	x2 := x * x
	series := 0.0
	for k := 33.0; k >= 3; k -= 2 { // (1/3)³⁶ is below the last bit
		series = series*x2 + 1/k
	}
	return t*x - 2*x*x2*series
}

// expMinus is eˢ − 1 − s ≥ 0. Near 0 its value is about ½s², so there it is summed as the series
//
//	s²/2 (1 + s/3 (1 + s/4 (1 + …))).
func expMinus(s float64) float64 {
	if s < -0.5 || s > 0.5 {
		return math.Expm1(s) - s
	}
	series := 1.0
	for _, inverse := range inverses {
		series = 1 + s*inverse*series
	}
	return 0.5 * s * s * series
}

// inverses are 1/k for k = 15 … 3: the next term, 0.5¹⁴·2/16!, is below the last bit.
var inverses = [...]float64{
	1. / 15, 1. / 14, 1. / 13, 1. / 12, 1. / 11, 1. / 10, 1. / 9, 1. / 8, 1. / 7, 1. / 6, 1. / 5, 1. / 4, 1. / 3,
}
