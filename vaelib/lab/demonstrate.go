package lab

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"vaelab/vaelib/path"
	"vaelab/vaelib/places"
	"vaelab/vaelib/show"
	"vaelab/vaelib/words"
)

// So many demonstrations the reader draws: with the least a model can be trained, with the most it is enough.
const (
	LeastDrawn = 4
	MostDrawn  = 20
)

// DrawnFile is the file of paths, in the folder of runs, that keeps what the reader has drawn, for whatever scenes.
const DrawnFile = "paths.json"

// Demonstrate lets the reader draw demonstrations in a scene, a stroke each, in a square on the page, as [show.Draw] does. When it
// ends, however it ends, they are kept in [DrawnFile], in the place of those drawn before in this scene, and a line says so.
// The next time they are there, to go on from. [Demonstrations] gives them to other cells.
//
// Where nobody can draw, a line says so, and which demonstrations are used. The errors are about the scene, or about the file.
func Demonstrate(scene path.Scene) error {
	if err := scene.Validate(); err != nil {
		return words.Errorf("lab.Demonstrate: the scene's %w", err)
	}
	file, err := drawnFile()
	if err != nil {
		return err
	}
	mine, others, err := drawnIn(file, scene)
	if damaged := (*path.FileError)(nil); errors.As(err, &damaged) {
		aside := file + ".damaged"
		if err := os.Rename(file, aside); err != nil {
			return errors.Join(damaged, err)
		}
		show.Note("%s", words.Say("What you have drawn before can't be read, so you begin anew; it is kept as %s: %v.", aside, damaged.Err))
	} else if err != nil {
		return err
	}
	_, from, err := demonstrations(scene)
	if err != nil {
		return err
	}
	pad := padOf(scene)
	pad.Instead = from
	pad.Keep = func(strokes []show.Stroke) error { return keep(file, scene, strokes, others) }
	for _, d := range mine[:min(len(mine), MostDrawn)] {
		pad.Before = append(pad.Before, stroke(d.Path))
	}
	strokes, why := show.Draw(pad)
	if why == "" {
		return nil
	}
	if len(strokes) > 0 { // else what was kept before stays
		if err := keep(file, scene, strokes, others); err != nil {
			return err
		}
		show.Note("%s", words.Say("Kept: %s, in %s.", words.Count(len(strokes), "path", "paths"), file))
	}
	if _, from, err = demonstrations(scene); err != nil {
		return err
	}
	show.Note("%s", from)
	return nil
}

// keep writes the strokes of a scene, and the others, into the file.
func keep(file string, scene path.Scene, strokes []show.Stroke, others []path.Demonstration) error {
	all := slices.Clone(others)
	for _, s := range strokes {
		all = append(all, path.Demonstration{Scene: scene, Path: points(s)})
	}
	err := os.MkdirAll(filepath.Dir(file), 0o755)
	if err == nil {
		err = path.WriteFile(file, all)
	}
	if err != nil {
		return words.Errorf("your paths can't be kept: set %s to a folder that you may write to: %w", places.RunsEnv, err)
	}
	return nil
}

// Demonstrations are those that the reader has drawn in a scene with [Demonstrate], if there are LeastDrawn of them and nbgrader
// doesn't grade, else those that come with the course, [path.Recorded], which are in the standard scene. The error is about the
// reader's file.
func Demonstrations(scene path.Scene) ([]path.Demonstration, error) {
	all, _, err := demonstrations(scene)
	return all, err
}

// demonstrations are Demonstrations; from says in a sentence which.
func demonstrations(scene path.Scene) (all []path.Demonstration, from string, err error) {
	few := ""
	if !show.Grading() {
		file, err := drawnFile()
		if err != nil {
			return nil, "", err
		}
		mine, _, err := drawnIn(file, scene)
		if err != nil {
			return nil, "", err
		}
		switch n := len(mine); {
		case n >= LeastDrawn:
			return mine, words.Say("The %s that you have drawn are used.", words.Count(n, "path", "paths")), nil
		case n > 0:
			few = words.Say("You have drawn %s, and a model needs at least %d.", words.Count(n, "path", "paths"), LeastDrawn)
		}
	}
	all = path.Recorded()
	used := words.Say("The %s that come with the course are used.", words.Count(len(all), "recorded path", "recorded paths"))
	return all, words.Sentences(few, used), nil
}

// padOf is a scene to draw in.
func padOf(scene path.Scene) show.Pad {
	return show.Pad{
		Task: words.Say("Draw %d paths from the start to the goal, round the obstacle, by mouse, pen or finger: each in one stroke.", MostDrawn),
		Alt: words.Say("A square with the start at %v, the goal at %v, and between them a round obstacle at %v with the radius %v; (0, 0) is at the bottom left, (1, 1) at the top right.",
			scene.Start, scene.Goal, scene.Obstacle.Centre, scene.Obstacle.Radius),
		Marks: []show.Mark{{Name: words.Say("obstacle"), At: xy(scene.Obstacle.Centre), Radius: scene.Obstacle.Radius, Solid: true},
			{Name: words.Say("start"), At: xy(scene.Start), Radius: 0.025}, {Name: words.Say("goal"), At: xy(scene.Goal), Radius: 0.025}},
		Pen: xy(scene.Start), Least: LeastDrawn, Most: MostDrawn,
		Take: func(s show.Stroke) (show.Stroke, error) {
			p, err := path.Resample(points(s), scene)
			if wrong := (*path.PathError)(nil); errors.As(err, &wrong) && wrong.Point > 0 {
				return nil, words.Errorf("at %v: %s", wrong.At, wrong.Want) // nobody counts the points of a stroke
			}
			return stroke(p), err
		},
	}
}

func points(s show.Stroke) []path.Point {
	list := make([]path.Point, len(s))
	for i, at := range s {
		list[i] = path.Point{X: at[0], Y: at[1]}
	}
	return list
}

func stroke(p path.Path) show.Stroke {
	s := make(show.Stroke, len(p))
	for i, at := range p {
		s[i] = xy(at)
	}
	return s
}

func drawnFile() (string, error) {
	runs, err := places.Runs()
	return filepath.Join(runs, DrawnFile), err
}

// drawnIn are the file's demonstrations in a scene, and the others. A file that isn't there has none.
func drawnIn(file string, scene path.Scene) (mine, others []path.Demonstration, err error) {
	all, err := path.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, words.Errorf("the paths that you have drawn can't be read; draw others with lab.Demonstrate, or remove the file: %w", err)
	}
	for _, d := range all {
		if d.Scene == scene {
			mine = append(mine, d)
		} else {
			others = append(others, d)
		}
	}
	return mine, others, nil
}
