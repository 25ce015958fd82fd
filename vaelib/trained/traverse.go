package trained

import (
	"context"
	"image"
	"slices"

	"vaelab/vaelib/words"
)

// Traverse paints the code with one of its dimensions (0, 1, …) set to each of the values, the others as they are: what
// the decoder has learnt to draw with that dimension. All pictures are alike where it is ignored.
func (m Model) Traverse(ctx context.Context, code []float64, dimension int, values []float64) ([]*image.Gray, error) {
	if dimension < 0 || dimension >= len(code) {
		return nil, words.Errorf("dimension %d can't be moved: the code has %d, counted from 0", dimension, len(code))
	}
	codes := make([][]float64, len(values))
	for i, v := range values {
		codes[i] = slices.Clone(code)
		codes[i][dimension] = v
	}
	return m.Decode(ctx, codes)
}
