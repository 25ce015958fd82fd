package figure

import (
	"math"
	"slices"

	"vaelab/vaelib/words"
)

// PathScene is where the paths of [Paths] run: a picture 1 wide and 1 high, x to the right and y upward, and an obstacle in it.
type PathScene struct {
	Start, Goal [2]float64
	Centre      [2]float64 // of the obstacle
	Radius      float64
}

// Route is a path as [Paths] draws it: straight lines from point to point. Clearance is how far it stays off the obstacle's edge, in widths of the
// picture; below 0 it collides. Who measures it is the caller, by package path's Circle.Clearance: figures draw, and measure nothing.
type Route struct {
	Points    [][2]float64 // x, y
	Clearance float64
}

// Paths draws routes round an obstacle as thin lines: those that go round in one colour, those that collide in another and dashed. One
// more, such as what a decoder answers to z = 0, is drawn as a thick line: see [Thick]. Caption and alt text count the collisions. What runs out
// of the picture is cut off there. Of more than 300 lines of a kind, 300 are drawn, evenly from the whole list.
func Paths(scene PathScene, routes []Route, opts ...Option) Figure {
	o := collect("Paths", opts, "Thick")
	p := &pathsPanel{scene: scene, thick: o.thick, thickName: o.thickName}
	if err := p.sort(routes); err != nil {
		return failed(o, in("Paths", err))
	}
	return finish(o, p, p.caption(), p.alt(), o.thickName)
}

// Thick adds to Paths one route as a thick line with a name.
func Thick(name string, route Route) Option {
	return set("Thick", func(o *options) { o.thickName, o.thick = name, &route })
}

type pathsPanel struct {
	scene           PathScene
	clear, collides []Route
	thick           *Route
	thickName       string
}

// sort parts the routes that collide from those that don't, and refuses what can't be drawn.
func (p *pathsPanel) sort(routes []Route) error {
	s := p.scene
	for _, x := range []float64{s.Start[0], s.Start[1], s.Goal[0], s.Goal[1], s.Centre[0], s.Centre[1], s.Radius} {
		if !(x >= 0 && x <= 1) {
			return words.Errorf("the scene has the number %v: start, goal, centre and radius must be from 0 to 1", x)
		}
	}
	if len(routes) == 0 && p.thick == nil {
		return words.Errorf("there are no routes to draw")
	}
	for i, r := range routes {
		if err := r.valid(); err != nil {
			return words.Errorf("route %d of %d %w", i+1, len(routes), err)
		}
		if r.Clearance < 0 {
			p.collides = append(p.collides, r)
		} else {
			p.clear = append(p.clear, r)
		}
	}
	if p.thick != nil {
		if err := p.thick.valid(); err != nil {
			return words.Errorf("the thick line %w", err)
		}
		if p.thickName == "" {
			return words.Errorf("the thick line has no name: say what it is, as in figure.Thick(\"z = 0\", …)")
		}
	}
	return nil
}

// far is where drawing ends, in widths of the picture.
const far = 100

func (r Route) valid() error {
	if len(r.Points) < 2 {
		return words.Errorf("has %s: a line needs at least 2", words.Count(len(r.Points), "point", "points"))
	}
	for i, at := range r.Points {
		if !(math.Abs(at[0]) <= far && math.Abs(at[1]) <= far) {
			return words.Errorf("has its point %d at %s: it must be a place, no more than %v away from the picture", i+1, words.Coordinates(at[:]), far)
		}
	}
	if math.IsNaN(r.Clearance) || math.IsInf(r.Clearance, 0) {
		return words.Errorf("has the clearance %v: it must be finite", r.Clearance)
	}
	return nil
}

func (p *pathsPanel) n() int { return len(p.clear) + len(p.collides) }

func (p *pathsPanel) caption() string {
	var says []string
	if p.n() > 0 {
		says = append(says, p.counted())
	}
	if p.thick != nil {
		says = append(says, p.thickSays())
	}
	return words.Sentences(says...)
}

func (p *pathsPanel) counted() string {
	collide, all := words.Thousands(len(p.collides)), words.Thousands(p.n())
	if len(p.collides) == 1 {
		return words.Say("%s of %s collides.", collide, all)
	}
	return words.Say("%s of %s collide.", collide, all)
}

func (p *pathsPanel) thickSays() string {
	if p.thick.Clearance < 0 {
		return words.Say("%s collides, %s deep.", p.thickName, words.Fixed(-p.thick.Clearance, 2))
	}
	return words.Say("%s stays %s off the obstacle.", p.thickName, words.Fixed(p.thick.Clearance, 2))
}

func (p *pathsPanel) alt() string {
	s := p.scene
	at := func(p [2]float64) string { return "(" + words.Fixed(p[0], 2) + ", " + words.Fixed(p[1], 2) + ")" }
	text := words.Say("Paths from a start at %s to a goal at %s, round an obstacle of radius %s at %s.",
		at(s.Start), at(s.Goal), words.Fixed(s.Radius, 2), at(s.Centre))
	if n := p.n(); n > 0 {
		left := 0
		for _, r := range slices.Concat(p.clear, p.collides) {
			if r.Points[len(r.Points)/2][0] < s.Centre[0] {
				left++
			}
		}
		text = words.Sentences(text, words.Say("%s are drawn thin: %s Halfway, %s of them lie left of the obstacle’s centre.",
			words.Count(n, "path", "paths"), p.counted(), words.Thousands(left)))
	}
	if p.thick != nil {
		text = words.Sentences(text, words.Say("A thick line: %s Halfway it lies at %s.", p.thickSays(), at(p.thick.Points[len(p.thick.Points)/2])))
	}
	return text
}

func (p *pathsPanel) numbers(yield func(string, float64)) {
	if n := p.n(); n > 0 {
		yield("paths", float64(n))
		yield("paths that collide", float64(len(p.collides)))
		yield("percent that collide", 100*float64(len(p.collides))/float64(n))
	}
	if p.thick != nil {
		yield(words.English(p.thickName)+Within+"clearance", p.thick.Clearance)
	}
}
