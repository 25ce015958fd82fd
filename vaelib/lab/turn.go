package lab

import (
	"math"
	"slices"
	"strconv"

	"vaelab/datasets"
	"vaelab/vaelib/figure"
	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
	"vaelab/vaelib/words"
)

// turnStep is the slider's step: half a doubling of the weight.
const turnStep = 0.5

// Turn lets a slider turn the KL weight of a setting, from the least to the largest of the weights given, in steps of
// √2. Whatever weight has been trained is shown at once; between two of them it is the nearest, and the picture says so.
// The weights given are trained first. When the slider is done at a weight that isn't trained, that one is trained, and
// it is among the others from then on.
func Turn(config run.Config, data datasets.Dataset, weights ...float64) error {
	if len(weights) < 2 || slices.Min(weights) <= 0 {
		return words.Errorf("lab.Turn needs at least two KL weights above 0, but has %v", weights)
	}
	from, to := math.Log2(slices.Min(weights)), math.Log2(slices.Max(weights))
	at := func(exponent float64) run.Config {
		c := config
		c.KLWeight, _ = strconv.ParseFloat(weightText(math.Exp2(exponent)), 64) // as the picture names it
		return c
	}
	var configs []run.Config
	for _, w := range weights {
		c := config
		c.KLWeight = w
		configs = append(configs, c)
	}
	models, err := TrainAll(data, configs...)
	if err != nil {
		return err
	}
	e, err := computes()
	if err != nil {
		return err
	}
	var between []run.Config
	for x := from; x <= to; x += turnStep {
		between = append(between, at(x))
	}
	found, err := e.Find(data, between...) // what earlier turns have trained
	if err != nil {
		return err
	}
	for i, r := range found {
		x := from + float64(i)*turnStep
		if r != nil && !slices.ContainsFunc(models, func(m *Model) bool { return standsAt(m, x) }) {
			models = append(models, NewModel(*r, data, e))
		}
	}
	looks := map[*Model]figure.Figure{}
	last := show.Sliders(func(v []float64) figure.Figure {
		m := nearest(models, v[0])
		if _, ok := looks[m]; !ok {
			looks[m] = m.Look(12)
		}
		says := words.Say("This weight is trained.")
		if !standsAt(m, v[0]) {
			says = words.Say("The slider stands at %s, which isn't trained yet: this is the nearest that is.", weightText(at(v[0]).KLWeight))
		}
		return looks[m].With(figure.Caption("%s", words.Sentences(says, looks[m].Caption)))
	}, show.Slider{Name: words.Say("log₂ of the KL weight"), From: from, To: to, At: math.Round((from+to)/2/turnStep) * turnStep, Step: turnStep,
		Stills: []float64{from, to}})
	if standsAt(nearest(models, last[0]), last[0]) {
		return nil
	}
	m, err := Train(at(last[0]), data)
	if err != nil {
		return err
	}
	show.Figure(m.Look(12))
	return nil
}

// nearest is the model whose weight is the nearest to 2ˣ, by their ratio.
func nearest(models []*Model, x float64) *Model {
	return slices.MinFunc(models, func(a, b *Model) int {
		return int(math.Copysign(1, math.Abs(math.Log2(a.KLWeight)-x)-math.Abs(math.Log2(b.KLWeight)-x)))
	})
}

// standsAt reports whether the model's weight is the one where the slider stands at x, but for its rounding.
func standsAt(m *Model, x float64) bool { return math.Abs(math.Log2(m.KLWeight)-x) < turnStep/20 }

func weightText(w float64) string { return strconv.FormatFloat(w, 'g', 3, 64) }

// Look puts what can be seen of a model with two dimensions side by side: its map, and n test images with what it restores
// of them, and n new ones.
func (m *Model) Look(n int) figure.Figure {
	if err := m.ready(); err != nil {
		return figure.Failed(err)
	}
	set := m.Data.Test.First(n)
	restored, err := m.Restore(set)
	if err != nil {
		return figure.Failed(err)
	}
	imagined, err := m.Imagine(n, 1)
	if err != nil {
		return figure.Failed(err)
	}
	half := (n + 1) / 2
	rows := figure.Rows([]figure.Row{
		{Label: words.Say("original"), Images: set.Pictures()[:half]}, {Label: words.Say("restored"), Images: restored[:half]},
		{Label: words.Say("original"), Images: set.Pictures()[half:]}, {Label: words.Say("restored"), Images: restored[half:]},
		{Label: words.Say("new"), Images: imagined[:half]}, {Label: words.Say("new"), Images: imagined[half:]},
	}, figure.Columns(half))
	last, codes := m.Last().Test, m.Map(figure.Limit(5))
	says := words.Say("KL weight %s: reconstruction term %.1f, KL term %.2f nats an image, on test images.",
		weightText(m.KLWeight), last.Reconstruction, last.KL)
	return figure.Beside(codes, rows).With(figure.Caption("%s", words.Sentences(says, codes.Caption)))
}
