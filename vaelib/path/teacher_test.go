package path_test

import (
	"fmt"
	"math"
	"reflect"
	"testing"

	"vaelab/vaelib/path"
)

func ExampleTeacher() {
	scene := path.Standard()
	teacher := path.Teacher{Share: 0.7, Spread: 1, Seed: 1, Scene: scene}
	shown, err := teacher.Demonstrations(10)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range shown {
		fmt.Printf("left %v, %.2f off the obstacle\n", scene.Left(d.Path), scene.Obstacle.Clearance(d.Path))
	}
	// Output:
	// left true, 0.10 off the obstacle
	// left true, 0.09 off the obstacle
	// left true, 0.06 off the obstacle
	// left true, 0.04 off the obstacle
	// left false, 0.10 off the obstacle
	// left true, 0.12 off the obstacle
	// left false, 0.11 off the obstacle
	// left true, 0.03 off the obstacle
	// left true, 0.08 off the obstacle
	// left false, 0.07 off the obstacle
}

// Every demonstration is valid, with the gap that Spread promises, and exactly as many as asked for go left: whatever the scene.
func TestTeachersKeepTheirWord(t *testing.T) {
	aside := path.Standard()
	aside.Obstacle.Centre.X = 0.62 // the straight line touches its left edge
	tight := path.Standard()       // 0.04 between obstacle and border on the right, and less for a bulge that isn't greatest there
	tight.Start.X, tight.Goal.X, tight.Obstacle.Centre.X = 0.75, 0.75, 0.79
	across := path.Scene{Start: path.Point{X: 0.03, Y: 0.3}, Goal: path.Point{X: 0.97, Y: 0.6}, Obstacle: path.Circle{Centre: path.Point{X: 0.4, Y: 0.45}, Radius: 0.12}}
	for name, teacher := range map[string]path.Teacher{
		"standard": {Scene: path.Standard()}, "aside": {Scene: aside}, "tight": {Scene: tight}, "across": {Scene: across}, "varied": {Varied: true},
	} {
		for _, share := range []float64{0, 0.5, 0.7, 0.815, 1} {
			for _, spread := range []float64{0, 0.5, 1} {
				for _, n := range []int{1, 2, 7, 400} {
					teacher.Share, teacher.Spread, teacher.Seed = share, spread, uint64(n)
					lefts := 0
					for i, d := range shown(t, teacher, n) {
						if err := d.Validate(); err != nil {
							t.Fatalf("%s, share %v, spread %v: demonstration %d of %d: %v", name, share, spread, i, n, err)
						}
						clearance := d.Scene.Obstacle.Clearance(d.Path)
						roomy := name == "standard" || name == "across" // elsewhere the picture's edge may be nearer
						if low, high := 0.08-0.05*spread, 0.08+0.05*spread; clearance > high+1e-9 || clearance < 0.03-1e-9 || roomy && clearance < low-1e-9 {
							t.Errorf("%s, spread %v: demonstration %d of %d keeps %v off", name, spread, i, n, clearance)
						}
						if d.Scene.Left(d.Path) {
							lefts++
						}
						if !teacher.Varied && d.Scene != teacher.Scene {
							t.Errorf("%s: demonstration %d is in the scene %v", name, i, d.Scene)
						}
					}
					if want := int(math.Round(share * float64(n))); lefts != want {
						t.Errorf("%s, share %v: %d of %d go left, want %d", name, share, lefts, n, want)
					}
				}
			}
		}
	}
}

// Seeds, styles and places are drawn, and drawn again alike.
func TestDemonstrationsAreDrawnBySeed(t *testing.T) {
	teacher := path.Teacher{Share: 0.5, Spread: 1, Seed: 3, Scene: path.Standard()}
	once, again := shown(t, teacher, 40), shown(t, teacher, 40)
	if !reflect.DeepEqual(once, again) {
		t.Error("the same seed gives others")
	}
	teacher.Seed = 4
	if other := shown(t, teacher, 40); reflect.DeepEqual(once[0].Path, other[0].Path) {
		t.Error("another seed gives the same")
	}
	changes, kinds := 0, map[string]bool{}
	for i, d := range once {
		if i > 0 && d.Scene.Left(d.Path) != once[i-1].Scene.Left(once[i-1].Path) {
			changes++
		}
		kinds[fmt.Sprint(d.Path)] = true
	}
	if changes < 5 || len(kinds) != 40 {
		t.Errorf("the side changes %d times among 40 demonstrations, %d of which differ", changes, len(kinds))
	}
	teacher.Spread = 0
	kinds = map[string]bool{}
	for _, d := range shown(t, teacher, 40) {
		kinds[fmt.Sprint(d.Path)] = true
	}
	if len(kinds) != 2 {
		t.Errorf("without a spread there are %d paths, want one on each side", len(kinds))
	}
}

// A path has no corner: at no point does it turn by more than a twelfth of a whole turn.
func TestDemonstrationsAreSmooth(t *testing.T) {
	most := 0.0
	for _, d := range shown(t, path.Teacher{Share: 0.5, Spread: 1, Seed: 5, Varied: true}, 2000) {
		for i := 2; i < len(d.Path); i++ {
			a, b, c := d.Path[i-2], d.Path[i-1], d.Path[i]
			turn := math.Atan2((b.X-a.X)*(c.Y-b.Y)-(b.Y-a.Y)*(c.X-b.X), (b.X-a.X)*(c.X-b.X)+(b.Y-a.Y)*(c.Y-b.Y))
			most = max(most, math.Abs(turn))
		}
	}
	t.Logf("the sharpest turn is %.0f°", most*180/math.Pi)
	if most > math.Pi/6 {
		t.Errorf("a path turns by %.0f° at one point", most*180/math.Pi)
	}
}

func TestTeachersThatCannotTeach(t *testing.T) {
	standard := path.Standard()
	wall := standard
	wall.Obstacle.Centre.X = 0.19 // no way past it on the left
	wall.Start.X, wall.Goal.X = 0.25, 0.25
	for name, c := range map[string]struct {
		teacher     path.Teacher
		n           int
		field, want string
	}{
		"share above 1":  {path.Teacher{Share: 1.01, Scene: standard}, 1, "Share", "from 0 to 1"},
		"share below 0":  {path.Teacher{Share: -0.01, Scene: standard}, 1, "Share", "from 0 to 1"},
		"no share":       {path.Teacher{Share: math.NaN(), Varied: true}, 1, "Share", "Share is NaN"},
		"spread above 1": {path.Teacher{Spread: 2, Varied: true}, 1, "Spread", "from 0"},
		"no spread":      {path.Teacher{Spread: math.NaN(), Scene: standard}, 1, "Spread", "from 0"},
		"no scene":       {path.Teacher{}, 1, "Radius", "above 0"},
		"no room":        {path.Teacher{Share: 0.5, Scene: wall}, 1, "Obstacle", "on the left"},
		"none":           {path.Teacher{Scene: standard}, 0, "n", "ask for 1"},
		"fewer":          {path.Teacher{Scene: standard}, -1, "n", "n is -1"},
		"too many":       {path.Teacher{Scene: standard}, 1_000_001, "n", "to 1000000"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := c.teacher.Demonstrations(c.n)
			if e := says[*path.FieldError](t, err, c.want); e != nil && e.Field != c.field {
				t.Errorf("the error is about %s, want %s", e.Field, c.field)
			}
		})
	}
	if _, err := (path.Teacher{Share: 0, Scene: wall}).Demonstrations(3); err != nil {
		t.Error("a side that nobody takes needs room:", err)
	}
}
