package path

import (
	"math"
	"math/rand/v2"

	"vaelab/vaelib/words"
)

// Teacher shows how to get past an obstacle: in a share of the demonstrations on the left, in the others on the right. The zero
// Teacher has no scene: [Teacher.Validate] refuses it.
type Teacher struct {
	Share  float64 // of demonstrations that pass on the left, from 0 to 1; at 0 and 1 there is one style only
	Spread float64 // how unlike demonstrations of one style are, from 0, all alike, to 1
	Seed   uint64  // of all that is drawn
	Scene  Scene   // of all demonstrations, unless Varied
	Varied bool    // each demonstration has another scene: start below, goal above, and an obstacle between them
}

// What the teacher's paths keep from the obstacle's edge, and from the picture's: in widths of the picture.
const (
	usualGap = 0.08
	moreGap  = 0.05 // with Spread 1 the gap is from usualGap − moreGap to usualGap + moreGap
	leastGap = usualGap - moreGap
	border   = 0.02
	wander   = 0.1 // with Spread 1 the bulge is greatest so far before or after the obstacle, as a share of the way
)

// most is how many demonstrations are made at once.
const most = 1_000_000

// Validate reports the first setting that nobody can teach with: a [*FieldError]. A scene in which one of the sides that
// the teacher uses has no room between obstacle and border is one.
func (t Teacher) Validate() error {
	switch {
	case !(t.Share >= 0 && t.Share <= 1):
		return &FieldError{"Share", t.Share, words.Say("the share of demonstrations that go left is from 0 to 1")}
	case !(t.Spread >= 0 && t.Spread <= 1):
		return &FieldError{"Spread", t.Spread, words.Say("it is from 0, all demonstrations of a style alike, to 1")}
	case t.Varied:
		return nil
	}
	if err := t.Scene.Validate(); err != nil {
		return err
	}
	for _, left := range []bool{true, false} {
		used := left && t.Share > 0 || !left && t.Share < 1
		if used && newBulge(t.Scene, left, 0).room() < leastGap {
			return &FieldError{"Obstacle", t.Scene.Obstacle.Centre, words.Say("%s a smooth path comes closer to the obstacle than %v, "+
				"or closer to the picture's edge than %v: move it, or make its radius of %v smaller",
				words.Text(sideNames[classOf(left)]), leastGap, border, t.Scene.Obstacle.Radius)}
		}
	}
	return nil
}

// Demonstrations gives n of them. Exactly round(n·Share) go left, in a shuffled order, so that a small set has the share that was
// asked for as nearly as it can. Each path is the straight line from start to goal with one bulge to its side, half a wave of a sine;
// none touches the obstacle or the picture's edge. The same Teacher gives the same ones.
func (t Teacher) Demonstrations(n int) ([]Demonstration, error) {
	if err := t.Validate(); err != nil {
		return nil, err
	}
	if n < 1 || n > most {
		return nil, &FieldError{"n", n, words.Say("ask for 1 to %d demonstrations", most)}
	}
	rng := rand.New(rand.NewPCG(t.Seed, 0x9a7b))
	lefts := int(math.Round(float64(n) * t.Share))
	shown := make([]Demonstration, n)
	for i, place := range rng.Perm(n) {
		scene := t.Scene
		if t.Varied {
			scene = drawn(rng)
		}
		shown[place] = Demonstration{scene, t.path(scene, i < lefts, rng)}
	}
	return shown, nil
}

// path draws how wide of the obstacle the bulge passes, and where it is greatest.
func (t Teacher) path(scene Scene, left bool, rng *rand.Rand) Path {
	gap := usualGap + moreGap*t.Spread*(2*rng.Float64()-1)
	b := newBulge(scene, left, wander*t.Spread*(2*rng.Float64()-1))
	if b.room() < leastGap { // but there is room for one that is greatest beside the obstacle
		b = newBulge(scene, left, 0)
	}
	return b.path(b.height(gap))
}

// drawn is a scene with room on both sides.
func drawn(rng *rand.Rand) Scene {
	between := func(low, high float64) float64 { return low + (high-low)*rng.Float64() }
	s := Scene{Start: Point{between(0.35, 0.65), between(0.03, 0.1)}, Goal: Point{between(0.35, 0.65), between(0.9, 0.97)}}
	way, aside := between(0.4, 0.6), between(-0.06, 0.06)
	s.Obstacle = Circle{Point{s.Start.X + way*(s.Goal.X-s.Start.X) + aside, s.Start.Y + way*(s.Goal.Y-s.Start.Y)}, between(0.1, 0.17)}
	return s
}
