package path_test

import (
	"math"
	"slices"
	"testing"

	"vaelab/vaelib/path"
)

func TestScenesThatCannotBeShown(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for name, c := range map[string]struct {
		change      func(s *path.Scene)
		field, want string
	}{
		"start outside":     {func(s *path.Scene) { s.Start.Y = -0.01 }, "Start", "from 0 to 1"},
		"start nowhere":     {func(s *path.Scene) { s.Start.X = nan }, "Start", "Start is (NaN, 0.05)"},
		"goal outside":      {func(s *path.Scene) { s.Goal.Y = inf }, "Goal", "from 0 to 1"},
		"centre outside":    {func(s *path.Scene) { s.Obstacle.Centre.X = 1.01 }, "Centre", "from 0 to 1"},
		"no radius":         {func(s *path.Scene) { s.Obstacle.Radius = 0 }, "Radius", "above 0"},
		"negative radius":   {func(s *path.Scene) { s.Obstacle.Radius = -1 }, "Radius", "above 0"},
		"radius nowhere":    {func(s *path.Scene) { s.Obstacle.Radius = nan }, "Radius", "above 0"},
		"large radius":      {func(s *path.Scene) { s.Obstacle.Radius = 0.41 }, "Radius", "at most 0.4"},
		"one place":         {func(s *path.Scene) { s.Goal = s.Start }, "Goal", "from the start (0.5, 0.05)"},
		"start in obstacle": {func(s *path.Scene) { s.Start = path.Point{X: 0.5, Y: 0.4} }, "Start", "lies in the obstacle"},
		"goal on its edge": {func(s *path.Scene) {
			s.Obstacle.Radius, s.Obstacle.Centre, s.Goal = 0.25, path.Point{X: 0.5, Y: 0.5}, path.Point{X: 0.75, Y: 0.5}
		}, "Goal", "or on its edge"},
	} {
		t.Run(name, func(t *testing.T) {
			s := path.Standard()
			c.change(&s)
			if e := says[*path.FieldError](t, s.Validate(), c.want); e != nil && e.Field != c.field {
				t.Errorf("the error is about %s, want %s", e.Field, c.field)
			}
		})
	}
	if err := path.Standard().Validate(); err != nil {
		t.Error(err)
	}
	if (path.Scene{}).Validate() == nil {
		t.Error("the zero Scene can be shown")
	}
}

func TestDemonstrationsThatTeachWrongly(t *testing.T) {
	good := shown(t, path.Teacher{Share: 1, Scene: path.Standard()}, 1)[0]
	for name, c := range map[string]struct {
		change func(p path.Path) path.Path
		point  int
		want   string
	}{
		"short":         {func(p path.Path) path.Path { return p[1:] }, 0, "has 19 points: it must have 20"},
		"none":          {func(path.Path) path.Path { return nil }, 0, "has 0 points"},
		"no number":     {func(p path.Path) path.Path { p[4].X = math.NaN(); return p }, 5, "point 5 of the path is (NaN, "},
		"outside":       {func(p path.Path) path.Path { p[19].Y = 1.001; return p }, 20, "outside the picture"},
		"another start": {func(p path.Path) path.Path { p[0].X = 0.53; return p }, 1, "must begin at the start, which is at (0.5, 0.05)"},
		"another goal":  {func(p path.Path) path.Path { p[19].Y = 0.9; return p }, 20, "must end at the goal, which is at (0.5, 0.95)"},
		"collides":      {func(p path.Path) path.Path { p[9] = path.Point{X: 0.5, Y: 0.5}; return p }, 0, "teaches colliding"},
	} {
		t.Run(name, func(t *testing.T) {
			d := good
			d.Path = c.change(slices.Clone(good.Path))
			if e := says[*path.PathError](t, d.Validate(), c.want); e != nil && e.Point != c.point {
				t.Errorf("the error is about point %d, want %d", e.Point, c.point)
			}
		})
	}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	d := good
	d.Path = slices.Clone(good.Path)
	d.Path[0].X += 0.019
	if err := d.Validate(); err != nil {
		t.Error("a start within Near is refused:", err)
	}
	says[*path.FieldError](t, path.Demonstration{Path: good.Path}.Validate(), "Radius")
}
