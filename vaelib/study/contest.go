package study

import (
	"context"
	"math"

	"vaelab/datasets"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/run"
)

// Score is what the measures say of one model. Where a measure says nothing, it is NaN and not 0: the zero Score is that of
// no model.
type Score struct {
	Restored, Gap                 float64 // nats an image: reconstruction of test images, and how much better the training images
	Precision, Recall             float64 // of pictures of codes from N(0, I)
	FittedPrecision, FittedRecall float64 // of pictures of codes from a Gaussian fitted to the model's own
	Frechet                       float64 // distance of pictures of codes from N(0, I)
	Holes                         float64 // the share of N(0, I) that no code is near
	Information                   float64 // nats between image and code; of a VAE
}

// Standing is a group's line: a score from each of its models. The zero Standing has none.
type Standing struct {
	First  run.Identity // of the first one: the others differ in their seed
	Scores []Score
}

// Contest is what the measures say of several groups, and of real pictures that no model painted: the best that can be. It
// comes from [RunContest]; the zero Contest has measured nothing.
type Contest struct {
	Real      Score
	Standings []Standing
}

// RunContest measures groups of models that differ only in their seed. All must have been trained on the data given, as it is
// now.
func RunContest(ctx context.Context, data datasets.Dataset, groups ...[]Subject) (c Contest, err error) {
	fingerprint := data.Fingerprint()
	for _, group := range groups {
		if err := Alike(runsOf(group)); err != nil {
			return c, err
		}
		for _, s := range group {
			if err := s.trainedOn(data, fingerprint); err != nil {
				return c, err
			}
		}
	}
	b, err := basisOf(data)
	if err != nil {
		return c, err
	}
	if c.Real, err = b.ceiling(data); err != nil {
		return c, err
	}
	for _, group := range groups {
		standing := Standing{First: group[0].Run.Identity}
		for _, s := range group {
			score, err := s.score(ctx, b)
			if err != nil {
				return c, err
			}
			standing.Scores = append(standing.Scores, score)
		}
		c.Standings = append(c.Standings, standing)
	}
	return c, nil
}

// ceiling is what real pictures would get that no model painted.
func (b basis) ceiling(data datasets.Dataset) (Score, error) {
	none := math.NaN()
	s := Score{Restored: none, Gap: none, FittedPrecision: none, FittedRecall: none, Holes: none, Information: none}
	others, err := b.pca.Features(data.Train.First(Judged))
	if err != nil {
		return s, err
	}
	if s.Precision, s.Recall, err = b.precisionRecall(others); err != nil {
		return s, err
	}
	s.Frechet, err = b.distance(others)
	return s, err
}

// score measures one model against the test images.
func (s Subject) score(ctx context.Context, b basis) (x Score, err error) {
	if err := s.ready(); err != nil {
		return x, err
	}
	last := s.Run.Last()
	x.Restored, x.Gap = last.Test.Reconstruction, last.Test.Reconstruction-last.Train.Reconstruction
	x.Information = math.NaN()
	encoded, err := s.Network.Encode(ctx, s.Data.Train.First(Judged))
	if err != nil {
		return x, err
	}
	codes := encoded.Mean
	if encoded.LogVar != nil {
		clouds, err := measure.Posteriors(encoded.Mean, encoded.LogVar)
		if err != nil {
			return x, err
		}
		if codes, err = measure.Draw(clouds, s.Run.Seed); err != nil {
			return x, err
		}
		split, err := measure.SplitKL(clouds, min(500, len(clouds)), s.Run.Seed)
		if err != nil {
			return x, err
		}
		x.Information = split.Information.Value
	}
	standard, err := s.standard()
	if err != nil {
		return x, err
	}
	painted, err := s.features(ctx, b, standard)
	if err != nil {
		return x, err
	}
	if x.Precision, x.Recall, err = b.precisionRecall(painted); err != nil {
		return x, err
	}
	if x.Frechet, err = b.distance(painted); err != nil {
		return x, err
	}
	fitted, err := measure.FitGaussian(codes)
	if err != nil {
		return x, err
	}
	drawn, err := fitted.Sample(Judged, s.Run.Seed)
	if err != nil {
		return x, err
	}
	if painted, err = s.features(ctx, b, drawn); err != nil {
		return x, err
	}
	if x.FittedPrecision, x.FittedRecall, err = b.precisionRecall(painted); err != nil {
		return x, err
	}
	holes, err := measure.FindHoles(codes, Judged, s.Run.Seed)
	x.Holes = holes.Share.Value
	return x, err
}
