package lab

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vaelab/vaelib/path"
	"vaelab/vaelib/places"
	"vaelab/vaelib/show"
)

// elsewhere is a scene with the obstacle near the left edge.
func elsewhere() path.Scene {
	s := path.Standard()
	s.Obstacle.Centre.X, s.Start.X, s.Goal.X = 0.3, 0.3, 0.3
	return s
}

// hand draws round the obstacle, that far from its centre to the right.
func hand(scene path.Scene, far float64) show.Stroke {
	s, o, g := scene.Start, scene.Obstacle.Centre, scene.Goal
	return show.Stroke{{s.X, s.Y}, {o.X + far, s.Y + 0.2}, {o.X + far, g.Y - 0.2}, {g.X, g.Y}}
}

// draws has strokes taken and kept, as Demonstrate does it.
func draws(t *testing.T, scene path.Scene, far ...float64) {
	t.Helper()
	file, err := drawnFile()
	if err != nil {
		t.Fatal(err)
	}
	_, others, err := drawnIn(file, scene)
	if err != nil {
		t.Fatal(err)
	}
	var strokes []show.Stroke
	for _, x := range far {
		s, err := padOf(scene).Take(hand(scene, x))
		if err != nil {
			t.Fatal(err)
		}
		strokes = append(strokes, s)
	}
	if err := keep(file, scene, strokes, others); err != nil {
		t.Fatal(err)
	}
}

func TestDemonstrationsAreTheReadersOwn(t *testing.T) {
	t.Setenv(places.RunsEnv, filepath.Join(t.TempDir(), "not made yet"))
	used := func(scene path.Scene) (widths []float64, from string) {
		t.Helper()
		all, from, err := demonstrations(scene)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range all {
			if !strings.HasSuffix(from, courses) && d.Scene != scene {
				t.Errorf("a path of another scene, %v", d.Scene)
			}
			widths = append(widths, slices.MaxFunc(d.Path, func(p, q path.Point) int { return int(1e6 * (p.X - q.X)) }).X-d.Scene.Obstacle.Centre.X)
		}
		return widths, from
	}
	if w, from := used(path.Standard()); len(w) != 20 || from != courses {
		t.Errorf("before anything is drawn: %d paths. %s", len(w), from)
	}
	draws(t, path.Standard(), 0.3, 0.35, 0.4)
	if w, from := used(path.Standard()); len(w) != 20 || from != "You have drawn 3 paths, and a model needs at least 4. "+courses {
		t.Errorf("with three drawn, too few for a model: %d paths. %s", len(w), from)
	}
	draws(t, path.Standard(), 0.3, -0.3, 0.4, 0.45)
	draws(t, elsewhere(), 0.3, 0.4, 0.5, 0.6, 0.65)
	draws(t, path.Standard(), 0.2, 0.25, 0.3, 0.35)
	for scene, want := range map[path.Scene][]float64{path.Standard(): {0.2, 0.25, 0.3, 0.35}, elsewhere(): {0.3, 0.4, 0.5, 0.6, 0.65}} {
		w, _ := used(scene)
		if len(w) != len(want) {
			t.Errorf("%d paths are kept, want %d", len(w), len(want))
		}
		for i := range min(len(w), len(want)) {
			if w[i] < want[i]-0.01 || w[i] > want[i]+1e-9 {
				t.Errorf("path %d goes %v wide, was drawn %v wide", i+1, w[i], want[i])
			}
		}
	}
	if _, from := used(path.Standard()); from != "The 4 paths that you have drawn are used." {
		t.Error(from)
	}
	t.Setenv("NBGRADER_EXECUTION", "autograde")
	if w, from := used(path.Standard()); len(w) != 20 || from != courses {
		t.Errorf("while nbgrader grades: %d paths. %s", len(w), from)
	}
}

const courses = "The 20 recorded paths that come with the course are used."

// What isn't taken is told where it is and what to do, and not by the number of a point.
func TestStrokesThatAreNotTaken(t *testing.T) {
	pad := padOf(path.Standard())
	for _, c := range []struct {
		stroke show.Stroke
		want   string
	}{
		{nil, "has 0 of the 2 points"},
		{show.Stroke{{0.5, 0.05}}, "has 1 of the 2 points"},
		{show.Stroke{{0.5, 0.05}, {0.5, 0.95}}, "touches the obstacle"},
		{show.Stroke{{0.8, 0.3}, {0.5, 0.95}}, "at (0.8, 0.3): it is more than 0.1 from the start"},
		{show.Stroke{{0.5, 0.05}, {0.8, 0.5}}, "at (0.8, 0.5): it is more than 0.1 from the goal"},
		{show.Stroke{{0.5, 0.05}, {1.2, 0.5}, {0.5, 0.95}}, "at (1.2, 0.5): it lies outside the picture"},
		{show.Stroke{{0.5, 0.95}, {0.9, 0.5}, {0.5, 0.05}}, "from the goal to the start"},
	} {
		if _, err := pad.Take(c.stroke); err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "point 1 ") {
			t.Errorf("%v: error %v, want one with %q", c.stroke, err, c.want)
		}
	}
}

// A file that can't be read is told, and put aside when its reader draws anew.
func TestDrawnFileThatIsDamaged(t *testing.T) {
	runs := t.TempDir()
	t.Setenv(places.RunsEnv, runs)
	file := filepath.Join(runs, DrawnFile)
	if err := os.WriteFile(file, []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Demonstrations(path.Standard()); err == nil || !strings.Contains(err.Error(), file) || !strings.Contains(err.Error(), "lab.Demonstrate") {
		t.Errorf("error %v, want one that names the file and what to do", err)
	}
	if err := Demonstrate(path.Standard()); err != nil { // outside a notebook: nobody draws
		t.Error(err)
	}
	if text, err := os.ReadFile(file + ".damaged"); err != nil || string(text) != "{" {
		t.Errorf("what was in the file is %q now, %v", text, err)
	}
	if all, err := Demonstrations(path.Standard()); err != nil || len(all) != 20 {
		t.Errorf("%d paths, %v", len(all), err)
	}
}

func TestDemonstrateInNoScene(t *testing.T) {
	if err := Demonstrate(path.Scene{}); err == nil || !strings.Contains(err.Error(), "lab.Demonstrate") {
		t.Errorf("error %v", err)
	}
}

func ExampleDemonstrate() {
	defer os.Setenv(places.RunsEnv, os.Getenv(places.RunsEnv))
	os.Setenv(places.RunsEnv, filepath.Join(os.TempDir(), "nowhere"))
	show.Check(Demonstrate(path.Standard()))
	// Output:
	// Nobody can draw here, because no page answers. In JupyterLab, run the cell, and there is a square to draw in. The 20 recorded paths that come with the course are used.
}
