package path_test

import (
	"fmt"
	"math"
	"testing"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/path"
)

// Seven of ten go left, and all their squares want is an answer between the two: it runs into the obstacle.
func ExampleMean() {
	scene := path.Standard()
	shown, _ := path.Teacher{Share: 0.7, Spread: 1, Seed: 1, Scene: scene}.Demonstrations(100)
	var paths []path.Path
	for _, d := range shown {
		paths = append(paths, d.Path)
	}
	fmt.Printf("mean %.2f, median %.2f off the obstacle\n", scene.Obstacle.Clearance(path.Mean(paths)), scene.Obstacle.Clearance(path.Median(paths)))
	// Output: mean -0.06, median 0.07 off the obstacle
}

// Demonstrations of two paths alone are kl.TwoPoints in each number, +1 where it is the left one's.
func TestAveragesAreTheBestAnswersToTwoPoints(t *testing.T) {
	for _, lefts := range []int{0, 3, 10, 13, 17, 20} {
		share := float64(lefts) / 20
		list := paths(shown(t, path.Teacher{Share: share, Scene: path.Standard()}, 20))
		left := shown(t, path.Teacher{Share: 1, Scene: path.Standard()}, 1)[0].Path
		right := shown(t, path.Teacher{Share: 0, Scene: path.Standard()}, 1)[0].Path
		best := kl.TwoPoints{Share: share, Dim: 1}
		for e, got := range map[kl.ReconstructionError]path.Path{kl.SquaredError: path.Mean(list), kl.AbsoluteError: path.Median(list)} {
			low, high, err := best.Best(e)
			if err != nil {
				t.Fatal(err)
			}
			for i, at := range got {
				middle, half := (left[i].X+right[i].X)/2, (left[i].X-right[i].X)/2 // half is the way to +1
				if x := (at.X - middle) / half; half != 0 && (x < low-1e-9 || x > high+1e-9) {
					t.Errorf("share %v, %v, point %d: the answer is %v, the best is from %v to %v", share, e, i, x, low, high)
				}
				if math.Abs(at.Y-left[i].Y) > 1e-12 {
					t.Errorf("point %d is at height %v", i, at.Y)
				}
			}
		}
	}
}

// From which share on the mean clears the obstacle, from geometry: in the standard scene both styles are half a sine wave of height
// h = (r + 0.08)/sin(π·9/19) about the straight line, for the points next to the obstacle are the tenth and the eleventh
// of twenty. The mean is (2s − 1) times as high, and touches the edge where that brings these two to it: (2s − 1)(r + 0.08) = r.
func TestTheMeanCollidesUpToAShareOf83Percent(t *testing.T) {
	scene := path.Standard()
	r := scene.Obstacle.Radius
	limit := 0.5 + r/(2*(r+0.08)) // 0.826
	left := shown(t, path.Teacher{Share: 1, Scene: scene}, 1)[0].Path
	right := shown(t, path.Teacher{Share: 0, Scene: scene}, 1)[0].Path
	mean := func(share float64) path.Path {
		p := make(path.Path, len(left))
		for i := range p {
			p[i] = path.Point{X: share*left[i].X + (1-share)*right[i].X, Y: left[i].Y}
		}
		return p
	}
	if got := scene.Obstacle.Clearance(mean(limit)); math.Abs(got) > 1e-6 {
		t.Errorf("at the share %v the mean is %v off the obstacle, want 0", limit, got)
	}
	for lefts := range 1001 {
		share := float64(lefts) / 1000
		if collides, want := scene.Obstacle.Clearance(mean(share)) < 0, max(share, 1-share) < limit; collides != want {
			t.Errorf("at the share %v it is %v that the mean collides", share, collides)
		}
	}
	// And of a thousand demonstrations that are counted, with and without a spread.
	for _, spread := range []float64{0, 1} {
		for _, lefts := range []int{500, 600, 700, 800, 850, 900} {
			share := float64(lefts) / 1000
			list := paths(shown(t, path.Teacher{Share: share, Spread: spread, Seed: 7, Scene: scene}, 1000))
			m, median := scene.Obstacle.Clearance(path.Mean(list)), scene.Obstacle.Clearance(path.Median(list))
			if m < 0 != (share < limit) {
				t.Errorf("spread %v, share %v: the mean is %v off", spread, share, m)
			}
			if median > 0 != (share > 0.5) || share > 0.5 && !scene.Left(path.Median(list)) {
				t.Errorf("spread %v, share %v: the median is %v off, left %v", spread, share, median, scene.Left(path.Median(list)))
			}
		}
	}
}

// No answer that is a little off in one number has a smaller error: whatever the paths.
func TestNothingIsBetterThanTheAverages(t *testing.T) {
	list := paths(shown(t, path.Teacher{Share: 0.6, Spread: 1, Seed: 4, Varied: true}, 25))
	errors := func(p path.Path) (squares, absolutes float64) {
		for _, q := range list {
			for i := range p {
				dx, dy := p[i].X-q[i].X, p[i].Y-q[i].Y
				squares += dx*dx + dy*dy
				absolutes += math.Abs(dx) + math.Abs(dy)
			}
		}
		return squares, absolutes
	}
	mean, median := path.Mean(list), path.Median(list)
	squares, _ := errors(mean)
	_, absolutes := errors(median)
	for i := range path.Points {
		for _, by := range []path.Point{{X: 0.01}, {X: -0.01}, {Y: 0.003}, {Y: -0.003}} {
			for k, p := range []path.Path{mean, median} {
				moved := append(path.Path{}, p...)
				moved[i].X += by.X
				moved[i].Y += by.Y
				s, a := errors(moved)
				if k == 0 && s <= squares || k == 1 && a < absolutes-1e-12 {
					t.Errorf("point %d, moved by %v, is better", i, by)
				}
			}
		}
	}
}

func TestAveragesOfOddLists(t *testing.T) {
	one := path.Path{{X: 1, Y: 2}, {X: 3, Y: 4}}
	for name, average := range map[string]func([]path.Path) path.Path{"mean": path.Mean, "median": path.Median} {
		if got := average(nil); got != nil {
			t.Errorf("the %s of nothing is %v", name, got)
		}
		if got := average([]path.Path{one, one[:1]}); len(got) != 1 || got[0] != one[0] {
			t.Errorf("the %s of paths of two and of one point is %v", name, got)
		}
	}
	if got := path.Median([]path.Path{{{X: 5}}, {{X: 1}}, {{X: 2}}, {{X: 100}}}); got[0].X != 3.5 {
		t.Errorf("the median of 1, 2, 5, 100 is %v, want 3.5", got[0].X)
	}
}
