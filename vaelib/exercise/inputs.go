package exercise

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"vaelab/vaelib/check"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

// muSigma is the input (μ, σ).
func muSigma(mu, sigma float64) check.Point[func(mu, sigma float64) float64] {
	return check.Point[func(mu, sigma float64) float64]{
		Input: fmt.Sprintf("μ = %s, σ = %s", words.Number(mu), words.Number(sigma)),
		Call:  func(f func(mu, sigma float64) float64) []float64 { return []float64{f(mu, sigma)} },
		Tags:  tags(tag{"σ = 1", sigma == 1}, tag{"μ = 0", mu == 0}),
	}
}

// muAndS is the input of a mean and a number s that stands for the spread: its name says how.
func muAndS(name string, mu, s float64) check.Point[func(mu, s float64) float64] {
	return check.Point[func(mu, s float64) float64]{
		Input: fmt.Sprintf("μ = %s, %s = %s", words.Number(mu), name, words.Number(s)),
		Call:  func(f func(mu, s float64) float64) []float64 { return []float64{f(mu, s)} },
		Tags:  tags(tag{"σ = 1", s == 0}, tag{"μ = 0", mu == 0}),
	}
}

// twoLists is an input of two lists; the function gets copies, which it may change.
func twoLists(input string, a, b []float64, with ...string) check.Point[func(a, b []float64) float64] {
	return check.Point[func(a, b []float64) float64]{
		Input: input,
		Call: func(f func(a, b []float64) float64) []float64 {
			return []float64{f(slices.Clone(a), slices.Clone(b))}
		},
		Tags: with,
	}
}

type tag struct {
	name  string
	holds bool
}

func tags(list ...tag) (names []string) {
	for _, t := range list {
		if t.holds {
			names = append(names, t.name)
		}
	}
	return names
}

// seeded is a stream of random numbers that is the same each time.
func seeded(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// normals draws n numbers with a mean and a spread.
func normals(rng *rand.Rand, n int, mean, spread float64) []float64 {
	list := make([]float64, n)
	kl.Normal{Mu: mean, Sigma: spread}.Sample(list, rng)
	return list
}

// value is a result that can't fail on these inputs.
func value[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

func copyRows(rows [][]float64) [][]float64 {
	list := make([][]float64, len(rows))
	for i, row := range rows {
		list[i] = slices.Clone(row)
	}
	return list
}
