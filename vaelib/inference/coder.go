package inference

import (
	"context"
	"image"

	"github.com/gomlx/compute"
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"

	"vaelab/datasets"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
	"vaelab/vaelib/trained"
	"vaelab/vaelib/words"
)

// batch is how many images or codes are computed at once: one compiled graph serves any number of them.
const batch = 256

// Coder is a trained network on a backend: a [trained.Coder]. Make one with [Open]: the zero Coder, or nil, is empty, like
// one that has been closed, and answers with errors. It is not safe for use by several goroutines at once; two Coders on the
// same backend may be used side by side.
type Coder struct {
	run     run.Run
	weights []*tensors.Tensor
	encode  *Exec
	decode  *Exec
}

// Open puts a run's weights on the backend.
func Open(b compute.Backend, r run.Run) (*Coder, error) {
	if b == nil {
		return nil, words.Errorf("there is no backend to compute on: open one with backend.Open")
	}
	if err := r.Fits(r.Width, r.Height); err != nil {
		return nil, words.Errorf("the run in %s isn't one of its images: %w", r.Dir, err)
	}
	m := &Coder{run: r}
	if err := r.Whole(); err != nil {
		return nil, err
	}
	for _, a := range r.State.Finished(r.Config, r.Width*r.Height).Arrays {
		m.weights = append(m.weights, tensors.FromFlatDataAndDimensions(a.Data, a.Dims...))
	}
	var err error
	m.encode, err = NewExec(b, func(in []*Node) []*Node {
		network, images := m.network(in[1:]), model.Grey(in[0])
		mean, logVar := network.Encode(images)
		if logVar == nil {
			return []*Node{mean}
		}
		given, _ := network.Split(images)
		mean, logVar = network.Standardise(mean, logVar, given)
		return []*Node{mean, logVar}
	})
	if err != nil {
		return nil, err
	}
	m.decode, err = NewExec(b, func(in []*Node) *Node {
		network, code := m.network(in[1:]), in[0]
		var given *Node
		if r.Given > 0 {
			code, given = Slice(in[0], AxisRange(), AxisRange(0, r.Latent)), Slice(in[0], AxisRange(), AxisRangeToEnd(r.Latent))
		}
		told := model.Means(r.Config, network.Decode(network.FromStandard(code, given), given))
		if given == nil {
			return told
		}
		return Concatenate([]*Node{given, told}, -1)
	})
	return m, err
}

func (m *Coder) network(weights []*Node) model.Network {
	return model.New(m.run.Config, m.run.Width*m.run.Height, weights)
}

// Close gives back what the backend holds for the network. It can't be asked afterwards.
func (m *Coder) Close() {
	if m.opened() != nil {
		return
	}
	m.encode.Finalize()
	m.decode.Finalize()
	for _, w := range m.weights {
		_ = w.FinalizeAll() // there is nobody to tell, and nothing to do
	}
	*m = Coder{}
}

// opened reports a network that Open hasn't made.
func (m *Coder) opened() error {
	if m == nil || m.encode == nil || m.decode == nil {
		return words.Errorf("the network is empty: make it with inference.Open")
	}
	return nil
}

// Encode gives each image's posterior, in units of the prior: against N(0, I), also where the prior was learned.
func (m *Coder) Encode(ctx context.Context, set datasets.Images) (trained.Codes, error) {
	var codes trained.Codes
	if err := m.opened(); err != nil {
		return codes, err
	}
	if err := set.Validate(); err != nil {
		return codes, words.Errorf("the images can't be encoded: %w", err)
	}
	if set.Width != m.run.Width || set.Height != m.run.Height {
		return codes, words.Errorf("the images are %d×%d pixels, but the model was trained on %d×%d", set.Width, set.Height, m.run.Width, m.run.Height)
	}
	pixels := set.Width * set.Height
	for first := 0; first < set.Len(); first += batch {
		if err := ctx.Err(); err != nil {
			return codes, words.Errorf("encoding was stopped after %d of %d images: %w", first, set.Len(), err)
		}
		bytes := make([]uint8, batch*pixels)
		copy(bytes, set.Pixels[first*pixels:])
		out, err := m.encode.Call(m.with(tensors.FromFlatDataAndDimensions(bytes, batch, pixels))...)
		if err != nil {
			return codes, words.Errorf("the images can't be encoded: %w", err)
		}
		n := min(batch, set.Len()-first)
		if codes.Mean, err = appendRows(codes.Mean, out[0], n); err != nil {
			return codes, err
		}
		if len(out) > 1 {
			if codes.LogVar, err = appendRows(codes.LogVar, out[1], n); err != nil {
				return codes, err
			}
		}
	}
	return codes, nil
}

// Decode paints the decoder's mean picture for each code. A conditional model's code is followed by the grey values that are given, from
// 0 to 1; they are the first of the picture.
func (m *Coder) Decode(ctx context.Context, codes [][]float64) ([]*image.Gray, error) {
	if err := m.opened(); err != nil {
		return nil, err
	}
	takes := m.run.Takes()
	var pictures []*image.Gray
	for first := 0; first < len(codes); first += batch {
		if err := ctx.Err(); err != nil {
			return nil, words.Errorf("painting was stopped after %d of %d codes: %w", first, len(codes), err)
		}
		flat := make([]float32, batch*takes)
		part := codes[first:min(first+batch, len(codes))]
		for i, z := range part {
			switch {
			case len(z) != takes && m.run.Given > 0:
				return nil, words.Errorf("code %d has %d numbers, but the decoder takes %d: the %d of a code, and behind them the %d grey values that are given", first+i, len(z), takes, m.run.Latent, m.run.Given)
			case len(z) != takes:
				return nil, words.Errorf("code %d has %d numbers, but the model's codes have %d", first+i, len(z), takes)
			}
			for j, x := range z {
				flat[i*takes+j] = float32(x)
			}
		}
		out, err := m.decode.Call(m.with(tensors.FromFlatDataAndDimensions(flat, batch, takes))...)
		if err != nil {
			return nil, words.Errorf("the codes can't be decoded: %w", err)
		}
		grey, err := tensors.CopyFlatData[float32](out[0])
		if err != nil {
			return nil, err
		}
		for i := range part {
			pictures = append(pictures, m.picture(grey[i*m.run.Width*m.run.Height:]))
		}
	}
	return pictures, nil
}

// with puts the weights behind an input.
func (m *Coder) with(input *tensors.Tensor) []any {
	args := []any{input}
	for _, w := range m.weights {
		args = append(args, w)
	}
	return args
}

// picture rounds grey values to an image's bytes; a linear decoder's may leave [0, 1], and are cut off there.
func (m *Coder) picture(grey []float32) *image.Gray {
	g := image.NewGray(image.Rect(0, 0, m.run.Width, m.run.Height))
	for i := range g.Pix {
		g.Pix[i] = uint8(min(max(grey[i], 0), 1)*255 + 0.5)
	}
	return g
}

// appendRows copies the first n rows of a tensor [batch, columns].
func appendRows(rows [][]float64, t *tensors.Tensor, n int) ([][]float64, error) {
	flat, err := tensors.CopyFlatData[float32](t)
	if err != nil {
		return nil, err
	}
	columns := t.Shape().Dim(1)
	for i := range n {
		row := make([]float64, columns)
		for j := range row {
			row[j] = float64(flat[i*columns+j])
		}
		rows = append(rows, row)
	}
	return rows, nil
}
