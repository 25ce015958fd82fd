package figure

import (
	"fmt"
	"image"
	"math"
	"strings"
	"testing"
)

var standardScene = PathScene{Start: [2]float64{0.5, 0.05}, Goal: [2]float64{0.5, 0.95}, Centre: [2]float64{0.5, 0.5}, Radius: 0.15}

// arc goes from the standard scene's start to its goal, and this far to the left.
func arc(height float64) (r Route) {
	r.Clearance = math.Abs(height) - 0.15
	for i := range 20 {
		t := float64(i) / 19
		r.Points = append(r.Points, [2]float64{0.5 - height*math.Sin(math.Pi*t), 0.05 + 0.9*t})
	}
	return r
}

// arcs are n that go round, every fourth on the right.
func arcs(n int) (list []Route) {
	for i := range n {
		height := 0.2 + 0.2*float64(i)/float64(n)
		if i%4 == 3 {
			height = -height
		}
		list = append(list, arc(height))
	}
	return list
}

// pathsKinds are paths with what is hard on a layout.
func pathsKinds() map[string]Figure {
	aside := PathScene{Start: [2]float64{0, 0}, Goal: [2]float64{1, 1}, Centre: [2]float64{1, 0.5}, Radius: 0.4}
	outside := Route{Points: [][2]float64{{-3, 0.2}, {0.5, 4}, {0.5, -90}, {2, 0.5}}, Clearance: 0.1}
	full := Paths(standardScene, append(arcs(30), arc(0.1)), Thick("z = 0", arc(0.02)), Title("50 : 50"))
	return map[string]Figure{
		"paths":           full,
		"paths beside":    Beside(full, full, full, full),
		"many panels":     Beside(full, full, full, full, full, full),
		"many paths":      Paths(standardScene, append(arcs(1000), arc(0.1))),
		"a long name":     Paths(standardScene, nil, Thick(strings.Repeat("a long name ", 9), arc(0.3))),
		"path at an edge": Paths(aside, []Route{outside, {Points: [][2]float64{{0, 0}, {1, 1}}, Clearance: -0.2}}),
		"paths and plot":  Beside(full, plotKinds()["bells"]),
	}
}

// What collides is told from what doesn't by its colour and by its dashes.
func TestCollisionsAreSeen(t *testing.T) {
	side := int(2 * pathsSide)
	drawn := func(f Figure) *image.RGBA { // the picture alone, without the legend
		page := picture(t, f)
		return page.SubImage(image.Rect(28, 28, 28+side, 28+side)).(*image.RGBA)
	}
	in := func(img *image.RGBA) (blue, red int) {
		for y := img.Rect.Min.Y; y < img.Rect.Max.Y; y++ {
			for x := img.Rect.Min.X; x < img.Rect.Max.X; x++ {
				switch p := img.RGBAAt(x, y); {
				case int(p.B) > int(p.R)+60:
					blue++
				case int(p.R) > int(p.B)+60:
					red++
				}
			}
		}
		return blue, red
	}
	straight := func(clearance float64) Figure {
		return Paths(standardScene, []Route{{Points: [][2]float64{{0.2, 0.05}, {0.2, 0.95}}, Clearance: clearance}})
	}
	blue, none := in(drawn(straight(0.1)))
	zero, red := in(drawn(straight(-0.1)))
	if blue == 0 || none != 0 || zero != 0 || red == 0 {
		t.Errorf("a line that goes round has %d blue and %d red pixels, one that collides %d and %d", blue, none, zero, red)
	}
	gaps := func(f Figure) (n int) { // rows in which there is nothing but white, between the line's ends
		page := drawn(f)
		x := page.Rect.Min.X + side/5
		for y := page.Rect.Min.Y + side/10; y < page.Rect.Max.Y-side/10; y++ {
			if p := page.RGBAAt(x, y); p.R == 255 && p.G == 255 && p.B == 255 {
				n++
			}
		}
		return n
	}
	if whole, dashed := gaps(straight(0.1)), gaps(straight(-0.1)); whole != 0 || dashed < side/5 {
		t.Errorf("in %d rows the line that goes round is missing, in %d the one that collides", whole, dashed)
	}
}

// Start below, goal above, left on the left: the picture isn't mirrored.
func TestPathsLieWhereTheyGo(t *testing.T) {
	s := PathScene{Start: [2]float64{0.25, 0.1}, Goal: [2]float64{0.75, 0.8}, Centre: [2]float64{0.9, 0.2}, Radius: 0.05}
	page := picture(t, Paths(s, []Route{{Points: [][2]float64{{0.1, 0.5}, {0.1, 0.52}}}}))
	side := 2 * float64(pathsSide)
	at := func(x, y float64) image.Point { return image.Pt(28+int(x*side), 28+int((1-y)*side)) }
	fill := channels(obstacleFill)
	for _, c := range []struct {
		x, y float64
		want bool
		is   func(p [4]byte) bool
		what string
	}{
		{0.25, 0.1, true, func(p [4]byte) bool { return p == channels(ink) }, "the start"},
		{0.75, 0.8, true, func(p [4]byte) bool { return p == channels(ink) }, "the goal"},
		{0.9, 0.2, true, func(p [4]byte) bool { return p == fill }, "the obstacle"},
		{0.9, 0.24, true, func(p [4]byte) bool { return p == fill }, "the obstacle"},
		{0.9, 0.27, false, func(p [4]byte) bool { return p == fill }, "the obstacle"},
		{0.1, 0.51, true, func(p [4]byte) bool { return int(p[2]) > int(p[0])+60 }, "the line"},
		{0.1, 0.49, false, func(p [4]byte) bool { return int(p[2]) > int(p[0])+60 }, "the line"},
	} {
		p := at(c.x, c.y)
		if got := c.is(channels(page.RGBAAt(p.X, p.Y))); got != c.want {
			t.Errorf("at (%v, %v), which has the colour %v: it is %v that it shows %s", c.x, c.y, page.RGBAAt(p.X, p.Y), got, c.what)
		}
	}
}

