package lab

import (
	"fmt"
	"strings"

	"vaelab/vaelib/figure"
	"vaelab/vaelib/show"
	"vaelab/vaelib/study"
	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/stat"
)

// Tradeoffs measures each group of models, shows a line for each, the group's means and standard deviations, and gives the
// numbers, which are study.Tradeoffs's.
func Tradeoffs(models ...[]*Model) ([]study.Tradeoff, error) {
	of, err := studied(models)
	if err != nil {
		return nil, words.Errorf("lab.Tradeoffs: %w", err)
	}
	list, err := study.Tradeoffs(cell, of...)
	if err != nil {
		return nil, words.Errorf("lab.Tradeoffs: %w", err)
	}
	var rows [][]any
	called := names(models)
	for i, t := range list {
		rows = append(rows, []any{strings.TrimPrefix(called[i].inOne(), "β = "), Over("%.1f", t.Reconstruction), Over("%.2f", t.KL), Over("%.1f", t.ELBO),
			Over("%.1f", t.Active), Over("%.2f", t.Precision), Over("%.2f", t.Recall)})
	}
	show.Table([]string{words.Say("KL weight"), words.Say("reconstruction, nats"), words.Say("KL term, nats"), words.Say("ELBO, nats"),
		words.Say("active units"), words.Say("precision"), words.Say("recall")}, rows...)
	return list, nil
}

// RateDistortion draws the groups in the plane of the KL term and the reconstruction term of their test images.
func RateDistortion(models ...[]*Model) figure.Figure {
	if err := alike(models); err != nil {
		return figure.Failed(words.Errorf("lab.RateDistortion: %w", err))
	}
	var points []figure.Tradeoff
	called := names(models)
	for i, group := range models {
		p := figure.Tradeoff{Label: called[i].label, Series: called[i].series}
		for _, m := range group {
			p.Rate, p.Distortion = append(p.Rate, m.Last().Test.KL), append(p.Distortion, m.Last().Test.Reconstruction)
		}
		points = append(points, p)
	}
	return figure.RateDistortion(points)
}

// Over is a group's mean and its standard deviation, of one number from each model.
func Over(format string, values []float64) string {
	if len(values) < 2 {
		return fmt.Sprintf(format, values[0])
	}
	mean, spread := stat.MeanStdDev(values, nil)
	return words.PlusMinus(format, mean, spread)
}
