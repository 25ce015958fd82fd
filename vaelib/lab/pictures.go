package lab

import (
	"image"
	"math"

	"vaelab/vaelib/figure"
	"vaelab/vaelib/run"
	"vaelab/vaelib/trained"
	"vaelab/vaelib/words"
)

// Name says what the model is in a few words: the titles of its figures.
func (m *Model) Name() string {
	if m == nil {
		return words.Say("no model")
	}
	return name(m.Identity)
}

func name(id run.Identity) string {
	network := networkOf(id)
	switch {
	case id.Weights != "":
		return words.Say("%s, weights from elsewhere", network)
	case id.Model == run.AE:
		return network
	case id.Loss != "":
		return words.Say("%s, %s, own loss", network, id.Aim())
	}
	return words.Say("%s, %s", network, id.Aim())
}

// networkOf is the name of the network, without what it was trained for.
func networkOf(id run.Identity) string {
	switch convolutional := id.Layers == run.Convolutional; {
	case id.Model == run.AE && convolutional:
		return words.Say("Convolutional AE")
	case id.Model == run.AE:
		return "AE"
	case convolutional: // and so not linear
		return words.Say("Convolutional VAE")
	case id.Linear():
		return words.Say("Linear VAE")
	}
	return "VAE"
}

// Curves draws how training went.
func (m *Model) Curves() figure.Figure {
	if err := m.ready(); err != nil {
		return figure.Failed(err)
	}
	return figure.Curves(m.State.History, figure.Title("%s", m.Name()))
}

// Map draws the mean codes of the test images, coloured by class; figure.Limit fixes its axes. It needs a two-dimensional code.
func (m *Model) Map(opts ...figure.Option) figure.Figure {
	if err := m.ready(); err != nil {
		return figure.Failed(err)
	}
	if m.Latent != 2 {
		return figure.Failed(words.Errorf("a map needs Latent = 2, but this model's codes have %d dimensions", m.Latent))
	}
	codes, err := m.Encode(m.Data.Test)
	if err != nil {
		return figure.Failed(err)
	}
	points := make([][2]float64, len(codes.Mean))
	for i, z := range codes.Mean {
		points[i] = [2]float64{z[0], z[1]}
	}
	opts = append([]figure.Option{figure.Title("%s", m.Name())}, opts...)
	labels, classes := m.Data.Test.Labels, words.Texts(m.Data.Test.Classes)
	if len(labels) == 0 {
		classes = nil // all points look alike
	}
	return figure.LatentMap(points, labels, classes, opts...)
}

// Clouds draws the map with some of the codes' clouds: ellipses of one standard deviation.
func (m *Model) Clouds(opts ...figure.Option) figure.Figure {
	if err := m.ready(); err != nil {
		return figure.Failed(err)
	}
	codes, err := m.Encode(m.Data.Test)
	if err != nil {
		return figure.Failed(err)
	}
	if codes.LogVar == nil {
		return figure.Failed(words.Errorf("an autoencoder's codes are points: only a VAE's have clouds"))
	}
	sigmas := make([][2]float64, len(codes.LogVar))
	for i, s := range codes.LogVar {
		for d := range min(2, len(s)) {
			sigmas[i][d] = math.Exp(s[d] / 2)
		}
	}
	return m.Map(append(opts, figure.Spreads(sigmas))...)
}

// Plane draws what the decoder paints across the latent plane, an n×n grid from −3 to 3.
func (m *Model) Plane(n int) figure.Figure {
	var axis []float64
	pictures, err := ask(m, func(e trained.Model) (p []*image.Gray, err error) {
		p, axis, err = e.Plane(cell, n, 3)
		return p, err
	})
	if err != nil {
		return figure.Failed(err)
	}
	down := make([]float64, len(axis)) // the first row is at the top
	for i, z := range axis {
		down[len(axis)-1-i] = z
	}
	return figure.LatentPlane(Pictures(pictures), axis, down, figure.Title("%s", m.Name()))
}

// Pairs draws test images, n of each class, above what the model restores of them.
func (m *Model) Pairs(n int) figure.Figure {
	if err := m.ready(); err != nil {
		return figure.Failed(err)
	}
	set := m.Data.Test.OfEachClass(n)
	restored, err := m.Restore(set)
	if err != nil {
		return figure.Failed(err)
	}
	return figure.Pairs(set.Pictures(), restored, figure.Title("%s", m.Name()))
}

// Restored draws test images, n of each class, above what each of the models restores of them.
func Restored(n int, models ...*Model) figure.Figure {
	if len(models) == 0 {
		return figure.Failed(words.Errorf("lab.Restored needs at least one model"))
	}
	if err := allReady(models); err != nil {
		return figure.Failed(err)
	}
	set := models[0].Data.Test.OfEachClass(n)
	rows := []figure.Row{{Label: words.Say("original"), Images: set.Pictures()}}
	for _, m := range models {
		restored, err := m.Restore(set)
		if err != nil {
			return figure.Failed(err)
		}
		rows = append(rows, figure.Row{Label: m.Name(), Images: restored})
	}
	return figure.Rows(rows, figure.Caption("%s", words.Say("Test images, and what each model makes of their mean codes.")))
}

// Samples draws n pictures of codes from N(0, I). The same seed gives every model the same codes.
func (m *Model) Samples(n int, seed uint64) figure.Figure {
	pictures, err := m.Imagine(n, seed)
	if err != nil {
		return figure.Failed(err)
	}
	return figure.Images(pictures, figure.Columns(10), figure.Title("%s", m.Name()),
		figure.Caption("%s", words.Say("Each image is decoded from a code drawn from N(0, I).")))
}

// Imagined draws n pictures of codes from N(0, I), a line for each model. The same seed gives every model the same codes.
func Imagined(n int, seed uint64, models ...*Model) figure.Figure {
	if err := allReady(models); err != nil {
		return figure.Failed(err)
	}
	var rows []figure.Row
	for _, m := range models {
		pictures, err := m.Imagine(n, seed)
		if err != nil {
			return figure.Failed(err)
		}
		rows = append(rows, figure.Row{Label: m.Name(), Images: pictures})
	}
	return figure.Rows(rows, figure.Columns(n),
		figure.Caption("%s", words.Say("Pictures of the same codes, drawn from N(0, I), as each model's decoder paints them.")))
}

// ask opens the model when it is first needed.
func ask[T any](m *Model, question func(trained.Model) (T, error)) (T, error) {
	var none T
	if err := m.ready(); err != nil {
		return none, err
	}
	e, err := m.open()
	if err != nil {
		return none, err
	}
	return question(e)
}
