package training

import (
	"github.com/gomlx/compute"
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"

	"vaelab/datasets"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
)

// judgeBatch is how many test images are measured at once.
const judgeBatch = 500

// judge measures the loss and its parts on the test images, always with the same noise and the final KL weight, so
// that what changes from epoch to epoch is the model.
type judge struct {
	exec   *Exec
	weight float32           // KLWeight
	images []*tensors.Tensor // [batch, pixels] uint8; the last one is filled up with black
	noise  []*tensors.Tensor // [batch, latent]
	count  int
}

// newJudgement is the executor of a measurement. Inputs: images, noise, the KL weight, the network's arrays. Output:
// loss, reconstruction and KL of each image, [batch, 3].
func newJudgement(b compute.Backend, c run.Config, pixels int, loss model.Loss) (*Exec, error) {
	return NewExec(b, func(in []*Node) *Node {
		pass := model.New(c, pixels, in[3:]).Forward(model.Grey(in[0]), in[1])
		pass.Weight = in[2]
		return Stack([]*Node{loss(pass), model.Reconstruction(pass), model.KL(pass)}, 1)
	})
}

func newJudge(exec *Exec, c run.Config, set datasets.Images) *judge {
	pixels := set.Width * set.Height
	j := &judge{exec: exec, weight: float32(c.KLWeight), count: set.Len()}
	batch := min(judgeBatch, set.Len())
	rng := stream(c.Seed, streamTest)
	for first := 0; first < set.Len(); first += batch {
		bytes := make([]uint8, batch*pixels)
		copy(bytes, set.Pixels[first*pixels:])
		j.images = append(j.images, tensors.FromFlatDataAndDimensions(bytes, batch, pixels))
		j.noise = append(j.noise, tensors.FromFlatDataAndDimensions(normals(rng, batch*c.Latent), batch, c.Latent))
	}
	return j
}

// judge gives the mean over all test images.
func (j *judge) judge(weights []*tensors.Tensor) (run.Terms, error) {
	var sum run.Terms
	left := j.count
	for i := range j.images {
		args := []any{j.images[i], j.noise[i], j.weight}
		for _, w := range weights {
			args = append(args, w)
		}
		out, err := j.exec.Call1(args...)
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
	return sum.Over(j.count), nil
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
