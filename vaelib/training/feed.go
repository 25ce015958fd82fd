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
	knobs  []any           // what a schedule turns: learning rate, KL weight, target rate, each [capacity] float32
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
				knobs:  knobs(c, (epoch-1)*steps+first, c.Epochs*steps, capacity),
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

// knobs are the scheduled numbers of a chunk that begins at a step of the run. They are worked out here and handed to
// the backend with the images, so runs that differ in them share one compiled step.
func knobs(c run.Config, first, steps, capacity int) []any {
	rate, weight, target := make([]float32, capacity), make([]float32, capacity), make([]float32, capacity)
	for j := range capacity {
		at := min(first+j, steps-1) // beyond the last step nothing is made
		rate[j] = float32(c.LearningRateAt(at, steps))
		weight[j] = float32(c.WeightAt(at, steps))
		target[j] = float32(c.TargetAt(at, steps))
	}
	return []any{rate, weight, target}
}

// normals draws n numbers from N(0, 1).
func normals(rng *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	return x
}
