package lab

import (
	"fmt"
	"strings"

	"vaelab/vaelib/measure"
	"vaelab/vaelib/show"
	"vaelab/vaelib/words"
)

// walked is how many pairs of test images are joined, and in how many steps each walk goes.
const (
	walked     = 300
	walkedFrom = 1 // the seed of the pairs: the same images for every model
	walkSteps  = 16
)

// Smoothness shows how evenly the decoders' pictures change along straight lines between codes, a line for each
// model, and how far the clouds of neighbouring codes overlap. Every model walks between the same test images.
func Smoothness(models ...*Model) error {
	if err := allReady(models); err != nil {
		return err
	}
	var rows [][]any
	for _, m := range models {
		codes, err := m.Encode(m.Data.Test)
		if err != nil {
			return err
		}
		from, to, err := measure.Pairs(codes.Mean, walked, walkedFrom)
		if err != nil {
			return err
		}
		jumps, err := measure.FindJumps(m.Decode, from, to, walkSteps)
		if err != nil {
			return err
		}
		overlap := "0: points"
		if codes.LogVar != nil {
			clouds, err := measure.Posteriors(codes.Mean, codes.LogVar)
			if err != nil {
				return err
			}
			each, err := measure.Overlaps(clouds)
			if err != nil {
				return err
			}
			mean, err := measure.Mean(each)
			if err != nil {
				return err
			}
			overlap = words.PlusMinus("%.2f", mean.Value, mean.StdErr)
		}
		rows = append(rows, []any{
			fmt.Sprintf("%s, %d dimensions", strings.ToUpper(string(m.Config.Model)), m.Latent),
			words.PlusMinus("%.3f", jumps.Leap.Value, jumps.Leap.StdErr), words.PlusMinus("%.2f", jumps.Detour.Value, jumps.Detour.StdErr), overlap,
		})
	}
	show.Table([]string{fmt.Sprintf("%d walks, mean ± standard error", walked),
		fmt.Sprintf("largest of %d steps (even: %.3f)", walkSteps, 1.0/walkSteps), "length (straight across: 1)",
		"overlap of neighbours' clouds"}, rows...)
	return nil
}
