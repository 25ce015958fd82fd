package check

// A course of two exercises, to test with.
var klTask = &Function[func(mu, sigma float64) float64]{
	Exercise: Exercise{ID: "KLInOneDimension", Notebook: 2, Title: "KL in one dimension", Signature: "func KL(mu, sigma float64) float64"},
	Points: []Point[func(mu, sigma float64) float64]{{
		Input: "μ = 0, σ = 1", Want: []float64{0},
		Call: func(f func(mu, sigma float64) float64) []float64 { return []float64{f(0, 1)} },
	}},
}

func init() {
	Teach(nil, &klTask.Exercise, &Exercise{ID: "KLGradient", Notebook: 2, Title: "The gradient by hand"})
}
