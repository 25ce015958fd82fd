package lab

import (
	"math"
	"strings"

	"vaelab/datasets"
	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
	"vaelab/vaelib/study"
	"vaelab/vaelib/words"
)

// Contest shows what the measures say: a line for each group of models that differ only in their seed, each number
// the group's mean and its standard deviation. All models must have been trained on the data given, as it is now. The numbers
// themselves are study.RunContest's.
func Contest(data datasets.Dataset, models ...[]*Model) error {
	list, err := studied(models)
	if err != nil {
		return words.Errorf("lab.Contest: %w", err)
	}
	c, err := study.RunContest(cell, data, list...)
	if err != nil {
		return words.Errorf("lab.Contest: %w", err)
	}
	rows := [][]any{scores(words.Say("real pictures, instead of a model's"), []study.Score{c.Real})}
	for _, s := range c.Standings {
		rows = append(rows, scores(kind(s.First), s.Scores))
	}
	show.Table([]string{words.Say("mean ± standard deviation over seeds"), words.Say("restores, nats"), words.Say("gap, nats"),
		words.Say("precision"), words.Say("recall"), words.Say("fitted: precision"), words.Say("fitted: recall"),
		words.Say("Fréchet"), words.Say("holes"), words.Say("information, nats")}, rows...)
	return nil
}

// kind says of which kind a model is: "VAE, 16 dimensions".
func kind(id run.Identity) string {
	return words.Say("%s, %d dimensions", strings.ToUpper(string(id.Model)), id.Latent)
}

// scores are a line of the table.
func scores(title string, list []study.Score) []any {
	of := func(format string, number func(study.Score) float64) string {
		var values []float64
		for _, s := range list {
			values = append(values, number(s))
		}
		if math.IsNaN(values[0]) {
			return "–"
		}
		return Over(format, values)
	}
	return []any{title,
		of("%.1f", func(s study.Score) float64 { return s.Restored }), of("%.1f", func(s study.Score) float64 { return s.Gap }),
		of("%.2f", func(s study.Score) float64 { return s.Precision }), of("%.2f", func(s study.Score) float64 { return s.Recall }),
		of("%.2f", func(s study.Score) float64 { return s.FittedPrecision }), of("%.2f", func(s study.Score) float64 { return s.FittedRecall }),
		of("%.1f", func(s study.Score) float64 { return s.Frechet }), of("%.2f", func(s study.Score) float64 { return s.Holes }),
		of("%.2f", func(s study.Score) float64 { return s.Information }),
	}
}

// PrecisionRecall says how well pictures of codes from N(0, I) do; see study.PrecisionRecall.
func (m *Model) PrecisionRecall() (precision, recall float64, err error) {
	s, err := m.subject()
	if err != nil {
		return 0, 0, err
	}
	return study.PrecisionRecall(cell, s)
}

// PrecisionRecallOf is PrecisionRecall for pictures of codes of your own; see study.PrecisionRecallOf.
func (m *Model) PrecisionRecallOf(codes [][]float64) (precision, recall float64, err error) {
	s, err := m.subject()
	if err != nil {
		return 0, 0, err
	}
	return study.PrecisionRecallOf(cell, s, codes)
}
