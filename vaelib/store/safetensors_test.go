package store

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"vaelab/vaelib/run"
)

func sample() run.State {
	return run.State{
		History: []run.Epoch{{Epoch: 1, Train: run.Terms{Loss: 3, Reconstruction: 2, KL: 1}, Test: run.Terms{Loss: 6, Reconstruction: 5, KL: 1}}, {Epoch: 2, Seconds: 1.5}},
		Arrays: []run.Array{
			{Name: "weights", Dims: []int{2, 8}, Data: []float32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}},
			{Name: "column", Dims: []int{1}, Data: []float32{-1}},
			{Name: "biases", Dims: []int{16}, Data: []float32{-1, -2, -3, -4, -5, -6, -7, -8, -9, -10, -11, -12, -13, -14, -15, -16}},
			{Name: "steps", Dims: []int{}, Data: []float32{42}},
		},
	}
}

func encoded(t testing.TB, s run.State) []byte {
	var b bytes.Buffer
	if err := writeSafetensors(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The file is what the format's description asks for, read here by that description alone: sizes, types, shapes,
// and places that cover the data without gap or overlap.
func TestFileIsSafetensors(t *testing.T) {
	file := encoded(t, sample())
	size := binary.LittleEndian.Uint64(file)
	head, data := file[8:8+size], file[8+size:]
	if head[0] != '{' {
		t.Error("the header doesn't begin with {")
	}
	var header map[string]json.RawMessage
	if err := json.Unmarshal(head, &header); err != nil {
		t.Fatal(err)
	}
	var meta map[string]string // all of its values must be strings
	if err := json.Unmarshal(header["__metadata__"], &meta); err != nil {
		t.Error(err)
	}
	if meta["epochs"] != "2" {
		t.Errorf("epochs is %q", meta["epochs"])
	}
	delete(header, "__metadata__")
	shapes := map[string]string{"weights": "[2,8]", "column": "[1]", "biases": "[16]", "steps": "[]"}
	if len(header) != len(shapes) {
		t.Errorf("the header has %d arrays", len(header))
	}
	covered := make([]int, len(data))
	for _, a := range sample().Arrays {
		var entry struct {
			Dtype       string
			Shape       json.RawMessage
			DataOffsets []int `json:"data_offsets"`
		}
		if err := json.Unmarshal(header[a.Name], &entry); err != nil {
			t.Fatal(err)
		}
		if entry.Dtype != "F32" || string(entry.Shape) != shapes[a.Name] || len(entry.DataOffsets) != 2 {
			t.Errorf("%s is described by %s", a.Name, header[a.Name])
		}
		from, to := entry.DataOffsets[0], entry.DataOffsets[1]
		for i := from; i < to; i++ {
			covered[i]++
		}
		got := make([]float32, (to-from)/4)
		if err := binary.Read(bytes.NewReader(data[from:to]), binary.LittleEndian, got); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, a.Data) {
			t.Errorf("%s holds %v", a.Name, got)
		}
	}
	for i, n := range covered {
		if n != 1 {
			t.Fatalf("byte %d belongs to %d arrays", i, n)
		}
	}
}

// A changed byte anywhere, in any of its bits, is either noticed or changes nothing that is read.
func TestEveryFlippedBitIsNoticed(t *testing.T) {
	file := encoded(t, sample())
	if got, err := parseSafetensors(file); err != nil || !reflect.DeepEqual(got, sample()) {
		t.Fatalf("without any change it reads %+v, %v", got, err)
	}
	noticed := 0
	for i := range file {
		for bit := range 8 {
			file[i] ^= 1 << bit
			switch got, err := parseSafetensors(file); {
			case err != nil:
				noticed++
			case !reflect.DeepEqual(got, sample()):
				t.Errorf("bit %d of byte %d changes the state unnoticed", bit, i)
			}
			file[i] ^= 1 << bit
		}
	}
	if noticed < 8*4*34 { // the arrays' bytes alone
		t.Errorf("only %d changes were noticed", noticed)
	}
}

func TestEveryTruncationIsNoticed(t *testing.T) {
	file := encoded(t, sample())
	for n := range file {
		if _, err := parseSafetensors(file[:n]); err == nil {
			t.Errorf("a file of %d of its %d bytes is read", n, len(file))
		}
	}
	if _, err := parseSafetensors(append(file, 0)); err == nil {
		t.Error("a file with a byte too many is read")
	}
}

func TestDamageIsMarked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state")
	if err := os.WriteFile(path, []byte("not a state"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := readSafetensors(path); !errors.Is(err, ErrDamaged) {
		t.Errorf("the error is %v, want ErrDamaged", err)
	}
}

// forge makes a file whose checksum is right, whatever it says about its arrays.
func forge(history, arrays string, data []byte) []byte {
	head, err := json.Marshal(map[string]any{"__metadata__": map[string]string{
		"history": history, "arrays": arrays, "sha256": checksum([]byte(history), []byte(arrays), data)}})
	if err != nil {
		panic(err)
	}
	return append(append(binary.LittleEndian.AppendUint64(nil, uint64(len(head))), head...), data...)
}

// A right checksum makes no shape right: sizes that overflow, are negative or ask for more than there is.
func TestHostileShapesAreRefused(t *testing.T) {
	shapes := []string{
		"[-1,-2]", "[-2]", "[4294967296,4294967296]", fmt.Sprintf("[%d,2]", math.MaxInt), fmt.Sprintf("[%d]", math.MaxInt),
		"[3]", "[1]", "[2.5]", `"2"`, "[1e30]", "[9223372036854775808]",
	}
	for _, shape := range shapes {
		if s, err := parseSafetensors(forge("[]", `[{"name":"a","shape":`+shape+`}]`, make([]byte, 8))); err == nil {
			t.Errorf("the shape %s is read as %+v", shape, s)
		}
	}
	if _, err := parseSafetensors(forge("[]", `[{"name":"a","shape":[2]}]`, make([]byte, 8))); err != nil {
		t.Errorf("a forged file that is whole isn't read: %v", err)
	}
}

// The reader never panics, and what it reads without an error is written and read alike.
func FuzzReader(f *testing.F) {
	f.Add(encoded(f, sample()))
	f.Add(forge("[]", `[{"name":"a","shape":[4294967296,4294967296]}]`, nil))
	f.Add(forge("[]", `[{"name":"a","shape":[-1,-2]}]`, make([]byte, 8)))
	f.Add([]byte{255, 255, 255, 255, 255, 255, 255, 127, '{'})
	f.Fuzz(func(t *testing.T, file []byte) {
		s, err := parseSafetensors(file)
		if err != nil {
			return
		}
		again, err := parseSafetensors(encoded(t, s))
		if err != nil || len(again.Arrays) != len(s.Arrays) || again.Epochs() != s.Epochs() {
			t.Errorf("%+v comes back as %+v, %v", s, again, err)
		}
	})
}
