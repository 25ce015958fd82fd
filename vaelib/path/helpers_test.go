package path_test

import (
	"errors"
	"strings"
	"testing"

	"vaelab/vaelib/path"
)

// shown are n demonstrations of a teacher who can teach.
func shown(t *testing.T, teacher path.Teacher, n int) []path.Demonstration {
	t.Helper()
	list, err := teacher.Demonstrations(n)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func paths(shown []path.Demonstration) (list []path.Path) {
	for _, d := range shown {
		list = append(list, d.Path)
	}
	return list
}

// says fails unless an error is of this kind and has these words.
func says[E error](t *testing.T, err error, want string) (is E) {
	t.Helper()
	if !errors.As(err, &is) || !strings.Contains(err.Error(), want) {
		t.Errorf("the error is %v (%T), want a %T with %q", err, err, is, want)
	}
	return is
}

// around is a path with corners past the standard obstacle, at this x.
func around(x float64) []path.Point {
	return []path.Point{{X: 0.5, Y: 0.05}, {X: x, Y: 0.3}, {X: x, Y: 0.7}, {X: 0.5, Y: 0.95}}
}
