package path_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"vaelab/vaelib/path"
)

func ExampleResample() {
	scene := path.Standard()
	drawn := []path.Point{{X: 0.52, Y: 0.06}, {X: 0.2, Y: 0.3}, {X: 0.2, Y: 0.7}, {X: 0.49, Y: 0.9}}
	p, err := path.Resample(drawn, scene)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(p), "points, from", p[0], "to", p[path.Points-1])
	drawn[1].X, drawn[2].X = 0.45, 0.45
	_, err = path.Resample(drawn, scene)
	fmt.Println(err)
	// Output:
	// 20 points, from (0.5, 0.05) to (0.5, 0.95)
	// the path touches the obstacle: go round it, for a demonstration that collides teaches colliding
}

// Of a quarter of a circle, drawn in 10,000 uneven steps, the points lie at equal angles.
func TestResampledPointsAreEquallyFarAlongTheLine(t *testing.T) {
	scene := path.Scene{Start: path.Point{X: 0.9, Y: 0.1}, Goal: path.Point{X: 0.1, Y: 0.9}, Obstacle: path.Circle{Centre: path.Point{X: 0.2, Y: 0.2}, Radius: 0.1}}
	at := func(turn float64) path.Point {
		sin, cos := math.Sincos(turn * math.Pi / 2)
		return path.Point{X: 0.1 + 0.8*cos, Y: 0.1 + 0.8*sin}
	}
	var line []path.Point
	for i := range 10_001 {
		t := float64(i) / 10_000
		line = append(line, at(t*t), at(t*t)) // slowly first, and each point twice
	}
	p, err := path.Resample(line, scene)
	if err != nil {
		t.Fatal(err)
	}
	for i, got := range p {
		if want := at(float64(i) / 19); math.Hypot(got.X-want.X, got.Y-want.Y) > 1e-6 {
			t.Errorf("point %d is %v, want %v", i+1, got, want)
		}
	}
	if err := (path.Demonstration{Scene: scene, Path: p}).Validate(); err != nil {
		t.Error(err)
	}
}

func TestLinesThatNoPathIsMadeOf(t *testing.T) {
	standard := path.Standard()
	around := func(x float64) []path.Point {
		return []path.Point{standard.Start, {X: x, Y: 0.3}, {X: x, Y: 0.7}, standard.Goal}
	}
	backwards := around(0.2)
	slices.Reverse(backwards)
	for name, c := range map[string]struct {
		line  []path.Point
		point int
		want  string
	}{
		"none":        {nil, 0, "has 0 of the 2 points"},
		"one point":   {around(0.2)[:1], 0, "has 1 of the 2 points"},
		"no number":   {append([]path.Point{{X: math.NaN()}}, around(0.2)...), 1, "outside the picture"},
		"leaves":      {around(-0.01), 2, "point 2 of the path is (-0.01, 0.3): it lies outside the picture"},
		"far":         {around(math.Inf(1)), 2, "outside the picture"},
		"late":        {around(0.2)[1:], 1, "more than 0.1 from the start"},
		"early":       {around(0.2)[:3], 3, "more than 0.1 from the goal"},
		"a bit late":  {append([]path.Point{{X: 0.39, Y: 0.05}}, around(0.2)[1:]...), 1, "more than 0.1 from the start"},
		"a bit early": {append(around(0.2)[:3:3], path.Point{X: 0.61, Y: 0.95}), 4, "more than 0.1 from the goal"},
		"backwards":   {backwards, 1, "drawn from the goal to the start"},
		"straight":    {[]path.Point{standard.Start, standard.Goal}, 0, "touches the obstacle"},
		"collides":    {around(0.36), 0, "touches the obstacle"},
		"at its edge": {around(0.3501), 0, "touches the obstacle"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := path.Resample(c.line, standard)
			if e := says[*path.PathError](t, err, c.want); e != nil && e.Point != c.point {
				t.Errorf("the error is about point %d, want %d", e.Point, c.point)
			}
		})
	}
	_, err := path.Resample(around(0.2), path.Scene{})
	says[*path.FieldError](t, err, "Radius")
	if _, err := path.Resample(around(0.34), standard); err != nil {
		t.Error("a line that comes close, and no closer, is refused:", err)
	}

	// So close around that twenty points cut the corner: half of a circle just outside the edge.
	var close []path.Point
	close = append(close, standard.Start)
	for i := range 181 {
		sin, cos := math.Sincos(math.Pi * float64(i) / 180)
		close = append(close, path.Point{X: 0.5 - 0.1501*sin, Y: 0.5 - 0.1501*cos})
	}
	_, err = path.Resample(append(close, standard.Goal), standard)
	says[*path.PathError](t, err, "with 20 points it runs into it")
}

// Whatever is drawn within Reach of both ends begins at the start, ends at the goal, and is otherwise where it was drawn.
func TestResampleJoinsTheEnds(t *testing.T) {
	standard := path.Standard()
	line := []path.Point{{X: 0.42, Y: 0.1}, {X: 0.1, Y: 0.5}, {X: 0.55, Y: 0.9}}
	p, err := path.Resample(line, standard)
	if err != nil {
		t.Fatal(err)
	}
	if p[0] != standard.Start || p[19] != standard.Goal {
		t.Errorf("from %v to %v", p[0], p[19])
	}
	whole := append(append(path.Path{standard.Start}, line...), standard.Goal)
	for i, at := range p {
		if off := (path.Circle{Centre: at}).Clearance(whole); off > 1e-12 {
			t.Errorf("point %d lies %v off the line", i+1, off)
		}
	}
}
