package study

import (
	"context"
	"image"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/run"
)

// How many pairs of test images are joined, and in how many steps each walk goes.
const (
	Walks     = 300
	WalkSteps = 16
	walksFrom = 1 // the seed of the pairs: the same images for every model
)

// Smoothness is how evenly a decoder's pictures change along straight lines between codes, and how far the clouds of
// neighbouring codes overlap. It comes from [MeasureSmoothness]; the zero Smoothness is that of no model.
type Smoothness struct {
	Of      run.Identity
	Leap    kl.Estimate // the largest of a walk's steps, as a share of its length; WalkSteps even ones have 1/WalkSteps each
	Detour  kl.Estimate // a walk's length, of which going straight across is 1
	Overlap kl.Estimate // of neighbours' clouds; of an AE, whose codes are points, the zero Estimate
}

// MeasureSmoothness measures each model, which all walk between the same test images.
func MeasureSmoothness(ctx context.Context, models ...Subject) (list []Smoothness, err error) {
	for _, s := range models {
		if err := s.ready(); err != nil {
			return nil, err
		}
	}
	for _, s := range models {
		smooth := Smoothness{Of: s.Run.Identity}
		codes, err := s.Network.Encode(ctx, s.Data.Test)
		if err != nil {
			return nil, err
		}
		from, to, err := measure.Pairs(codes.Mean, Walks, walksFrom)
		if err != nil {
			return nil, err
		}
		paint := func(codes [][]float64) ([]*image.Gray, error) { return s.Network.Decode(ctx, codes) }
		jumps, err := measure.FindJumps(paint, from, to, WalkSteps)
		if err != nil {
			return nil, err
		}
		smooth.Leap, smooth.Detour = jumps.Leap, jumps.Detour
		if codes.LogVar != nil {
			clouds, err := measure.Posteriors(codes.Mean, codes.LogVar)
			if err != nil {
				return nil, err
			}
			each, err := measure.Overlaps(clouds)
			if err != nil {
				return nil, err
			}
			if smooth.Overlap, err = measure.Mean(each); err != nil {
				return nil, err
			}
		}
		list = append(list, smooth)
	}
	return list, nil
}
