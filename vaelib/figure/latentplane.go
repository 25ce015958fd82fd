package figure

import (
	"image"
	"math"

	"vaelab/vaelib/words"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// LatentPlane shows images decoded at the points of a grid in the latent plane, each where its code lies. The
// images come line by line from the top: image r·len(xs)+c was decoded from (xs[c], ys[r]), so xs rises and ys,
// whose first value belongs to the top line, falls. Both are evenly spaced.
func LatentPlane(images []image.Image, xs, ys []float64, opts ...Option) Figure {
	o := collect("LatentPlane", opts)
	fail := func(err error) Figure { return failed(o, in("LatentPlane", err)) }
	switch {
	case len(xs) < 2 || len(ys) < 2:
		return fail(words.Errorf("a plane needs at least 2 values along each axis, here are %d and %d", len(xs), len(ys)))
	case len(images) != len(xs)*len(ys):
		return fail(words.Errorf("%d × %d values need %s, here are %s",
			len(xs), len(ys), words.Count(len(xs)*len(ys), "image", "images"), words.Thousands(len(images))))
	case !even(xs, +1):
		return fail(words.Errorf("xs must rise in even steps from left to right"))
	case !even(ys, -1):
		return fail(words.Errorf("ys must fall in even steps: its first value belongs to the top line"))
	}
	if err := sameSize(images, images[0]); err != nil {
		return fail(err)
	}
	right, top := xs[len(xs)-1], ys[0]
	return finish(o, &planePanel{images, xs, ys},
		words.Say("Each image is decoded from the code (z₁, z₂) at its place in the latent plane."),
		words.Say("%d × %d images decoded across the latent plane, z₁ from %s to %s and z₂ from %s to %s.",
			len(xs), len(ys), number(xs[0], 1), number(right, 1), number(ys[len(ys)-1], 1), number(top, 1)))
}

// even reports whether xs are finite and evenly spaced, rising (sign +1) or falling (−1).
func even(xs []float64, sign float64) bool {
	step := (xs[len(xs)-1] - xs[0]) / float64(len(xs)-1)
	if !(step*sign > 0) || math.IsInf(step, 0) {
		return false
	}
	for i, x := range xs {
		if !(math.Abs(x-xs[0]-step*float64(i)) <= 1e-3*math.Abs(step)) {
			return false
		}
	}
	return true
}

type planePanel struct {
	images []image.Image
	xs, ys []float64
}

const (
	planeSide = vg.Length(620) // where the page is that wide
	planeGap  = vg.Length(1)
)

// cell is the size of an enlarged image.
func (p *planePanel) cell(free vg.Length) vg.Point {
	size := p.images[0].Bounds().Size()
	room := min(planeSide, free-axisRoom-overhang)
	each := (room+planeGap)/vg.Length(len(p.xs)) - planeGap
	zoom := vg.Length(max(1, int(each*resolution/vg.Length(size.X))))
	return vg.Point{X: zoom * vg.Length(size.X) / resolution, Y: zoom * vg.Length(size.Y) / resolution}
}

// area is the size of all images with their gaps.
func (p *planePanel) area(cell vg.Point) vg.Point {
	return vg.Point{
		X: vg.Length(len(p.xs))*(cell.X+planeGap) - planeGap,
		Y: vg.Length(len(p.ys))*(cell.Y+planeGap) - planeGap,
	}
}

func (p *planePanel) size(free vg.Length) vg.Point {
	return p.area(p.cell(free)).Add(vg.Point{X: axisRoom + overhang, Y: overhang + axisBelow})
}

func (p *planePanel) draw(c draw.Canvas, free vg.Length) {
	cell := p.cell(free)
	area := p.area(cell)
	at := vg.Point{X: snap(c.Min.X + axisRoom), Y: snap(c.Max.Y-overhang) - area.Y}
	for i, img := range p.images {
		row, col := i/len(p.xs), i%len(p.xs)
		min := vg.Point{
			X: at.X + vg.Length(col)*(cell.X+planeGap),
			Y: at.Y + area.Y - cell.Y - vg.Length(row)*(cell.Y+planeGap),
		}
		c.DrawImage(vg.Rectangle{Min: min, Max: min.Add(cell)}, img)
	}
	// The outer values belong to the middles of the outer images, so the axes reach half an image further, and
	// stand a little off, not to touch the images.
	const off = 3
	frame := vg.Rectangle{Min: vg.Point{X: at.X - off, Y: at.Y - off}, Max: at.Add(area)}
	a := axes("", "", ticks(8, false), ticks(8, false))
	a.X.Min, a.X.Max = reach(p.xs, float64(off/(cell.X+planeGap)))
	a.Y.Max, a.Y.Min = reach(p.ys, 0)
	stepY := (a.Y.Max - a.Y.Min) / float64(len(p.ys))
	a.Y.Min -= stepY * float64(off/(cell.Y+planeGap))
	a.Draw(fit(a, c, frame))
	nameAxes(c, vg.Rectangle{Min: at, Max: at.Add(area)})
}

// reach is half a step, and a part of a step more at the first value, beyond the outer values.
func reach(xs []float64, more float64) (first, last float64) {
	step := (xs[len(xs)-1] - xs[0]) / float64(len(xs)-1)
	return xs[0] - step*(0.5+more), xs[len(xs)-1] + step/2
}
