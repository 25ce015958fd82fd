package store

import (
	"bytes"
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

func parseArrays(content []byte) (arrays []run.Array, err error) {
	head, data, err := headAndData(content)
	if err != nil {
		return nil, err
	}
	var header map[string]json.RawMessage
	if err := json.Unmarshal(head, &header); err != nil {
		return nil, words.Errorf("its header is no JSON")
	}
	delete(header, "__metadata__")
	for _, name := range slices.Sorted(maps.Keys(header)) {
		a, err := arrayIn(header[name], data)
		if err != nil {
			return nil, words.Errorf("the array %q: %w", name, err)
		}
		a.Name = name
		arrays = append(arrays, a)
	}
	return arrays, nil
}

// arrayIn takes an array out of the bytes of all.
func arrayIn(described json.RawMessage, data []byte) (run.Array, error) {
	var h tensorHeader
	strict := json.NewDecoder(bytes.NewReader(described))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&h); err != nil {
		return run.Array{}, words.Errorf("the header doesn't describe it")
	}
	if h.Type != "F32" {
		return run.Array{}, words.Errorf("its numbers are %s: write them as F32, float32", h.Type)
	}
	begin, end := h.Places[0], h.Places[1]
	if begin < 0 || end < begin || end > len(data) {
		return run.Array{}, words.Errorf("it lies outside of the file")
	}
	if n, ok := product(h.Shape, len(data)/4); !ok || 4*n != end-begin {
		return run.Array{}, words.Errorf("its shape %v doesn't fit its %d bytes", h.Shape, end-begin)
	}
	a := run.Array{Dims: h.Shape, Data: make([]float32, (end-begin)/4)}
	for i := range a.Data {
		a.Data[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[begin+4*i:]))
	}
	return a, nil
}
