package path

import (
	"bytes"
	"encoding/json"

	"vaelab/vaelib/words"
)

// Format is what a file of paths says of itself: JSON with Format under "format" and, under "paths", objects of a scene and its path,
//
//	{"scene": {"start": [x, y], "goal": [x, y], "obstacle": [x, y, radius]}, "points": [[x, y], … Points of them]}
//
// with all numbers in widths of the picture.
const Format = "vaelab paths 1"

// longest is how much of a file is read, in bytes: some ten thousand paths.
const longest = 16 << 20

// FileError is about a file of paths. It wraps what is wrong.
type FileError struct {
	Name string // of the file; "" where there is none, as in [Read]
	Path int    // which of its paths, counted from 1; 0 where it is about the whole file
	Err  error
}

func (e *FileError) Error() string {
	text := e.Err.Error()
	if e.Path > 0 {
		text = words.Say("demonstration %d: %s", e.Path, text)
	}
	if e.Name == "" {
		return words.Say("a file of paths: %s", text)
	}
	return words.Say("the file of paths %s: %s", e.Name, text)
}

// Unwrap gives what is wrong: a [*PathError], a [*FieldError], or what the system says.
func (e *FileError) Unwrap() error { return e.Err }

type fileOf struct {
	Format string   `json:"format"`
	Paths  []onPage `json:"paths"`
}

type onPage struct {
	Scene  sceneOnPage `json:"scene"`
	Points []numbers   `json:"points"`
}

type sceneOnPage struct {
	Start    numbers `json:"start"`
	Goal     numbers `json:"goal"`
	Obstacle numbers `json:"obstacle"`
}

// numbers are numbers alone: what JSON calls null is none, and not 0.
type numbers []float64

// UnmarshalJSON refuses null among the numbers, which a float64 would take as 0.
func (n *numbers) UnmarshalJSON(text []byte) error {
	if bytes.Contains(text, []byte("null")) {
		return words.Errorf("null stands where a number must")
	}
	return json.Unmarshal(text, (*[]float64)(n))
}
