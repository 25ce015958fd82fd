package inference

import (
	"context"

	"github.com/gomlx/compute"
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"

	"vaelab/datasets"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
	"vaelab/vaelib/trained"
	"vaelab/vaelib/words"
)

// Bounds draws codes from each image's posterior and gives the ELBO and L_k, all from one pass; see
// measure.ImportanceBounds. For each code the backend paints the pixels and hands back one number, log p(x|z); the
// pictures never leave it, and no more than some thousands are there at once.
func (m *Coder) Bounds(ctx context.Context, set datasets.Images, o measure.BoundOptions) (trained.Bounds, error) {
	codes, err := m.Encode(ctx, set)
	if err != nil {
		return trained.Bounds{}, err
	}
	if codes.LogVar == nil && set.Len() > 0 {
		return trained.Bounds{}, words.Errorf("an AE has no posterior to draw from, and so no bound: ask a VAE")
	}
	posteriors, err := measure.Posteriors(codes.Mean, codes.LogVar)
	if err != nil {
		return trained.Bounds{}, err
	}
	b, err := m.weights[0].Backend() // where Encode put them
	if err != nil {
		return trained.Bounds{}, err
	}
	s, err := m.scorer(ctx, b, set)
	if err != nil {
		return trained.Bounds{}, err
	}
	defer s.exec.Finalize()
	bounds, err := measure.ImportanceBounds(posteriors, s.score, o)
	return trained.BoundsOf(bounds, m.run.Decoder, m.told(set)), err
}

// told is what is scored of the images: all but the first pixels, which are given.
func (m *Coder) told(set datasets.Images) datasets.Images {
	given := m.run.Given
	if given == 0 {
		return set
	}
	rest := datasets.Images{Width: set.Width*set.Height - given, Height: 1}
	for i := range set.Len() {
		rest.Pixels = append(rest.Pixels, set.Image(i)[given:]...)
	}
	return rest
}

// scorer computes log p(x|z) of many codes for each image.
type scorer struct {
	ctx           context.Context // of the one call that it serves
	model         *Coder
	set           datasets.Images
	exec          *Exec
	images, draws int // as many as one execution takes: one graph is compiled, and less is filled up
}

func (m *Coder) scorer(ctx context.Context, b compute.Backend, set datasets.Images) (*scorer, error) {
	s := &scorer{ctx: ctx, model: m, set: set}
	var err error
	s.exec, err = NewExec(b, func(in []*Node) *Node { return m.logLikelihood(in[0], in[1], in[2:]) })
	return s, err
}

// logLikelihood is log p(x|z), [images, draws], of images' bytes [images, pixels] and codes [images, draws, latent].
func (m *Coder) logLikelihood(bytes, codes *Node, weights []*Node) *Node {
	images, draws, pixels := codes.Shape().Dim(0), codes.Shape().Dim(1), bytes.Shape().Dim(1)
	rows := images * draws
	codes = Reshape(codes, rows, codes.Shape().Dim(2))
	x := BroadcastToDims(InsertAxes(model.Grey(bytes), 1), images, draws, pixels)
	network := m.network(weights)
	given, told := network.Split(Reshape(x, rows, pixels))
	codes = network.FromStandard(codes, given)
	pass := model.Pass{
		Config: m.run.Config,
		Images: told,
		Given:  given,
		Code:   codes,
		Logits: network.Decode(codes, given),
	}
	for i, w := range run.Weights(m.run.Config, pixels) {
		if w.Name == run.LogSigma {
			pass.LogSigma = weights[i]
		}
	}
	return Reshape(Neg(model.Reconstruction(pass)), images, draws)
}

// score is a measure.LogLikelihood.
func (s *scorer) score(first int, codes [][][]float64) ([][]float64, error) {
	if err := s.ctx.Err(); err != nil {
		return nil, words.Errorf("drawing was stopped: %w", err)
	}
	s.images, s.draws = max(s.images, len(codes)), max(s.draws, len(codes[0]))
	latent, pixels := s.model.run.Latent, s.set.Width*s.set.Height
	bytes := make([]uint8, s.images*pixels)
	copy(bytes, s.set.Pixels[first*pixels:(first+len(codes))*pixels])
	flat := make([]float32, s.images*s.draws*latent)
	for i, draws := range codes {
		for j, z := range draws {
			at := flat[(i*s.draws+j)*latent:]
			for d, x := range z {
				at[d] = float32(x)
			}
		}
	}
	args := s.model.with(tensors.FromFlatDataAndDimensions(bytes, s.images, pixels))
	args = append([]any{args[0], tensors.FromFlatDataAndDimensions(flat, s.images, s.draws, latent)}, args[1:]...)
	out, err := s.exec.Call1(args...)
	if err != nil {
		return nil, words.Errorf("the codes can't be scored: %w", err)
	}
	values, err := tensors.CopyFlatData[float32](out)
	if err != nil {
		return nil, err
	}
	scores := make([][]float64, len(codes))
	for i := range codes {
		scores[i] = make([]float64, len(codes[i]))
		for j := range scores[i] {
			scores[i][j] = float64(values[i*s.draws+j])
		}
	}
	return scores, nil
}
