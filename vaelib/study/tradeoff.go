package study

import (
	"context"

	"vaelab/vaelib/measure"
)

// Tradeoff is what models that differ only in their seed pay and what they get: a number from each of them. The ELBO is
// −(reconstruction + KL) with the weight 1, whatever they were trained with: the one number in which they can be compared
// as models of the data. It comes from [Tradeoffs]; the zero Tradeoff is that of no model.
type Tradeoff struct {
	Weight                   float64
	Reconstruction, KL, ELBO []float64 // nats an image, on test images
	Active                   []float64 // units in use (Burda et al. 2016)
	Precision, Recall        []float64 // of pictures of codes from N(0, I)
}

// Tradeoffs measures each group of models.
func Tradeoffs(ctx context.Context, groups ...[]Subject) (list []Tradeoff, err error) {
	for _, group := range groups {
		if err := Alike(runsOf(group)); err != nil {
			return nil, err
		}
		t := Tradeoff{Weight: group[0].Run.KLWeight}
		for _, s := range group {
			if err := s.ready(); err != nil {
				return nil, err
			}
			last := s.Run.Last().Test
			codes, err := s.Network.Encode(ctx, s.Data.Test)
			if err != nil {
				return nil, err
			}
			active, _, err := measure.ActiveUnits(codes.Mean)
			if err != nil {
				return nil, err
			}
			precision, recall, err := PrecisionRecall(ctx, s)
			if err != nil {
				return nil, err
			}
			t.Reconstruction, t.KL = append(t.Reconstruction, last.Reconstruction), append(t.KL, last.KL)
			t.ELBO, t.Active = append(t.ELBO, -last.Reconstruction-last.KL), append(t.Active, float64(active))
			t.Precision, t.Recall = append(t.Precision, precision), append(t.Recall, recall)
		}
		list = append(list, t)
	}
	return list, nil
}
