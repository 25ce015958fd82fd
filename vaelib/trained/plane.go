package trained

import (
	"context"
	"image"
	"math"

	"vaelab/vaelib/words"
)

// Plane paints an n×n grid of codes across the square from −limit to limit, the first row at the top (z₂ = limit),
// and gives the grid's coordinates too. It needs a two-dimensional code.
func (m Model) Plane(ctx context.Context, n int, limit float64) (pictures []*image.Gray, axis []float64, err error) {
	if m.Config.Latent != 2 {
		return nil, nil, words.Errorf("a plane of codes needs Latent = 2, but this model has %d", m.Config.Latent)
	}
	if n < 2 || n > 1024 || !(limit > 0) || math.IsInf(limit, 0) {
		return nil, nil, words.Errorf("a plane needs at least 2×2 codes, at most 1024×1024, and a limit above 0, not %d×%d up to %v", n, n, limit)
	}
	axis = make([]float64, n)
	for i := range axis {
		axis[i] = limit * (2*float64(i)/float64(n-1) - 1)
	}
	codes := make([][]float64, 0, n*n)
	for row := range n {
		for _, z1 := range axis {
			codes = append(codes, []float64{z1, axis[n-1-row]})
		}
	}
	pictures, err = m.Decode(ctx, codes)
	return pictures, axis, err
}
