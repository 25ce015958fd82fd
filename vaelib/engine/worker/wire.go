package worker

import (
	"encoding/binary"
	"encoding/gob"
	"fmt"
	"image"

	"vaelab/datasets"
	"vaelab/vaelib/evaluate"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/run"
)

// message is what goes through the pipes, in both directions, one after the other as encoding/gob writes them.
type message struct {
	Number int // of the question that it is, or belongs to
	Body   any // one of the types below
}

// Questions.
type (
	hello bool     // is answered by run.Backend
	train struct { // by trained; before it, progress
		Root    string
		Data    datasets.Dataset
		Configs []run.Config
	}
	cancel bool     // of the question with its number; isn't answered
	open   struct { // by opened
		Identity run.Identity
		Dir      string
		Arrays   []array
	}
	encode struct { // by evaluate.Codes
		Network opened
		Set     datasets.Images
	}
	decode struct { // by pictures
		Network opened
		Codes   [][]float64
	}
	bounds struct { // by evaluate.Bounds; before it, drawn
		Network opened
		Set     datasets.Images
		Options measure.BoundOptions
	}
)

// Answers, and what may come before them.
type (
	failure  string
	trained  []ended
	opened   int // the network's number
	pictures []*image.Gray
	progress struct {
		Job int
		Now run.Progress
	}
	drawn struct{ Done, All int }
)

// ended is a run without what lies in its folder.
type ended struct {
	Identity run.Identity
	Dir      string
	Notes    []string
}

// array is a run.Array with its numbers as bytes: gob would look at each of them.
type array struct {
	Name string
	Dims []int
	Data []byte // float32, little-endian
}

func init() {
	for _, body := range []any{
		hello(false), train{}, cancel(false), open{}, encode{}, decode{}, bounds{},
		failure(""), trained{}, opened(0), pictures{}, progress{}, drawn{},
		run.Backend{}, evaluate.Codes{}, evaluate.Bounds{},
	} {
		gob.Register(body)
	}
}

// packed is what Open sends of a run: its weights, and not the optimiser's state.
func packed(r run.Run) open {
	q := open{Identity: r.Identity, Dir: r.Dir}
	n := min(len(run.Weights(r.Config, r.Width*r.Height)), len(r.State.Arrays))
	for _, a := range r.State.Arrays[:n] {
		data, _ := binary.Append(nil, binary.LittleEndian, a.Data) // float32s have a fixed size: it can't fail
		q.Arrays = append(q.Arrays, array{a.Name, a.Dims, data})
	}
	return q
}

func (q open) run() (run.Run, error) {
	r := run.Run{Identity: q.Identity, Dir: q.Dir}
	for _, a := range q.Arrays {
		data := make([]float32, len(a.Data)/4)
		if _, err := binary.Decode(a.Data, binary.LittleEndian, data); err != nil {
			return r, fmt.Errorf("the array %q came in pieces: %w", a.Name, err)
		}
		r.State.Arrays = append(r.State.Arrays, run.Array{Name: a.Name, Dims: a.Dims, Data: data})
	}
	return r, nil
}