func TestPathsSayWhatTheyShow(t *testing.T) {
	f := Paths(standardScene, append(arcs(9), arc(0.1)), Thick("z = 0", arc(-0.2)))
	if want := "1 of 10 collides. z = 0 stays 0.05 off the obstacle."; f.Caption != want {
		t.Errorf("the caption is %q, want %q", f.Caption, want)
	}
	for _, want := range []string{
		"from a start at (0.50, 0.05) to a goal at (0.50, 0.95)", "radius 0.15 at (0.50, 0.50)",
		"10 paths are drawn thin: 1 of 10 collides.", "Halfway, 8 of them lie left", "z = 0 stays 0.05 off", "Halfway it lies at (0.70, 0.52)",
	} {
		if !strings.Contains(f.Alt, want) {
			t.Errorf("the alt text %q lacks %q", f.Alt, want)
		}
	}
	two := Paths(standardScene, []Route{arc(0.1), arc(0.05), arc(0.3)}, Thick("the mean", arc(0.1)))
	if want := "2 of 3 collide. the mean collides, 0.05 deep."; two.Caption != want {
		t.Errorf("the caption is %q, want %q", two.Caption, want)
	}
	if alone := Paths(standardScene, nil, Thick("z = 0", arc(0.3))); alone.Caption != "z = 0 stays 0.15 off the obstacle." {
		t.Errorf("the caption is %q", alone.Caption)
	}
}

func TestPathsThatCannotBeDrawn(t *testing.T) {
	nan := math.NaN()
	bad := standardScene
	bad.Radius = -1
	for want, f := range map[string]Figure{
		"there are no routes":                Paths(standardScene, nil),
		"the scene has the number -1":        Paths(bad, arcs(2)),
		"route 2 of 2 has 1 point:":          Paths(standardScene, []Route{arc(0.3), {Points: [][2]float64{{0, 0}}}}),
		"route 1 of 1 has its point 2 at":    Paths(standardScene, []Route{{Points: [][2]float64{{0, 0}, {nan, 0}}}}),
		"no more than 100 away":              Paths(standardScene, []Route{{Points: [][2]float64{{0, 0}, {0, 1e308}}}}),
		"route 1 of 1 has the clearance NaN": Paths(standardScene, []Route{{arc(0.3).Points, nan}}),
		"the thick line has 0 points":        Paths(standardScene, arcs(3), Thick("z = 0", Route{})),
		"the thick line has no name":         Paths(standardScene, arcs(3), Thick("", arc(0.3))),
		"font has no '인'":                    Paths(standardScene, arcs(3), Thick("인코더", arc(0.3))),
		"the scene has the number NaN":       Paths(PathScene{Start: [2]float64{nan, 0}}, arcs(3)),
	} {
		if err := f.Err(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want one with %q", err, want)
		}
	}
}

func ExamplePaths() {
	left := Route{Points: [][2]float64{{0.5, 0.05}, {0.25, 0.5}, {0.5, 0.95}}, Clearance: 0.1}
	straight := Route{Points: [][2]float64{{0.5, 0.05}, {0.5, 0.95}}, Clearance: -0.15}
	f := Paths(PathScene{Start: [2]float64{0.5, 0.05}, Goal: [2]float64{0.5, 0.95}, Centre: [2]float64{0.5, 0.5}, Radius: 0.15},
		[]Route{left, straight}, Thick("z = 0", straight))
	fmt.Println(f.Caption)
	for place, x := range f.Numbers() {
		fmt.Println(place, x)
	}
	// Output:
	// 1 of 2 collides. z = 0 collides, 0.15 deep.
	// paths 2
	// paths that collide 1
	// percent that collide 50
	// z = 0 › clearance -0.15
}

// The words at both ends stand where no line is, if there is such a side.
func TestWordsStandBesideTheLines(t *testing.T) {
	side := int(2 * pathsSide)
	for _, height := range []float64{0.3, -0.3} {
		page := picture(t, Paths(standardScene, nil, Thick("z", arc(height))))
		dark := func(x0, x1 float64) (n int) { // in a strip of the goal's height
			for x := 28 + int(x0*float64(side)); x < 28+int(x1*float64(side)); x++ {
				for y := 28 + side*3/100; y < 28+side*7/100; y++ {
					if page.RGBAAt(x, y).R < 200 {
						n++
					}
				}
			}
			return n
		}
		left, right := dark(0.35, 0.46), dark(0.54, 0.65)
		if height > 0 && (left > 0 || right == 0) || height < 0 && (right > 0 || left == 0) {
			t.Errorf("a line that goes %v to the left: %d dark pixels left of the goal, %d right of it", height, left, right)
		}
	}
}
