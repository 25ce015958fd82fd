package formula

import (
	"math"
	"slices"
)

// ofOne, ofTwo and ofList are the words of formulas.
var ofOne = map[string]func(float64) float64{
	"−":     func(x float64) float64 { return -x },
	"²":     func(x float64) float64 { return x * x },
	"exp":   math.Exp,
	"log":   math.Log,
	"log₂":  math.Log2,
	"log₁₀": math.Log10,
	"log1p": math.Log1p,
	"xlog": func(x float64) float64 { // x·log x, with its limit at 0
		if x == 0 {
			return 0
		}
		return x * math.Log(x)
	},
	"√":       math.Sqrt,
	"abs":     math.Abs,
	"sigmoid": func(x float64) float64 { return 1 / (1 + math.Exp(-x)) },
	"floor":   math.Floor,
	"not":     func(x float64) float64 { return 1 - x },
}

var ofTwo = map[string]func(a, b float64) float64{
	"+":   func(a, b float64) float64 { return a + b },
	"−":   func(a, b float64) float64 { return a - b },
	"·":   func(a, b float64) float64 { return a * b },
	"/":   func(a, b float64) float64 { return a / b },
	"max": math.Max,
	"min": math.Min,
	"<":   func(a, b float64) float64 { return Truth(a < b).x },
	"≤":   func(a, b float64) float64 { return Truth(a <= b).x },
	">":   func(a, b float64) float64 { return Truth(a > b).x },
	"≥":   func(a, b float64) float64 { return Truth(a >= b).x },
	"=":   func(a, b float64) float64 { return Truth(a == b).x },
	"and": math.Min,
}

// ofList make one number of a list. Of an empty one, Σ is 0, a product 1, and there is no mean and no largest.
var ofList = map[string]func([]float64) float64{
	"Σ":        sum,
	"mean":     func(list []float64) float64 { return sum(list) / float64(len(list)) },
	"largest":  func(list []float64) float64 { return one(list, slices.Max[[]float64]) },
	"smallest": func(list []float64) float64 { return one(list, slices.Min[[]float64]) },
	"first":    func(list []float64) float64 { return one(list, func(l []float64) float64 { return l[0] }) },
	"last":     func(list []float64) float64 { return one(list, func(l []float64) float64 { return l[len(l)-1] }) },
	"count":    func(list []float64) float64 { return float64(len(list)) },
	"product": func(list []float64) float64 {
		product := 1.
		for _, x := range list {
			product *= x
		}
		return product
	},
	"median": func(list []float64) float64 {
		sorted := slices.Sorted(slices.Values(list))
		return one(sorted, func(l []float64) float64 { return l[len(l)/2] })
	},
}

func sum(list []float64) (sum float64) {
	for _, x := range list {
		sum += x
	}
	return sum
}

func one(list []float64, f func([]float64) float64) float64 {
	if len(list) == 0 {
		return math.NaN()
	}
	return f(list)
}

// changes make another list of a list.
var changes = map[string]func(Value) Value{
	"without first": func(v Value) Value { return v.without(1, 0) },
	"without last":  func(v Value) Value { return v.without(0, 1) },
	"where":         indices, // the places of those that hold, counted from 0
}

func indices(v Value) Value {
	var list []float64
	for i, x := range v.list {
		if x != 0 {
			list = append(list, float64(i))
		}
	}
	return List(list)
}
