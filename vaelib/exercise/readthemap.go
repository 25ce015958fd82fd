package exercise

import (
	"math"

	"vaelab/vaelib/check"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/words"
)

// Map is an exercise whose answer is a point of the latent plane. The zero Map judges as [ReadTheMap] does, but has no ID,
// and Solution and Code need a Solve. Several goroutines may judge with one at once.
type Map struct {
	check.Exercise
	Solve func(codes [][]float64) []float64 // finds a point that passes, on any map
}

// ReadTheMap asks which point decodes to noise: one where N(0, I) draws codes and no picture's code is near.
var ReadTheMap = &Map{Solve: solveReadTheMap, Exercise: check.Exercise{
	ID: "ReadTheMap", Notebook: 1, Title: "Read the map", Minutes: 4,
	Question: "Which point will decode to nothing known? Give (z₁, z₂) where N(0, I) still draws codes, within 3 of the middle, " +
		"and that lies in a hole: farther from every code than 95% of new draws would be if the codes were draws from N(0, I).",
	Signature: "func Hole(codes [][]float64) []float64",
	Hints: []string{
		"Look at the map: inside the circles, where is it blank?",
		"The check says how far the nearest code is. Move away from it, and stay within the outer circle.",
		"The solution is a function that tries a grid of points and keeps the one whose nearest code is farthest.",
	},
	Another: "draw a thousand points from N(0, I), pass over those beyond 3, and keep the one whose nearest code is farthest away. " +
		"No grid needs to be chosen, and places are tried as often as draws fall there.",
}}

// Reach is how far from the middle a point may lie: of the draws from N(0, I) in two dimensions, 1 in 90 lies farther.
const Reach = 3

// Check asks a function for a point of the plane, judges the point against the codes of a model, and tells the learner.
func (m *Map) Check(find func(codes [][]float64) []float64, codes [][]float64) {
	m.Answer(func() check.Report { return m.JudgeFound(find, codes) })
}

// JudgeFound finds out whether the point that a function finds lies in a hole, and shows nothing.
func (m *Map) JudgeFound(find func(codes [][]float64) []float64, codes [][]float64) check.Report {
	if find == nil {
		return check.Unwritten(words.Say("There is no function here yet."))
	}
	return m.Guard(func(at func(string)) check.Report {
		at(words.Say("the map's codes"))
		return m.Judge(find(codes), codes)
	})
}

// Judge finds out whether a point lies in a hole between the codes, and shows nothing.
func (m *Map) Judge(point []float64, codes [][]float64) check.Report {
	if len(point) == 0 {
		return check.Unwritten(words.Say("Write the two coordinates of a point: []float64{z₁, z₂}."))
	}
	wrong := func(says string) check.Report { return check.Report{State: check.Wrong, Diagnosis: says} }
	if len(point) != 2 {
		return wrong(words.Say("A point of the map has 2 coordinates, and yours has %d.", len(point)))
	}
	if !check.Finite(point[0]) || !check.Finite(point[1]) {
		return wrong(words.Say("The point %s is not on the map.", words.Coordinates(point)))
	}
	far, err := measure.Spacing(len(codes), 2, measure.FarShare)
	if err != nil {
		return wrong(words.Say("There are no codes to compare with: %v.", err))
	}
	nearest, at := math.Inf(1), 0
	for i, c := range codes {
		if len(c) != 2 {
			return wrong(words.Say("Code %d has %d dimensions: this map needs a model with 2.", i, len(c)))
		}
		if d := math.Hypot(point[0]-c[0], point[1]-c[1]); d < nearest {
			nearest, at = d, i
		}
	}
	how := words.Say("The nearest of %s codes, at (%s, %s), is %s away; a hole begins at %s.", words.Thousands(len(codes)),
		words.Fixed(codes[at][0], 2), words.Fixed(codes[at][1], 2), words.Significant(nearest, 3), words.Significant(far, 3))
	fromMiddle := math.Hypot(point[0], point[1])
	switch {
	case nearest == 0:
		return wrong(words.Say("That is the code of a picture itself: the decoder knows it as well as any."))
	case fromMiddle > Reach && nearest > far:
		return wrong(words.Say("No code is near, and no draw from N(0, I) will come there either: it lies %s from the middle. Look for a blank within %d.",
			words.Significant(fromMiddle, 3), Reach))
	case fromMiddle > Reach:
		return wrong(words.Say("It lies %s from the middle, and codes are near. Look for a blank within %d.", words.Number(fromMiddle), Reach))
	case nearest <= far:
		return wrong(words.Say("There are codes near by, so the decoder has learnt about the place. %s", how))
	}
	return check.Report{State: check.Right, Tested: words.Say("It is a hole. %s", how)}
}

// Solution shows a function that finds a hole in any map, folded.
func (m *Map) Solution() {
	code, err := m.Code()
	m.Fold(code, err)
}

// Code is the source of the solution.
func (m *Map) Code() (string, error) { return m.CodeOf(m.Solve, solutions) }

func solveReadTheMap(codes [][]float64) []float64 {
	var best []float64
	farthest := 0.0
	for z1 := -3.0; z1 <= 3; z1 += 0.1 {
		for z2 := -3.0; z2 <= 3; z2 += 0.1 {
			nearest := math.Inf(1)
			for _, c := range codes {
				nearest = min(nearest, math.Hypot(z1-c[0], z2-c[1]))
			}
			if math.Hypot(z1, z2) < 3 && nearest > farthest {
				best, farthest = []float64{z1, z2}, nearest
			}
		}
	}
	return best
}
