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
	find  struct { // by found
		Root    string
		Data    datasets.Dataset
		Configs []run.Config
	}
	train  find     // by trained; before it, progress
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
	found    []kept // empty where there is none
	trained  []kept
	opened   int // the network's number
	pictures []*image.Gray
	progress struct {
		Job int
		Now run.Progress
	}
	drawn struct{ Done, All int }
)

// kept is a run without what lies in its folder.
type kept struct {
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
		hello(false), find{}, train{}, cancel(false), open{}, encode{}, decode{}, bounds{},
		failure(""), found{}, trained{}, opened(0), pictures{}, progress{}, drawn{},
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

func keptOf(r run.Run) kept { return kept{r.Identity, r.Dir, r.Notes} }

// load gives the run with its state from its folder.
func (k kept) load() (run.Run, error) {
	r := run.Run{Identity: k.Identity, Dir: k.Dir, Notes: k.Notes}
	state, _, found, err := (&run.Folder{Path: k.Dir}).LoadState()
	if err == nil && (!found || state.Epochs() < k.Identity.Epochs) {
		err = fmt.Errorf("the run in %s was there a moment ago, and isn't any more: run the cell again", k.Dir)
	}
	r.State = state
	return r, err
}
