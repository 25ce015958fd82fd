package figure

import (
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// shapes are the outlines of the classes' marks, all of the same area, so that no class looks heavier.
var shapes = equalAreas(
	regular(20, 0, 1),            // disc
	regular(4, math.Pi/4, 1),     // square
	regular(3, math.Pi/2, 1),     // triangle
	regular(3, -math.Pi/2, 1),    // triangle on its tip
	regular(4, 0, 1),             // diamond
	cross(0),                     // plus
	cross(math.Pi/4),             // times
	regular(10, math.Pi/2, 0.45), // star
	[]vg.Point{{X: 2, Y: 1}, {X: -2, Y: 1}, {X: -2, Y: -1}, {X: 2, Y: -1}}, // lying bar
	[]vg.Point{{X: 1, Y: 2}, {X: -1, Y: 2}, {X: -1, Y: -2}, {X: 1, Y: -2}}, // standing bar
)

// mark draws a class's mark, as large as a disc of this radius.
func mark(c draw.Canvas, class int, at vg.Point, radius vg.Length, alpha float64) {
	c.SetColor(fade(ClassColor(class), alpha))
	c.Fill(outline(class, at, radius))
}

// outlined draws a class's mark with a white and a dark edge, to be seen on points of its own colour.
func outlined(c draw.Canvas, class int, at vg.Point, radius vg.Length) {
	path := outline(class, at, radius)
	for _, edge := range []draw.LineStyle{{Color: rgb(0xFFFFFF), Width: 5}, {Color: ink, Width: 2}} {
		c.SetLineStyle(edge)
		c.Stroke(path)
	}
	mark(c, class, at, radius, 1)
}

func outline(class int, at vg.Point, radius vg.Length) vg.Path {
	// Beyond ten classes colours come again, each with another shape.
	return polygon(at, radius, shapes[(class+class/len(classColors))%len(shapes)])
}

// polygon is a shape as large as a disc of this radius.
func polygon(at vg.Point, radius vg.Length, shape []vg.Point) vg.Path {
	var path vg.Path
	for i, v := range shape {
		to := at.Add(v.Scale(radius))
		if i == 0 {
			path.Move(to)
		} else {
			path.Line(to)
		}
	}
	path.Close()
	return path
}

// regular is a polygon with n corners, the first at this angle, every other one drawn in to inner.
func regular(n int, angle, inner float64) (corners []vg.Point) {
	for i := range n {
		r := 1.0
		if i%2 == 1 {
			r = inner
		}
		sin, cos := math.Sincos(angle + 2*math.Pi*float64(i)/float64(n))
		corners = append(corners, vg.Point{X: vg.Length(r * cos), Y: vg.Length(r * sin)})
	}
	return corners
}

// cross is a plus turned by an angle.
func cross(angle float64) (corners []vg.Point) {
	const arm, half = 1, 0.32
	sin, cos := math.Sincos(angle)
	for quarter := range 4 {
		for _, p := range [][2]float64{{arm, -half}, {arm, half}, {half, half}} {
			for range quarter {
				p = [2]float64{-p[1], p[0]}
			}
			corners = append(corners, vg.Point{X: vg.Length(p[0]*cos - p[1]*sin), Y: vg.Length(p[0]*sin + p[1]*cos)})
		}
	}
	return corners
}

// equalAreas scales outlines to the area of the disc of radius 1.
func equalAreas(outlines ...[]vg.Point) [][]vg.Point {
	for _, o := range outlines {
		k := vg.Length(math.Sqrt(math.Pi / area(o)))
		for i := range o {
			o[i] = o[i].Scale(k)
		}
	}
	return outlines
}

// area is the shoelace formula.
func area(corners []vg.Point) (a float64) {
	for i, p := range corners {
		q := corners[(i+1)%len(corners)]
		a += float64(p.X*q.Y-q.X*p.Y) / 2
	}
	return math.Abs(a)
}
