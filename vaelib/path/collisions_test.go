package path_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/internal/hostile"
	"vaelab/vaelib/path"
)

func TestCollisionsAreCounted(t *testing.T) {
	scene := path.Standard()
	var list []path.Path
	for i := range 40 {
		x := 0.2
		if i%4 == 0 {
			x = 0.4
		}
		list = append(list, around(x))
	}
	count, share, err := path.Collisions(scene, list)
	if err != nil || count != 10 || share.Value != 0.25 || share.N != 40 {
		t.Fatal(count, share, err)
	}
	// A binomial's standard error, with n − 1 for n as an estimate has it.
	if want := (distuv.Binomial{N: 40, P: 0.25}).StdDev() / 40 * math.Sqrt(40./39); math.Abs(share.StdErr-want) > 1e-12 {
		t.Errorf("the standard error is %v, want %v", share.StdErr, want)
	}
	// What touches doesn't collide, and a demonstrator does neither.
	if count, share, err := path.Collisions(scene, []path.Path{around(0.35), around(0.65)}); err != nil || count != 0 || share.Value != 0 || share.StdErr != 0 {
		t.Error(count, share, err)
	}
	for name, c := range map[string]struct {
		scene path.Scene
		paths []path.Path
		want  string
	}{
		"no scene": {path.Scene{}, list, "Radius"}, "none": {scene, nil, "at least 2"}, "one": {scene, list[:1], "at least 2"},
		"no points": {scene, []path.Path{list[0], nil}, "path 2 of 2 has no clearance"},
		"no number": {scene, []path.Path{{{X: math.NaN()}}, list[0]}, "path 1 of 2 has no clearance"},
		"infinite":  {scene, []path.Path{{{X: math.Inf(1)}}, list[0]}, "path 1 of 2 has no clearance"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := path.Collisions(c.scene, c.paths)
			says[error](t, err, c.want)
		})
	}
}

// Whatever it is given, the room answers.
func TestHostileArguments(t *testing.T) {
	rounds := uint64(300)
	if testing.Short() {
		rounds = 60
	}
	hostile.Try(t, rounds, path.Standard, path.Resample, path.Dataset, path.FromBytes, path.Decoded, path.Mean, path.Median, path.Collisions,
		path.Point{}, path.Circle{}, path.Scene{}, path.Demonstration{}, path.Teacher{}, path.FieldError{}, path.PathError{})
}
