package lab

import (
	"vaelab/vaelib/kl"
	"vaelab/vaelib/show"
	"vaelab/vaelib/study"
	"vaelab/vaelib/words"
)

// Smoothness shows how evenly the decoders' pictures change along straight lines between codes, a line for each
// model, and how far the clouds of neighbouring codes overlap. Every model walks between the same test images. The numbers
// themselves are study.MeasureSmoothness's.
func Smoothness(models ...*Model) error {
	list, err := subjects(models)
	if err != nil {
		return err
	}
	measured, err := study.MeasureSmoothness(cell, list...)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, s := range measured {
		overlap := words.Say("0: points")
		if s.Overlap != (kl.Estimate{}) {
			overlap = words.PlusMinus("%.2f", s.Overlap.Value, s.Overlap.StdErr)
		}
		rows = append(rows, []any{kind(s.Of), words.PlusMinus("%.3f", s.Leap.Value, s.Leap.StdErr),
			words.PlusMinus("%.2f", s.Detour.Value, s.Detour.StdErr), overlap})
	}
	show.Table([]string{words.Say("%d walks, mean ± standard error", study.Walks),
		words.Say("largest of %d steps (even: %.3f)", study.WalkSteps, 1.0/study.WalkSteps), words.Say("length (straight across: 1)"),
		words.Say("overlap of neighbours' clouds")}, rows...)
	return nil
}
