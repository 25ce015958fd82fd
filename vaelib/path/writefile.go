package path

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"vaelab/vaelib/internal/atomicfile"
	"vaelab/vaelib/words"
)

// Write writes demonstrations as a file of paths, one to a line; [Read] gives the same numbers. Each must be valid: the error, a
// [*FileError], names the first that isn't, and then nothing is written.
func Write(w io.Writer, all []Demonstration) error {
	text, err := written("", all)
	if err != nil {
		return err
	}
	if _, err := w.Write(text); err != nil {
		return &FileError{Err: err}
	}
	return nil
}

// WriteFile is Write to a file, which is replaced in one step: where something fails, the file stays as it was.
func WriteFile(name string, all []Demonstration) error {
	text, err := written(name, all)
	if err != nil {
		return err
	}
	err = atomicfile.Write(name, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
	if err != nil {
		return &FileError{Name: name, Err: err}
	}
	return nil
}

func written(name string, all []Demonstration) ([]byte, error) {
	var text bytes.Buffer
	fmt.Fprintf(&text, "{\"format\": %q, \"paths\": [", Format)
	for i, d := range all {
		if err := d.Validate(); err != nil {
			return nil, &FileError{name, i + 1, err}
		}
		o := d.Scene.Obstacle
		on := onPage{Scene: sceneOnPage{d.Scene.Start.numbers(), d.Scene.Goal.numbers(), append(o.Centre.numbers(), o.Radius)}}
		for _, at := range d.Path {
			on.Points = append(on.Points, at.numbers())
		}
		line, err := json.Marshal(on)
		if err != nil {
			return nil, &FileError{name, i + 1, err}
		}
		if i > 0 {
			text.WriteByte(',')
		}
		text.WriteByte('\n')
		text.Write(line)
	}
	text.WriteString("\n]}\n")
	if text.Len() > longest {
		return nil, &FileError{Name: name, Err: words.Errorf("%d demonstrations are more than the %d bytes that a file may have", len(all), longest)}
	}
	return text.Bytes(), nil
}

func (p Point) numbers() numbers { return numbers{p.X, p.Y} }
