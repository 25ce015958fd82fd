package training

import (
	"math"
	"testing"

	"github.com/gomlx/gomlx/core/tensors"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/reference"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
)

// The means over more test images than one execution takes, with a rest, against a loop over float64: every image
// counts once, and what fills the last batch up doesn't.
func TestJudgeAgainstALoop(t *testing.T) {
	c := tiny.Config()
	c.KLWeight = 3
	set := tiny.Data(1, testBatch+7).Test
	arrays := initial(c, 64)[:len(run.Weights(c, 64))]
	network := reference.New(arrays)
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		exec, err := newTestExec(b.Compute, c, 64, model.NegativeELBO)
		if err != nil {
			t.Fatal(err)
		}
		defer exec.Finalize()
		j := newTestSet(exec, c, set)
		var noise []float32
		for _, n := range j.noise {
			draws, err := tensors.CopyFlatData[float32](n)
			if err != nil {
				t.Fatal(err)
			}
			noise = append(noise, draws...)
		}
		var reconstruction, kl float64
		for i := range set.Len() {
			x := make([]float64, 64)
			for k, grey := range set.Image(i) {
				x[k] = float64(grey) / 255
			}
			mean, s := network.Encode(x)
			z := make([]float64, c.Latent)
			for k := range z {
				z[k] = mean[k] + math.Exp(s[k]/2)*float64(noise[i*c.Latent+k])
				kl += 0.5 * (mean[k]*mean[k] + math.Exp(s[k]) - 1 - s[k])
			}
			for k, p := range network.Paint(z) {
				reconstruction -= x[k]*math.Log(p) + (1-x[k])*math.Log(1-p)
			}
		}
		n := float64(set.Len())
		var weights []*tensors.Tensor
		for _, a := range arrays {
			weights = append(weights, tensors.FromFlatDataAndDimensions(a.Data, a.Dims...))
		}
		got, err := j.measure(weights)
		if err != nil {
			t.Fatal(err)
		}
		for name, pair := range map[string][2]float64{
			"reconstruction": {got.Reconstruction, reconstruction / n},
			"KL":             {got.KL, kl / n},
			"loss":           {got.Loss, reconstruction/n + 3*kl/n},
		} {
			if math.Abs(pair[0]-pair[1]) > 1e-4 {
				t.Errorf("the %s is %v, want %v", name, pair[0], pair[1])
			}
		}
	})
}
