package exercise

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/words"
)

type units = func(means [][]float64) []int

// CollapsedUnits meets “units collapse”: which of them say nothing about the picture?
var CollapsedUnits = &check.Function[func(means [][]float64) []int]{
	Exercise: check.Exercise{
		ID: "CollapsedUnits", Notebook: 4, Title: "Find the collapsed units", Minutes: 8,
		Question: "means[i][d] is the posterior's mean of image i in dimension d. A dimension is active if this mean varies from image to image with a variance " +
			"above 0.01 (Burda and others 2016). List those that are not: the collapsed ones, counted from 0.",
		Signature: "func Collapsed(means [][]float64) []int",
		Hints: []string{
			"For each dimension go through all images: their mean, and then the mean squared distance from it.",
			"A dimension whose μ is 0.7 for every picture says nothing, either: what counts is the variance, not how far from 0.",
		},
		Another: "hold the standard deviation against 0.1, since √0.01 = 0.1: stat.StdDev(column, nil) <= 0.1. It has the unit of the " +
			"code itself.",
		Meets: []check.Confusion{check.Collapse},
	},
	Solve: solveCollapsedUnits,
	Truth: func(means [][]float64) []int {
		_, variance, err := measure.ActiveUnits(means)
		return unitsWhere(value(variance, err), func(v float64) bool { return v <= measure.ActiveVariance })
	},
	Format: func(out []float64) string {
		if len(out) == 0 {
			return words.Say("none")
		}
		return words.Numbers(out)
	},
	Points: append(fewImages(), meansOf([]float64{1, 0.01, 0.8}, []float64{0.05, 0.9}, []float64{1, 0.05, 0.001, 0.06, 0.3}, []float64{0.9, 1.1}, []float64{0.02, 0.01, 0.03},
		[]float64{1.2, 0.2, 0.15, 0.02, 0.07, 1, 0.04, 0.5}, []float64{0.003, 0.2, 0.012, 0.3, 0.0005, 0.05})...),
	Tested: "the codes of 4 and of 60 images in 2 to 8 dimensions, some of them collapsed away from 0.",
	Symptoms: []check.Symptom[units]{
		func(f units) string {
			if !extreme(f, len(farApart)) {
				return ""
			}
			return words.Say("Every dimension is listed, even one whose mean varies with the variance 100: " +
				"what is held against the limit isn't its variance over the pictures.")
		},
		func(f units) string {
			if !extreme(f, 0) {
				return ""
			}
			return words.Say("No dimension is listed, not even one whose mean is the same for every picture: " +
				"what is held against the limit isn't its variance over the pictures.")
		},
	},
	Formula: check.Formula[units]{
		Lines: formula.Parse(`
			n := count(means)
			m := Σ means/n
			v := Σ((means − m)·(means − m)/n)
			where(v ≤ 0.01)`),
		Probes: meansToProbe(),
		Call:   func(f units, in formula.Inputs) []float64 { return listed(f(transposed(in["means"].Rows()))) },
	},
	Mistakes: []check.Mistake[units]{
		{F: perUnit(stat.Variance, func(v float64) bool { return v > 0.01 }),
			Says: "These are the active ones; the others are asked for."},
		{F: perUnit(stat.StdDev, func(s float64) bool { return s <= 0.01 }),
			Says: "The standard deviation is held against 0.01. The rule is about the variance: a deviation of 0.1."},
		{F: perUnit(square, func(s float64) bool { return s <= 0.01 }),
			Says: "The mean of μ² is held against 0.01, not the variance: a dimension whose μ is far from 0 but the same for each picture says nothing, either."},
		{F: perUnit(farFromZero, func(s float64) bool { return s <= 0.01 }),
			Says: "The size of the mean is held against 0.01. What counts is how much μ varies from picture to picture."},
		{F: perUnit(farFromZero, func(s float64) bool { return s <= 0.1 }),
			Says: "The size of the mean is held against 0.1. What counts is how much μ varies from picture to picture."},
		{F: func(means [][]float64) (list []int) {
			for _, u := range perUnit(stat.Variance, func(v float64) bool { return v <= 0.01 })(means) {
				list = append(list, u+1)
			}
			return list
		}, Says: "The right ones, counted from 1: dimensions are counted from 0 here."},
		{F: perUnit(stat.Variance, func(v float64) bool { return v < 0.1 }),
			Says: "The variance is held against 0.1: the limit is 0.01."},
		{F: func(means [][]float64) (list []int) {
			for i, row := range means {
				if stat.Variance(row, nil) <= 0.01 {
					list = append(list, i)
				}
			}
			return list
		}, Says: "The variance is taken across the dimensions of each image. Go through the images for each dimension instead."},
	},
}

