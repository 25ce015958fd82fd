package figure

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// mostClouds is how many of a map's codes get their ellipse: more would hide the map.
const mostClouds = 250

// drawClouds draws the 1 σ ellipse of some codes, evenly from the whole set, in their class's colour.
func (m *mapPanel) drawClouds(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	n := min(len(m.spreads), mostClouds)
	for k := range n {
		i := k * len(m.spreads) / n
		z, s := m.codes[i], m.spreads[i]
		var path vg.Path
		for step := range 33 {
			sin, cos := math.Sincos(2 * math.Pi * float64(step) / 32)
			at := [2]float64{z[0] + s[0]*cos, z[1] + s[1]*sin}
			if !m.inside(at) {
				path = nil
				break
			}
			if to := (vg.Point{X: x(at[0]), Y: y(at[1])}); step == 0 {
				path.Move(to)
			} else {
				path.Line(to)
			}
		}
		class := 0
		if len(m.labels) > 0 {
			class = int(m.labels[i])
		}
		c.SetLineStyle(draw.LineStyle{Color: fade(ClassColor(class), 0.8), Width: 0.9})
		c.Stroke(path)
	}
}
