package lab

import (
	"fmt"
	"image"

	"vaelab/datasets"
	"vaelab/vaelib/figure"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/show"
	"vaelab/vaelib/trained"
	"vaelab/vaelib/words"
)

// Usage says what each dimension of the code does over the test images: how many nats it takes, and whether it has
// collapsed. Printed, it is a diagnosis in a sentence.
func (m *Model) Usage() (measure.Usage, error) {
	if err := m.ready(); err != nil {
		return nil, err
	}
	codes, err := m.Encode(m.Data.Test)
	if err != nil {
		return nil, err
	}
	if codes.LogVar == nil {
		return nil, words.Errorf("an autoencoder pays no KL term: only a VAE's dimensions can collapse")
	}
	clouds, err := measure.Posteriors(codes.Mean, codes.LogVar)
	if err != nil {
		return nil, err
	}
	return measure.UsageOf(clouds)
}

// Dimensions draws each dimension's part of the KL term, the largest first.
func (m *Model) Dimensions() figure.Figure {
	usage, err := m.Usage()
	if err != nil {
		return figure.Failed(err)
	}
	var bars []figure.Bar
	for _, d := range usage.Ranked() {
		bars = append(bars, figure.Bar{Label: dimension(d), Parts: []float64{usage[d].KL}})
	}
	return figure.Bars(bars, figure.Title("%s", m.Name()), figure.X(words.Say("KL, nats an image")), figure.Caption("%s", usage))
}

// Traversals moves one dimension of a test image's code at a time through the standard normal's range, and draws what the
// decoder makes of it, a line for each dimension, the one with the largest part of the KL term first. A dimension that
// has collapsed changes nothing.
func (m *Model) Traversals(which int) figure.Figure {
	usage, err := m.Usage()
	if err != nil {
		return figure.Failed(err)
	}
	if n := m.Data.Test.Len(); which < 0 || which >= n {
		return figure.Failed(words.Errorf("there is no test image %d: there are images 0 to %d", which, n-1))
	}
	codes, err := m.Encode(m.Data.Test.First(which + 1))
	if err != nil {
		return figure.Failed(err)
	}
	test := m.Data.Test
	one := datasets.Images{Width: test.Width, Height: test.Height, Pixels: test.Image(which)} // what a conditional model is given
	values := []float64{-3, -2.25, -1.5, -0.75, 0, 0.75, 1.5, 2.25, 3}
	var rows []figure.Row
	for _, d := range usage.Ranked() {
		painted, err := ask(m, func(e trained.Model) ([]*image.Gray, error) {
			e.Given = one
			return e.Traverse(cell, codes.Mean[which], d, values)
		})
		if err != nil {
			return figure.Failed(err)
		}
		rows = append(rows, figure.Row{Label: words.Say("%s: %.2f nats", dimension(d), usage[d].KL), Images: Pictures(painted)})
	}
	return figure.Rows(rows, figure.Columns(len(values)), figure.Title("%s", m.Name()),
		figure.Caption("%s", words.Say("One test picture's code, with one dimension at a time moved from −3 to 3.")))
}

// dimension names a dimension, counted from 1 as in formulas.
func dimension(d int) string { return fmt.Sprintf("z%s", subscript(d+1)) }

func subscript(n int) (s string) {
	for _, digit := range fmt.Sprint(n) {
		s += string('₀' + digit - '0')
	}
	return s
}

// ShowBounds shows what Bounds gives: a line for each number of draws, and above it the ELBO and what the numbers are
// bounds on.
func (m *Model) ShowBounds(b trained.Bounds) {
	says := words.Say("%s: the ELBO, with its KL term in closed form, is %.2f nats an image.", m.Name(), b.ELBO.Value)
	show.Note("%s", words.Sentences(says, words.Text(string(b.Caveat))))
	var rows [][]any
	for _, k := range b.ByK {
		rows = append(rows, []any{fmt.Sprint(k.K), words.PlusMinus("%.2f", k.Value, k.Sampling), fmt.Sprintf("%.2f", k.Gain.Value),
			fmt.Sprintf("%.1f", k.ESS), fmt.Sprintf("%.2f", k.ClosedKL.Value)})
	}
	show.Table([]string{words.Say("draws k"), words.Say("bound ± error of sampling"), words.Say("above the ELBO"),
		words.Say("worth so many draws"), words.Say("with the closed-form KL")}, rows...)
}

// Bounds gives the model's ELBO and importance-weighted bounds on images, in nats an image: larger is better.
func (m *Model) Bounds(set datasets.Images, o measure.BoundOptions) (trained.Bounds, error) {
	return ask(m, func(e trained.Model) (trained.Bounds, error) { return e.Bounds(cell, set, o) })
}