func perUnit(measure func(x, weights []float64) float64, collapsed func(float64) bool) units {
	return func(means [][]float64) []int {
		size := make([]float64, len(means[0]))
		column := make([]float64, len(means))
		for d := range size {
			for i := range means {
				column[i] = means[i][d]
			}
			size[d] = measure(column, nil)
		}
		return unitsWhere(size, collapsed)
	}
}

func square(x, _ []float64) float64 {
	sum := 0.0
	for _, x := range x {
		sum += x * x
	}
	return sum / float64(len(x))
}

func farFromZero(x, _ []float64) float64 { return math.Abs(stat.Mean(x, nil)) }

func unitsWhere(size []float64, holds func(float64) bool) (list []int) {
	for d, s := range size {
		if holds(s) {
			list = append(list, d)
		}
	}
	return list
}

// farApart are the deviations of dimensions about which no two rules that look at the pictures disagree.
var farApart = []float64{10, 0, 10, 0}

// extreme notices an answer that lists all of these dimensions, or none.
func extreme(f units, listed int) bool {
	means := make([][]float64, 8)
	for i := range means {
		for _, deviation := range farApart {
			means[i] = append(means[i], 0.02+deviation*float64(2*(i%2)-1))
		}
	}
	return len(f(means)) == listed
}

// listed are dimensions in order: an answer may list them in any.
func listed(found []int) []float64 {
	out := make([]float64, len(found))
	for i, d := range found {
		out[i] = float64(d)
	}
	slices.Sort(out)
	return out
}

func transposed(rows [][]float64) [][]float64 {
	columns := make([][]float64, len(rows[0]))
	for d := range columns {
		for _, row := range rows {
			columns[d] = append(columns[d], row[d])
		}
	}
	return columns
}

// meansOf are the codes of 60 images whose dimensions have these spreads; every other one lies away from 0.
func meansOf(list ...[]float64) (points []check.Point[units]) {
	rng := seeded(7)
	for _, spreads := range list {
		means := make([][]float64, 60)
		for i := range means {
			for d, s := range spreads {
				means[i] = append(means[i], 0.7*float64(d%2)+s*rng.NormFloat64())
			}
		}
		points = append(points, codesAre(means, func() string {
			return words.Say("60 images; their means vary with the spreads %s", words.Numbers(spreads))
		}))
	}
	return points
}

// fewImages is a batch where each image counts: a mean without one of them is another.
func fewImages() []check.Point[units] {
	means := [][]float64{{2.1, -1, 0.5, 3}, {1.9, -1.02, 1.5, 3}, {2.1, -1, -0.5, 3.01}, {1.7, -1.01, 0.2, 2.99}}
	return []check.Point[units]{codesAre(means, func() string { return words.Say("4 images, with the means %s", table(means)) })}
}

func codesAre(means [][]float64, say func() string) check.Point[units] {
	return check.Point[units]{Say: say, Call: func(f units) []float64 { return listed(f(copyRows(means))) }}
}

func solveCollapsedUnits(means [][]float64) []int {
	var collapsed []int
	n := float64(len(means))
	for d := range means[0] {
		mean, variance := 0.0, 0.0
		for i := range means {
			mean += means[i][d] / n
		}
		for i := range means {
			variance += (means[i][d] - mean) * (means[i][d] - mean) / n
		}
		if variance <= 0.01 {
			collapsed = append(collapsed, d)
		}
	}
	return collapsed
}
