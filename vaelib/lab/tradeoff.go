package lab

import (
	"fmt"

	"vaelab/vaelib/figure"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/show"
	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/stat"
)

// Tradeoff is what models that differ only in their seed pay and what they get: a number from each of them. The ELBO is
// −(reconstruction + KL) with the weight 1, whatever they were trained with: the one number in which they can be compared
// as models of the data.
type Tradeoff struct {
	Weight                   float64
	Reconstruction, KL, ELBO []float64 // nats an image, on test images
	Active                   []float64 // units in use (Burda et al. 2016)
	Precision, Recall        []float64 // of pictures of codes from N(0, I)
}

// Tradeoffs measures each group of models, and shows a line for each: the group's means and standard deviations.
func Tradeoffs(groups ...[]*Model) ([]Tradeoff, error) {
	var list []Tradeoff
	var rows [][]any
	for _, group := range groups {
		t, err := tradeoff(group)
		if err != nil {
			return nil, err
		}
		list = append(list, t)
		rows = append(rows, []any{fmt.Sprint(t.Weight), over("%.1f", t.Reconstruction), over("%.2f", t.KL), over("%.1f", t.ELBO),
			over("%.1f", t.Active), over("%.2f", t.Precision), over("%.2f", t.Recall)})
	}
	show.Table([]string{"KL weight", "reconstruction, nats", "KL term, nats", "ELBO, nats", "active units", "precision", "recall"}, rows...)
	return list, nil
}

func tradeoff(group []*Model) (t Tradeoff, err error) {
	if err := alike(group); err != nil {
		return t, fmt.Errorf("lab.Tradeoffs: %w", err)
	}
	t.Weight = group[0].KLWeight
	for _, m := range group {
		last := m.Last().Test
		codes, err := m.Encode(m.Data.Test)
		if err != nil {
			return t, err
		}
		active, _, err := measure.ActiveUnits(codes.Mean)
		if err != nil {
			return t, err
		}
		precision, recall, err := m.PrecisionRecall()
		if err != nil {
			return t, err
		}
		t.Reconstruction, t.KL = append(t.Reconstruction, last.Reconstruction), append(t.KL, last.KL)
		t.ELBO, t.Active = append(t.ELBO, -last.Reconstruction-last.KL), append(t.Active, float64(active))
		t.Precision, t.Recall = append(t.Precision, precision), append(t.Recall, recall)
	}
	return t, nil
}

// RateDistortion draws the groups in the plane of the KL term and the reconstruction term of their test images.
func RateDistortion(groups ...[]*Model) figure.Figure {
	var points []figure.Tradeoff
	for _, group := range groups {
		if err := alike(group); err != nil {
			return figure.Failed(fmt.Errorf("lab.RateDistortion: %w", err))
		}
		p := figure.Tradeoff{Label: fmt.Sprintf("β = %g", group[0].KLWeight)}
		for _, m := range group {
			p.Rate, p.Distortion = append(p.Rate, m.Last().Test.KL), append(p.Distortion, m.Last().Test.Reconstruction)
		}
		points = append(points, p)
	}
	return figure.RateDistortion(points)
}

// over is a group's mean and its standard deviation, of one number from each model.
func over(format string, values []float64) string {
	if len(values) < 2 {
		return fmt.Sprintf(format, values[0])
	}
	mean, spread := stat.MeanStdDev(values, nil)
	return words.PlusMinus(format, mean, spread)
}
