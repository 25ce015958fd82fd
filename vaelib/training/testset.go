package training

import (
	"github.com/gomlx/compute"
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"

	"vaelab/datasets"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
)

// testBatch is how many test images are measured at once.
const testBatch = 500

// testSet measures the loss and its parts on the test images, always with the same noise and the final KL weight, so
// that what changes from epoch to epoch is the model.
type testSet struct {
	exec   *Exec
	weight float32           // KLWeight
	images []*tensors.Tensor // [batch, pixels] uint8; the last one is filled up with black
	noise  []*tensors.Tensor // [batch, latent]
	count  int
}

// newTestExec is the executor of a measurement. Inputs: images, noise, the KL weight, the network's arrays. Output:
// loss, reconstruction and KL of each image, [batch, 3].
func newTestExec(b compute.Backend, c run.Config, pixels int, loss model.Loss) (*Exec, error) {
	return NewExec(b, func(in []*Node) *Node {
		pass := model.New(c, pixels, in[3:]).Forward(model.Grey(in[0]), in[1])
		pass.Weight = in[2]
		return Stack([]*Node{loss(pass), model.Reconstruction(pass), model.KL(pass)}, 1)
	})
}

func newTestSet(exec *Exec, c run.Config, set datasets.Images) *testSet {
	pixels := set.Width * set.Height
	s := &testSet{exec: exec, weight: float32(c.KLWeight), count: set.Len()}
	batch := min(testBatch, set.Len())
	rng := stream(c.Seed, streamTest)
	for first := 0; first < set.Len(); first += batch {
		bytes := make([]uint8, batch*pixels)
		copy(bytes, set.Pixels[first*pixels:])
		s.images = append(s.images, tensors.FromFlatDataAndDimensions(bytes, batch, pixels))
		s.noise = append(s.noise, tensors.FromFlatDataAndDimensions(normals(rng, batch*c.Latent), batch, c.Latent))
	}
	return s
}

// measure gives the mean over all test images.
func (s *testSet) measure(weights []*tensors.Tensor) (run.Terms, error) {
	var sum run.Terms
	left := s.count
	for i := range s.images {
		args := []any{s.images[i], s.noise[i], s.weight}
		for _, w := range weights {
			args = append(args, w)
		}
		out, err := s.exec.Call1(args...)
		if err != nil {
			return sum, err
		}
		rows, err := readTerms(out, min(left, out.Shape().Dim(0)))
		if err != nil {
			return sum, err
		}
		for _, r := range rows {
			sum = sum.Plus(r)
		}
		left -= len(rows)
	}
	return sum.Over(s.count), nil
}

// readTerms copies the first n rows of [loss, reconstruction, KL] from the device.
func readTerms(t *tensors.Tensor, n int) ([]run.Terms, error) {
	flat, err := tensors.CopyFlatData[float32](t)
	if err != nil {
		return nil, err
	}
	rows := make([]run.Terms, n)
	for i := range rows {
		r := flat[3*i:]
		rows[i] = run.Terms{Loss: float64(r[0]), Reconstruction: float64(r[1]), KL: float64(r[2])}
	}
	return rows, nil
}
