package training

import (
	"context"
	"math/rand/v2"

	"github.com/gomlx/gomlx/core/tensors"

	"vaelab/datasets"
	"vaelab/vaelib/run"
)

// chunk is what one execution trains on.
type chunk struct {
	images *tensors.Tensor // [capacity, batch, pixels] uint8
	noise  *tensors.Tensor // [capacity, batch, latent] float32
	steps  int             // how many of them are filled
}

// feed shuffles the images and hands them over chunk by chunk, drawing each chunk's noise. It works one chunk
// ahead, while the backend computes. Images stay bytes on the way: a quarter of what float32 would take.
// What is left over after the last whole batch sits this epoch out, other images in each epoch.
func feed(ctx context.Context, c run.Config, set datasets.Images, epoch, capacity int) <-chan chunk {
	out := make(chan chunk, 1)
	steps := set.Len() / c.Batch
	capacity = min(capacity, steps)
	pixels := set.Width * set.Height
	order := stream(c.Seed, streamEpochs+2*epoch).Perm(set.Len())
	noise := stream(c.Seed, streamEpochs+2*epoch+1)
	go func() {
		defer close(out)
		for first := 0; first < steps; first += capacity {
			k := min(capacity, steps-first)
			bytes := make([]uint8, capacity*c.Batch*pixels)
			for j, i := range order[first*c.Batch : (first+k)*c.Batch] {
				copy(bytes[j*pixels:], set.Image(i))
			}
			next := chunk{
				images: tensors.FromFlatDataAndDimensions(bytes, capacity, c.Batch, pixels),
				noise:  tensors.FromFlatDataAndDimensions(normals(noise, capacity*c.Batch*c.Latent), capacity, c.Batch, c.Latent),
				steps:  k,
			}
			select {
			case out <- next:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// normals draws n numbers from N(0, 1).
func normals(rng *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	return x
}
