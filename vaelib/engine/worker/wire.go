package worker

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/gob"
	"fmt"
	"image"

	"vaelab/datasets"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/run"
	"vaelab/vaelib/trained"
	"vaelab/vaelib/words"
)

// message is what goes through the pipes, in both directions, one after the other as encoding/gob writes them.
type message struct {
	Number int    // of the question that it is, or belongs to
	Tongue string // the code of the language in which a question is asked, and is to be answered
	Body   any    // one of the types below
}

// Questions.
type (
	hello bool     // is answered by run.Backend
	train struct { // by runs; before it, progress
		Root    string
		Data    sum
		Configs []run.Config
	}
	cancel bool     // of the question with its number; isn't answered
	open   struct { // by opened
		Identity run.Identity
		Dir      string // of the run whose weights they are, where they are kept
		Weights  sum
	}
	encode struct { // by trained.Codes
		Network opened
		Set     sum
	}
	decode struct { // by pictures
		Network opened
		Codes   [][]float64
	}
	bounds struct { // by trained.Bounds; before it, drawn
		Network opened
		Set     sum
		Options measure.BoundOptions
	}
)

// sum names what a question is about by its contents. The worker keeps what it has been given, so each thing is sent once:
// before the question, or after it has answered unknown.
type sum string

// Things that are sent. They aren't answered.
type (
	data struct {
		Sum sum
		Set datasets.Dataset
	}
	images struct {
		Sum sum
		Set datasets.Images
	}
	weights struct {
		Sum    sum
		Arrays []array
	}
)

// Answers, and what may come before them.
type (
	failure  string
	unknown  bool // what the question names hasn't been sent
	runs     []ended
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
		data{}, images{}, weights{}, unknown(false),
		failure(""), runs{}, opened(0), pictures{}, progress{}, drawn{},
		run.Backend{}, trained.Codes{}, trained.Bounds{},
	} {
		gob.Register(body)
	}
}

// sumOfData names a data set.
func sumOfData(set datasets.Dataset) sum {
	return sum(fmt.Sprintf("%q", []any{set.Fingerprint(), set.Name, set.Title, set.Source, set.Digest, set.Train.Classes, set.Test.Classes}))
}

// networkOf are the arrays of a run's network, without the optimiser's state.
func networkOf(r run.Run) []run.Array { return r.State.Finished(r.Config, r.Width*r.Height).Arrays }

// sumOfWeights names arrays.
func sumOfWeights(arrays []run.Array) sum {
	h := sha256.New()
	for _, a := range arrays {
		fmt.Fprintf(h, "%q %d\n", a.Name, a.Dims)
		h.Write(bytesOf(a))
	}
	return sum(h.Sum(nil))
}

func bytesOf(a run.Array) []byte {
	bytes, _ := binary.Append(nil, binary.LittleEndian, a.Data) // float32s have a fixed size: it can't fail
	return bytes
}

// packed are arrays as they are sent.
func packed(arrays []run.Array) (list []array) {
	for _, a := range arrays {
		list = append(list, array{a.Name, a.Dims, bytesOf(a)})
	}
	return list
}

// unpacked are they as a run holds them.
func unpacked(list []array) (arrays []run.Array, err error) {
	for _, a := range list {
		data := make([]float32, len(a.Data)/4)
		if _, err := binary.Decode(a.Data, binary.LittleEndian, data); err != nil {
			return nil, words.Errorf("the array %q came in pieces: %w", a.Name, err)
		}
		arrays = append(arrays, run.Array{Name: a.Name, Dims: a.Dims, Data: data})
	}
	return arrays, nil
}
