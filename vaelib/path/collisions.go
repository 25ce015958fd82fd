package path

import (
	"math"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/words"
)

// Collisions counts the paths that come closer to a scene's obstacle than its edge, and gives their share with its standard error
// √(p(1 − p)/(n − 1)). Where none of n collide that is 0 and says little: a true share of up to 3/n would bring none in one of twenty
// cases or more (the rule of three). The error is that of an invalid scene, of fewer than 2 paths, or of a path without points or with
// one that isn't finite.
func Collisions(scene Scene, paths []Path) (count int, share kl.Estimate, err error) {
	if err := scene.Validate(); err != nil {
		return 0, kl.Estimate{}, err
	}
	hits := make([]float64, len(paths))
	for i, p := range paths {
		clearance := scene.Obstacle.Clearance(p)
		if math.IsNaN(clearance) || math.IsInf(clearance, 0) {
			return 0, kl.Estimate{}, words.Errorf("path %d of %d has no clearance: it must have points, and all of them finite", i+1, len(paths))
		}
		if clearance < 0 {
			count++
			hits[i] = 1
		}
	}
	share, err = measure.Mean(hits)
	if err != nil {
		return 0, kl.Estimate{}, words.Errorf("the share of paths that collide: %w", err)
	}
	return count, share, nil
}
