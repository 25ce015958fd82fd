package lab

import (
	"errors"
	"fmt"

	"vaelab/datasets"
	"vaelab/vaelib/figure"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/show"

	"gonum.org/v1/gonum/stat"
)

// Tradeoffs shows what each group of models pays and what it gets, a line for each group: models that differ only in
// their seed. Each number is the group's mean and its standard deviation. The ELBO is −(reconstruction + KL) with the
// weight 1, whatever the models were trained with: the one number in which they can be compared as models of the data.
func Tradeoffs(data datasets.Dataset, groups ...[]*Model) error {
	b, err := basisOf(data)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, group := range groups {
		if len(group) == 0 {
			return errors.New("lab.Tradeoffs: a group has no models")
		}
		var reconstruction, kl, elbo, active, precision, recall []float64
		for _, m := range group {
			t := m.Last().Test
			codes, err := m.Encode(m.Data.Test)
			if err != nil {
				return err
			}
			units, _, err := measure.ActiveUnits(codes.Mean)
			if err != nil {
				return err
			}
			p, r, _, err := m.draws(b)
			if err != nil {
				return err
			}
			reconstruction, kl, elbo = append(reconstruction, t.Reconstruction), append(kl, t.KL), append(elbo, -t.Reconstruction-t.KL)
			active, precision, recall = append(active, float64(units)), append(precision, p), append(recall, r)
		}
		rows = append(rows, []any{fmt.Sprint(group[0].KLWeight), over("%.1f", reconstruction), over("%.2f", kl), over("%.1f", elbo),
			over("%.1f", active), over("%.2f", precision), over("%.2f", recall)})
	}
	show.Table([]string{"KL weight", "reconstruction, nats", "KL term, nats", "ELBO, nats", "active units", "precision", "recall"}, rows...)
	return nil
}

// RateDistortion draws the groups in the plane of the KL term and the reconstruction term of their test images.
func RateDistortion(groups ...[]*Model) figure.Figure {
	var points []figure.Tradeoff
	for _, group := range groups {
		if len(group) == 0 {
			return figure.Failed(errors.New("lab.RateDistortion: a group has no models"))
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
	return within(format, mean, spread)
}
