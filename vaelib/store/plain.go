package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"maps"
	"math"
	"os"
	"slices"

	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// ReadArrays reads the arrays of a safetensors file that anybody may have written, in the order of their names. They must be float32.
// A state has more in its file, and a checksum: [Folder.LoadState] reads that.
func ReadArrays(path string) ([]run.Array, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, words.Errorf("the arrays can't be read: %w", err)
	}
	arrays, err := parseArrays(content)
	if err != nil {
		return nil, words.Errorf("%s is no safetensors file that can be read: %w", path, err)
	}
	return arrays, nil
}

// parseArrays holds the file to the format: each name once, and the arrays' bytes one behind the other, without a gap, to the end.
func parseArrays(content []byte) (arrays []run.Array, err error) {
	head, data, err := headAndData(content)
	if err != nil {
		return nil, err
	}
	header, err := fields(head)
	if err != nil {
		return nil, err
	}
	delete(header, "__metadata__")
	type place struct {
		name       string
		begin, end int
	}
	var places []place
	for _, name := range slices.Sorted(maps.Keys(header)) {
		a, at, err := arrayIn(header[name], data)
		if err != nil {
			return nil, words.Errorf("the array %q: %w", name, err)
		}
		a.Name = name
		arrays, places = append(arrays, a), append(places, place{name, at[0], at[1]})
	}
	slices.SortStableFunc(places, func(a, b place) int { return cmp.Or(cmp.Compare(a.begin, b.begin), cmp.Compare(a.end, b.end)) })
	end := 0
	for _, p := range places {
		if p.begin != end {
			return nil, words.Errorf("the array %q begins at byte %d, and the one before it ends at %d", p.name, p.begin, end)
		}
		end = p.end
	}
	if end != len(data) {
		return nil, words.Errorf("it holds %d bytes of no array", len(data)-end)
	}
	return arrays, nil
}

// fields are an object's fields. A name that stands there twice is an error, since nobody knows which is meant.
func fields(object []byte) (map[string]json.RawMessage, error) {
	none := words.Errorf("its header is no JSON")
	if !json.Valid(object) {
		return nil, none
	}
	d := json.NewDecoder(bytes.NewReader(object))
	if open, _ := d.Token(); open != json.Delim('{') {
		return nil, none
	}
	all := map[string]json.RawMessage{}
	for d.More() {
		token, _ := d.Token() // it is valid, so a name follows, and a value
		name := token.(string)
		var value json.RawMessage
		_ = d.Decode(&value)
		if _, twice := all[name]; twice {
			return nil, words.Errorf("the array %q stands in its header twice", name)
		}
		all[name] = value
	}
	return all, nil
}

// arrayIn takes an array out of the bytes of all, and says where it lies.
func arrayIn(described json.RawMessage, data []byte) (a run.Array, at [2]int, err error) {
	var h struct {
		Type   string `json:"dtype"`
		Shape  []int  `json:"shape"`
		Places []int  `json:"data_offsets"`
	}
	strict := json.NewDecoder(bytes.NewReader(described))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&h); err != nil || len(h.Places) != 2 {
		return a, at, words.Errorf("the header doesn't describe it")
	}
	if h.Type != "F32" {
		return a, at, words.Errorf("its numbers are %s: write them as F32, float32", h.Type)
	}
	begin, end := h.Places[0], h.Places[1]
	if begin < 0 || end < begin || end > len(data) {
		return a, at, words.Errorf("it lies outside of the file")
	}
	if n, ok := product(h.Shape, len(data)/4); !ok || 4*n != end-begin {
		return a, at, words.Errorf("its shape %v doesn't fit its %d bytes", h.Shape, end-begin)
	}
	a = run.Array{Dims: h.Shape, Data: make([]float32, (end-begin)/4)}
	for i := range a.Data {
		a.Data[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[begin+4*i:]))
	}
	return a, [2]int{begin, end}, nil
}
