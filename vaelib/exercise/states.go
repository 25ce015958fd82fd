package exercise

import "vaelab/vaelib/check"

// How an answer fared, by the names that cells use: losses.WriteTheLoss.Judge(Loss).State == exercise.Right.
const (
	NotAttempted = check.NotAttempted
	Right        = check.Right
	Wrong        = check.Wrong
	Crashed      = check.Crashed
	TooSlow      = check.TooSlow
)

// Progress shows how far the learner has come, by notebook.
func Progress() { check.Progress() }
