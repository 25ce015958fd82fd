package path

import "vaelab/vaelib/words"

// FieldError is about a field of a [Scene] or a [Teacher], or another number that is asked for, which can't be used.
type FieldError struct {
	Field string // "Start", "Radius", "Share"
	Value any    // what it is: a Point, a float64 or an int
	Want  string // what it must be, in words
}

func (e *FieldError) Error() string { return words.Say("%s is %v: %s", e.Field, e.Value, e.Want) }

// PathError is about a path that isn't one, or that nobody should be shown.
type PathError struct {
	Point int    // which of the path's points, counted from 1; 0 where it is about the whole path
	At    Point  // where that point lies
	Want  string // what is wrong and what to do, in words: of the whole path a sentence by itself
}

func (e *PathError) Error() string {
	if e.Point == 0 {
		return e.Want
	}
	return words.Say("point %d of the path is %v: %s", e.Point, e.At, e.Want)
}
