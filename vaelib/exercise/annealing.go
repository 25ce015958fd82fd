package exercise

import (
	"fmt"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
)

type schedule = func(step, warmup int) float64

// Annealing meets the other remedy against collapse.
var Annealing = &check.Function[func(step, warmup int) float64]{
	Exercise: check.Exercise{
		ID: "Annealing", Notebook: 4, Title: "Annealing: a KL weight that grows", Minutes: 4,
		Question: "So that a code can form before it is fined, the KL weight begins at 0, grows evenly, is 1 at step warmup, and stays 1. " +
			"Write the weight at a step, counted from 0; warmup is at least 1.",
		Signature: "func Annealed(step, warmup int) float64",
		Hints: []string{
			"Evenly means: in proportion to step. At step = warmup it is 1.",
			"Both are whole numbers, and 3/4 of whole numbers is 0: turn them into float64 before you divide.",
			"Past warmup the weight stays 1: take the smaller of the two.",
		},
		Another: "cut off the step instead of the weight, float64(min(step, warmup))/float64(warmup): whole numbers are compared exactly.",
		Meets:   []check.Confusion{check.Collapse, check.WeightNotApplied},
	},
	Solve: solveAnnealing,
	Truth: func(step, warmup int) float64 {
		if step < warmup {
			return 1 - float64(warmup-step)/float64(warmup)
		}
		return 1
	},
	Points: stepsAt([2]int{250, 1000}, [2]int{0, 1000}, [2]int{1, 3}, [2]int{500, 1000}, [2]int{999, 1000}, [2]int{1000, 1000}, [2]int{1001, 1000},
		[2]int{50_000, 1000}, [2]int{0, 1}, [2]int{1, 1}, [2]int{7, 10}),
	Tested: "steps before, at and after the end of the warm-up, which takes 1 to 1,000 steps.",
	Formula: check.Formula[schedule]{
		Lines: formula.Parse("min(1, step/warmup)"),
		Probes: pairs("step", "warmup", [2]float64{3, 8}, [2]float64{12, 8}, [2]float64{8, 8}, [2]float64{0, 8}, [2]float64{1, 8}, [2]float64{7, 8}, [2]float64{9, 8}, [2]float64{5, 8},
			[2]float64{250, 1000}, [2]float64{0, 1}, [2]float64{1, 1}, [2]float64{40, 16}, [2]float64{5, 7}, [2]float64{999, 1000}, [2]float64{3, 2}),
		Call: func(f schedule, in formula.Inputs) []float64 {
			return []float64{f(int(in["step"].X()), int(in["warmup"].X()))}
		},
	},
	Mistakes: []check.Mistake[schedule]{
		{F: func(step, warmup int) float64 { return min(1, float64(step/warmup)) },
			Says: "It is 0 until warmup, and then 1 at once: are whole numbers divided? Turn them into float64 first."},
		{F: func(step, warmup int) float64 { return float64(step / warmup) },
			Says: "Whole numbers were divided, so it jumps; and it grows beyond 1. Turn them into float64 first, and take 1 where it would be more."},
		{F: func(step, warmup int) float64 { return float64(step) / float64(warmup) },
			Says: "Wrong only past the warm-up: there the weight grows beyond 1, without end."},
		{F: func(step, warmup int) float64 { return min(1, float64(step)/float64(warmup+1)) },
			Says: "At step = warmup it isn't 1 yet: it is divided by warmup + 1."},
		{F: func(step, warmup int) float64 { return min(1, float64(step+1)/float64(warmup)) },
			Says: "One step too early: at step 0 the weight isn't 0."},
		{F: func(step, warmup int) float64 { return max(0, 1-float64(step)/float64(warmup)) },
			Says: "Upside down: it begins at 1 and falls to 0. The code needs its freedom first, and its fine later."},
		{F: func(step, warmup int) float64 { return float64(step%warmup) / float64(warmup) },
			Says: "Past the warm-up it begins at 0 again: that is the cyclical schedule. Here the weight stays 1."},
		{F: func(step, warmup int) float64 {
			if step < warmup {
				return float64(step) / float64(warmup)
			}
			return 0
		},
			Says: "Past the warm-up the weight falls back to 0, so that it is never applied in full. It stays 1."},
	},
}

func stepsAt(list ...[2]int) (points []check.Point[schedule]) {
	for _, at := range list {
		points = append(points, check.Point[schedule]{
			Input: fmt.Sprintf("step %d, warmup %d", at[0], at[1]),
			Call:  func(f schedule) []float64 { return []float64{f(at[0], at[1])} },
			Tags:  tags(tag{"the warm-up is over", at[0] > at[1]}, tag{"the warm-up is under way", at[0] < at[1]}, tag{"step is warmup", at[0] == at[1]}),
		})
	}
	return points
}

func solveAnnealing(step, warmup int) float64 {
	return min(1, float64(step)/float64(warmup))
}
