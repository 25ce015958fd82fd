package training

import (
	"math"
	"slices"
	"testing"

	"github.com/gomlx/gomlx/core/tensors"
	"gonum.org/v1/gonum/stat"

	"vaelab/vaelib/internal/tiny"
)

// What an epoch is fed: each image once at most, whole batches only, in another order and with other noise in each
// epoch, and the same for each size of the chunks.
func TestFeed(t *testing.T) {
	c := tiny.Config()
	set := tiny.Data(44, 1).Train
	for i := range set.Len() {
		set.Image(i)[0] = uint8(i) // to know it again
	}
	read := func(epoch, capacity int) (order []int, noise []float32) {
		for chunk := range feed(t.Context(), c, set, epoch, capacity) {
			pixels, err := tensors.CopyFlatData[uint8](chunk.images)
			if err != nil {
				t.Fatal(err)
			}
			for k := range chunk.steps * c.Batch {
				order = append(order, int(pixels[k*64]))
			}
			draws, err := tensors.CopyFlatData[float32](chunk.noise)
			if err != nil {
				t.Fatal(err)
			}
			noise = append(noise, draws[:chunk.steps*c.Batch*c.Latent]...)
		}
		return order, noise
	}
	first, noise := read(1, 39)
	if len(first) != 40 || len(noise) != 40*c.Latent {
		t.Fatalf("%d images and %d draws, want 40 and %d", len(first), len(noise), 40*c.Latent)
	}
	if sorted := slices.Compact(slices.Sorted(slices.Values(first))); len(sorted) != 40 {
		t.Errorf("only %d different images", len(sorted))
	}
	for _, capacity := range []int{1, 2, 3} {
		order, draws := read(1, capacity)
		if !slices.Equal(order, first) || !slices.Equal(draws, noise) {
			t.Errorf("chunks of %d steps bring other images or noise", capacity)
		}
	}
	second, otherNoise := read(2, 39)
	if slices.Equal(first, second) || slices.Equal(noise, otherNoise) {
		t.Error("the second epoch is like the first")
	}
}

// The noise is standard normal, within five standard errors.
func TestNoise(t *testing.T) {
	const n = 50_000
	x := make([]float64, n)
	for i, draw := range normals(stream(1, streamTest), n) {
		x[i] = float64(draw)
	}
	mean, spread := stat.MeanStdDev(x, nil)
	if math.Abs(mean) > 5/math.Sqrt(n) || math.Abs(spread-1) > 5/math.Sqrt(2*n) {
		t.Errorf("mean %v, spread %v", mean, spread)
	}
}

// Streams of different purposes and seeds have nothing in common.
func TestStreamsDiffer(t *testing.T) {
	seen := map[uint64]bool{}
	for seed := range uint64(20) {
		for purpose := range 20 {
			seen[stream(seed, purpose).Uint64()] = true
		}
	}
	if len(seen) != 400 {
		t.Errorf("%d different first numbers of 400 streams", len(seen))
	}
}
