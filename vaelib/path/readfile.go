package path

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"

	"vaelab/vaelib/words"
)

// Read reads a file of paths, all of it or nothing: the error, a [*FileError], names the first demonstration that isn't valid and says
// why. A file without paths is one too.
func Read(r io.Reader) ([]Demonstration, error) { return read("", r) }

// ReadFile is Read of a file by its name, which errors then name.
func ReadFile(name string) ([]Demonstration, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, &FileError{Name: name, Err: err}
	}
	defer file.Close()
	return read(name, file)
}

func read(name string, r io.Reader) ([]Demonstration, error) {
	fail := func(path int, err error) ([]Demonstration, error) { return nil, &FileError{name, path, err} }
	text, err := io.ReadAll(io.LimitReader(r, longest+1))
	switch {
	case err != nil:
		return fail(0, err)
	case len(text) > longest:
		return fail(0, words.Errorf("it has more than the %d bytes that are read", longest))
	case len(bytes.TrimSpace(text)) == 0:
		return fail(0, words.Errorf("it is empty: the paths are lost, or were never written"))
	}
	var kind struct {
		Format any `json:"format"`
	}
	var file fileOf
	if err := json.Unmarshal(text, &kind); err != nil {
		return fail(0, notJSON(text, err))
	}
	if kind.Format != Format {
		return fail(0, words.Errorf("its format is %#v, and this program reads %q only", kind.Format, Format))
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return fail(0, words.Errorf("it isn’t written as format %q has it: %w", Format, err))
	}
	all := make([]Demonstration, len(file.Paths))
	for i, on := range file.Paths {
		d, err := on.demonstration()
		if err == nil {
			err = d.Validate()
		}
		if err != nil {
			return fail(i+1, err)
		}
		all[i] = d
	}
	return all, nil
}

// notJSON tells a file that was cut from one that was never JSON.
func notJSON(text []byte, err error) error {
	var any json.RawMessage
	if errors.Is(json.NewDecoder(bytes.NewReader(text)).Decode(&any), io.ErrUnexpectedEOF) {
		return words.Errorf("it ends in the middle: it was cut, take another copy")
	}
	return words.Errorf("it is no JSON: %w", err)
}

func (on onPage) demonstration() (d Demonstration, err error) {
	for _, part := range []struct {
		name  string
		got   numbers
		field []*float64
	}{
		{"start", on.Scene.Start, []*float64{&d.Scene.Start.X, &d.Scene.Start.Y}},
		{"goal", on.Scene.Goal, []*float64{&d.Scene.Goal.X, &d.Scene.Goal.Y}},
		{"obstacle", on.Scene.Obstacle, []*float64{&d.Scene.Obstacle.Centre.X, &d.Scene.Obstacle.Centre.Y, &d.Scene.Obstacle.Radius}},
	} {
		if len(part.got) != len(part.field) {
			return d, words.Errorf("the %s of its scene has %d numbers, and must have %d", part.name, len(part.got), len(part.field))
		}
		for i, x := range part.got {
			*part.field[i] = x
		}
	}
	for i, at := range on.Points {
		if len(at) != 2 {
			return d, words.Errorf("point %d of its path has %d numbers, and must have 2: x and y", i+1, len(at))
		}
		d.Path = append(d.Path, Point{at[0], at[1]})
	}
	return d, nil
}
