package lab

import (
	"fmt"
	"strings"

	"vaelab/datasets"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
)

// judged is how many images and pictures each measure compares: the time grows with its square.
const judged = 2000

// score is what the measures say of one model.
type score struct {
	restored, gap     float64 // nats an image: reconstruction of test images, and how much better the training images
	precision, recall float64 // of pictures from N(0, I)
	fittedPrecision   float64 // of pictures from a Gaussian fitted to the codes
	fittedRecall      float64
	distance          float64 // Fréchet, of pictures from N(0, I)
	holes             float64
	information       float64 // nats between image and code; NaN for an AE
}

// judge measures a model against test images.
func judge(m *Model, b basis) (s score, err error) {
	last := m.Last()
	s.restored, s.gap = last.Test.Reconstruction, last.Test.Reconstruction-last.Train.Reconstruction
	some := m.Data.Train.First(judged)
	encoded, err := m.Encode(some)
	if err != nil {
		return s, err
	}
	codes := encoded.Mean
	if encoded.LogVar != nil {
		clouds, err := measure.Posteriors(encoded.Mean, encoded.LogVar)
		if err != nil {
			return s, err
		}
		if codes, err = measure.Draw(clouds, m.Seed); err != nil {
			return s, err
		}
		split, err := measure.SplitKL(clouds, min(500, len(clouds)), m.Seed)
		if err != nil {
			return s, err
		}
		s.information = split.Information.Value
	}
	painted, err := m.drawn(b)
	if err != nil {
		return s, err
	}
	if s.precision, s.recall, err = b.precisionRecall(painted); err != nil {
		return s, err
	}
	if s.distance, err = b.distance(painted); err != nil {
		return s, err
	}
	fitted, err := measure.FitGaussian(codes)
	if err != nil {
		return s, err
	}
	drawn, err := fitted.Sample(judged, m.Seed)
	if err != nil {
		return s, err
	}
	if painted, err = m.features(b, drawn); err != nil {
		return s, err
	}
	if s.fittedPrecision, s.fittedRecall, err = b.precisionRecall(painted); err != nil {
		return s, err
	}
	holes, err := measure.FindHoles(codes, judged, m.Seed)
	s.holes = holes.Share.Value
	return s, err
}

// standards are n standard normal distributions.
func standards(n, dim int) []kl.Diagonal {
	list := make([]kl.Diagonal, n)
	for i := range list {
		list[i] = kl.StandardDiagonal(dim)
	}
	return list
}

// Contest shows what the measures say: a line for each group of models that differ only in their seed, each number
// the group's mean and its standard deviation. All models must have been trained on the data given, as it is now.
func Contest(data datasets.Dataset, groups ...[]*Model) error {
	fingerprint := data.Fingerprint()
	for _, group := range groups {
		if err := alike(group); err != nil {
			return fmt.Errorf("lab.Contest: %w", err)
		}
		for _, m := range group {
			if err := m.trainedOn(data, fingerprint); err != nil {
				return fmt.Errorf("lab.Contest: %w", err)
			}
		}
	}
	b, err := basisOf(data)
	if err != nil {
		return err
	}
	rows, err := ceiling(data, b)
	if err != nil {
		return err
	}
	for _, group := range groups {
		var scores []score
		for _, m := range group {
			s, err := judge(m, b)
			if err != nil {
				return err
			}
			scores = append(scores, s)
		}
		rows = append(rows, line(group[0], scores))
	}
	show.Table([]string{"mean ± standard deviation over seeds", "restores, nats", "gap, nats", "precision", "recall",
		"fitted: precision", "fitted: recall", "Fréchet", "holes", "information, nats"}, rows...)
	return nil
}

// ceiling is the table's first line: what real pictures that no model painted would get.
func ceiling(data datasets.Dataset, b basis) ([][]any, error) {
	others, err := b.pca.Features(data.Train.First(judged))
	if err != nil {
		return nil, err
	}
	precision, recall, err := b.precisionRecall(others)
	if err != nil {
		return nil, err
	}
	distance, err := b.distance(others)
	return [][]any{{"real pictures, instead of a model's", "–", "–", fmt.Sprintf("%.2f", precision), fmt.Sprintf("%.2f", recall),
		"–", "–", fmt.Sprintf("%.1f", distance), "–", "–"}}, err
}

// line sums up a group.
func line(first *Model, scores []score) []any {
	of := func(format string, number func(score) float64) string {
		var values []float64
		for _, s := range scores {
			values = append(values, number(s))
		}
		return over(format, values)
	}
	information := "–"
	if first.Model != run.AE {
		information = of("%.2f", func(s score) float64 { return s.information })
	}
	return []any{
		fmt.Sprintf("%s, %d dimensions", strings.ToUpper(string(first.Model)), first.Latent),
		of("%.1f", func(s score) float64 { return s.restored }), of("%.1f", func(s score) float64 { return s.gap }),
		of("%.2f", func(s score) float64 { return s.precision }), of("%.2f", func(s score) float64 { return s.recall }),
		of("%.2f", func(s score) float64 { return s.fittedPrecision }), of("%.2f", func(s score) float64 { return s.fittedRecall }),
		of("%.1f", func(s score) float64 { return s.distance }), of("%.2f", func(s score) float64 { return s.holes }),
		information,
	}
}
