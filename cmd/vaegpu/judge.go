package main

import (
	"encoding/json"
	"math"

	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// bounds say how far two computers may be apart. docs/gpu.md has where the numbers come from.
type bounds struct {
	loss    float64 // of the loss
	code    float64 // of the largest code
	picture float64 // levels of grey, of 255
}

// allowed are the bounds. With float32 both computers round each number to 24 bits, but add in another order. With TF32, which is what
// go-xla has a card do in matrix products unless it is told tf32=false, their factors are rounded to 11 bits. And training multiplies
// each difference from step to step: so what the first 27 steps allow would be too little for 234.
func allowed(tf32, short bool) bounds {
	switch {
	case tf32 && short:
		return bounds{1e-3, 2e-3, 3}
	case tf32:
		return bounds{5e-3, 2e-3, 3}
	case short:
		return bounds{1e-5, 1e-4, 1}
	}
	return bounds{2e-3, 1e-4, 1}
}

// gap is how far two results are apart; infinite where they can't be compared, which JSON has no number for.
type gap float64

func (g gap) String() string { return words.Significant(float64(g), 2) }

// MarshalJSON implements json.Marshaler.
func (g gap) MarshalJSON() ([]byte, error) {
	if math.IsInf(float64(g), 0) {
		return json.Marshal("infinite")
	}
	return json.Marshal(float64(g))
}

// lossesApart is how far the terms of two trainings are apart after any epoch, as a share of the loss. What isn't there, or is no
// number, is infinitely far.
func lossesApart(a, b []run.Terms) gap {
	if len(a) != len(b) || len(a) == 0 {
		return gap(math.Inf(1))
	}
	most := 0.0
	for i := range a {
		scale := math.Abs(b[i].Loss)
		for _, d := range []float64{a[i].Loss - b[i].Loss, a[i].Reconstruction - b[i].Reconstruction, a[i].KL - b[i].KL} {
			d = math.Abs(d) / scale
			if math.IsNaN(d) {
				return gap(math.Inf(1))
			}
			most = max(most, d)
		}
	}
	return gap(most)
}

// sameLosses is an error where two trainings are further apart than a bound.
func sameLosses(a, b []run.Terms, bound float64) (apart gap, err error) {
	if apart = lossesApart(a, b); !(float64(apart) <= bound) {
		err = words.Errorf("the test losses are %s of the loss apart, and %s is allowed", apart, words.Significant(bound, 2))
	}
	return apart, err
}

// looksApart are how far two looks at one network are apart: codes as a share of the largest, pictures in levels of grey.
func looksApart(a, b looked) (codes, pictures gap) {
	largest := 0.0
	for _, x := range b.Codes {
		largest = max(largest, math.Abs(x))
	}
	if largest == 0 {
		return gap(math.Inf(1)), 0 // no codes, or dead ones
	}
	return gap(furthest(a.Codes, b.Codes) / largest), gap(furthest(a.Pictures, b.Pictures))
}

// furthest is the largest difference of two lists; infinite where they can't be compared.
func furthest(a, b []float64) float64 {
	if len(a) != len(b) || len(a) == 0 {
		return math.Inf(1)
	}
	most := 0.0
	for i := range a {
		d := math.Abs(a[i] - b[i])
		if math.IsNaN(d) {
			return math.Inf(1)
		}
		most = max(most, d)
	}
	return most
}

// sameLooks is an error where codes or pictures are further apart than allowed.
func sameLooks(a, b looked, most bounds) (codes, pictures gap, err error) {
	codes, pictures = looksApart(a, b)
	switch {
	case !(float64(codes) <= most.code):
		err = words.Errorf("the codes of the same weights are %s of the largest apart, and %s is allowed", codes, words.Significant(most.code, 2))
	case !(float64(pictures) <= most.picture):
		err = words.Errorf("pictures from the same weights are %s levels of grey apart, and %s are allowed", pictures, words.Significant(most.picture, 3))
	}
	return codes, pictures, err
}
