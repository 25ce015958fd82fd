package lab

import (
	"context"
	"fmt"
	"image"

	"vaelab/datasets"
	"vaelab/vaelib/figure"
	"vaelab/vaelib/trained"
	"vaelab/vaelib/words"
)

// cell is the context of what a cell asks: it ends with its program, and not before.
var cell = context.Background()

// Encode gives the posteriors of images: means, and for a VAE log-variances. Images that were encoded before, by their
// contents, aren't encoded again.
func (m *Model) Encode(set datasets.Images) (trained.Codes, error) {
	return ask(m, func(e trained.Model) (trained.Codes, error) { return e.Encode(cell, set) })
}

// Decode paints codes.
func (m *Model) Decode(codes [][]float64) ([]*image.Gray, error) {
	return ask(m, func(e trained.Model) ([]*image.Gray, error) { return e.Decode(cell, codes) })
}

// Restore encodes images and paints their mean codes, ready for a figure.
func (m *Model) Restore(set datasets.Images) ([]image.Image, error) {
	restored, err := ask(m, func(e trained.Model) ([]*image.Gray, error) { return e.Restore(cell, set) })
	return Pictures(restored), err
}

// Imagine paints n codes drawn from N(0, I), ready for a figure. The same seed gives every model the same codes. A conditional model is
// given the first pixels of test images, one after the other.
func (m *Model) Imagine(n int, seed uint64) ([]image.Image, error) {
	imagined, err := ask(m, func(e trained.Model) ([]*image.Gray, error) {
		if e.Config.Given > 0 {
			return e.ImagineGiven(cell, m.Data.Test, n, seed)
		}
		return e.Imagine(cell, n, seed)
	})
	return Pictures(imagined), err
}

// ImagineGiven paints n codes drawn from N(0, I), each with what is given of an image, in the images' order and then anew.
func (m *Model) ImagineGiven(set datasets.Images, n int, seed uint64) ([]*image.Gray, error) {
	return ask(m, func(e trained.Model) ([]*image.Gray, error) { return e.ImagineGiven(cell, set, n, seed) })
}

// DecodeGiven paints codes of a conditional model, each with what is given of an image, in the images' order and then anew.
func (m *Model) DecodeGiven(set datasets.Images, codes [][]float64) ([]*image.Gray, error) {
	return ask(m, func(e trained.Model) ([]*image.Gray, error) {
		joined, err := e.Join(codes, set)
		if err != nil {
			return nil, err
		}
		return e.Decode(cell, joined)
	})
}

// Pictures are grey images as figures take them.
func Pictures(grey []*image.Gray) []image.Image {
	list := make([]image.Image, len(grey))
	for i, g := range grey {
		list[i] = g
	}
	return list
}

// Paint draws the pictures of some codes, each with its code below.
func (m *Model) Paint(codes ...[]float64) figure.Figure {
	pictures, err := m.Decode(codes)
	if err != nil {
		return figure.Failed(err)
	}
	var labels []string
	for _, z := range codes {
		label := ""
		if len(z) == 2 {
			label = words.Minus(fmt.Sprintf("(%.4g, %.4g)", z[0], z[1]))
		}
		labels = append(labels, label)
	}
	return figure.Images(Pictures(pictures), figure.Labels(labels), figure.Columns(8), figure.Title("%s", m.Name()),
		figure.Caption("%s", words.Say("What the decoder paints from each code.")))
}

// Walk goes in a straight line from one test image's mean code to another's, and draws the pictures on the way, a
// line for each model.
func Walk(from, to, steps int, models ...*Model) figure.Figure {
	if err := allReady(models); err != nil {
		return figure.Failed(err)
	}
	var rows []figure.Row
	for _, m := range models {
		n := m.Data.Test.Len()
		if from < 0 || to < 0 || from >= n || to >= n || steps < 1 {
			return figure.Failed(words.Errorf("a walk from image %d to image %d in %d steps can't be gone: there are images 0 to %d", from, to, steps, n-1))
		}
		codes, err := m.Encode(m.Data.Test)
		if err != nil {
			return figure.Failed(err)
		}
		a, b := codes.Mean[from], codes.Mean[to]
		var way [][]float64
		for i := range steps + 1 {
			t := float64(i) / float64(steps)
			z := make([]float64, len(a))
			for d := range z {
				z[d] = (1-t)*a[d] + t*b[d]
			}
			way = append(way, z)
		}
		pictures, err := m.Decode(way)
		if err != nil {
			return figure.Failed(err)
		}
		rows = append(rows, figure.Row{Label: m.Name(), Images: Pictures(pictures)})
	}
	return figure.Rows(rows, figure.Columns(steps+1), figure.Caption("%s", words.Say("In a straight line from one image's code to another's.")))
}
