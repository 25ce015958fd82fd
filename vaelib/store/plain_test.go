package store

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"vaelab/vaelib/run"
)

// file is a safetensors file by the format's description.
func file(header string, data ...float32) []byte {
	text := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	text = append(text, header...)
	text, _ = binary.Append(text, binary.LittleEndian, data)
	return text
}

// A file that another program has written: other metadata or none, arrays in another order than in its header, spaces behind it.
func TestReadArrays(t *testing.T) {
	want := []run.Array{
		{Name: "a", Dims: []int{}, Data: []float32{3}},
		{Name: "b/weights", Dims: []int{1, 2}, Data: []float32{1, 2}},
		{Name: "none", Dims: []int{0, 4}, Data: []float32{}},
	}
	for _, header := range []string{
		`{"b/weights":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"none":{"dtype":"F32","shape":[0,4],"data_offsets":[8,8]},"a":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}`,
		`{"__metadata__":{"format":"pt"},"a":{"shape":[],"data_offsets":[8,12],"dtype":"F32"},"b/weights":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"none":{"dtype":"F32","shape":[0,4],"data_offsets":[12,12]}}   `,
	} {
		path := filepath.Join(t.TempDir(), "weights.safetensors")
		if err := os.WriteFile(path, file(header, 1, 2, 3), 0o644); err != nil {
			t.Fatal(err)
		}
		got, err := ReadArrays(path)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, %v; want %+v", got, err, want)
		}
	}
}

// A state's file is one of arrays, too.
func TestReadArraysOfAState(t *testing.T) {
	got, err := parseArrays(encoded(t, sample()))
	if err != nil || len(got) != 4 || got[0].Name != "biases" || got[2].Name != "steps" || got[2].Data[0] != 42 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestArraysThatCantBeRead(t *testing.T) {
	array := func(kind, shape, places string) []byte {
		return file(`{"x":{"dtype":"`+kind+`","shape":`+shape+`,"data_offsets":`+places+`}}`, 1, 2)
	}
	pair := func(one, two string) []byte {
		return file(`{"x":{"dtype":"F32","shape":[1],"data_offsets":`+one+`},"y":{"dtype":"F32","shape":[1],"data_offsets":`+two+`}}`, 1, 2)
	}
	for want, content := range map[string][]byte{
		`"y" begins at byte 0, and the one before it ends at 4`: pair("[0,4]", "[0,4]"),
		`"x" begins at byte 4, and the one before it ends at 0`: pair("[4,8]", "[4,8]"),
		"it holds 4 bytes of no array":                          array("F32", "[1]", "[0,4]"),
		"it holds 8 bytes of no array":                          file("{}", 1, 2),
		"the header doesn't describe it":                        array("F32", "[2]", "[0]"),
		`the array "x" stands in its header twice`: file(`{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},`+
			`"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, 1, 2),
		"header is no JSON":                                file("[]"),
		"shorter than its header":                          []byte("abc"),
		"its header is cut off":                            file("{}")[:9],
		"its header is no JSON":                            file("{"),
		"doesn't describe it":                              file(`{"x":5}`, 1),
		`"x": its numbers are F16: write them as F32`:      array("F16", "[4]", "[0,8]"),
		"its numbers are BF16":                             array("BF16", "[4]", "[0,8]"),
		"lies outside of the file":                         array("F32", "[4]", "[0,16]"),
		"lies outside of the":                              array("F32", "[1]", "[-4,0]"),
		"outside of the file":                              array("F32", "[1]", "[8,4]"),
		"its shape [3] doesn't fit its 8 bytes":            array("F32", "[3]", "[0,8]"),
		"its shape [-1 -2] doesn't fit":                    array("F32", "[-1,-2]", "[0,8]"),
		"its shape [4294967296 4294967296 2] doesn't fit ": array("F32", "[4294967296,4294967296,2]", "[0,8]"),
	} {
		if got, err := parseArrays(content); err == nil || !strings.Contains(err.Error(), want) || got != nil {
			t.Errorf("%+v, and the error is %v, want one with %q", got, err, want)
		}
	}
	if _, err := ReadArrays(filepath.Join(t.TempDir(), "none")); err == nil || !strings.Contains(err.Error(), "can't be read") {
		t.Errorf("the error is %v", err)
	}
	torn := filepath.Join(t.TempDir(), "torn")
	if err := os.WriteFile(torn, []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadArrays(torn); err == nil || !strings.Contains(err.Error(), torn+" is no safetensors file") {
		t.Errorf("the error is %v", err)
	}
}

// Whatever a file holds, it is read or refused.
func FuzzReadArrays(f *testing.F) {
	f.Add(encoded(f, sample()))
	f.Add(file(`{"x":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}`, 1, 2))
	f.Fuzz(func(t *testing.T, content []byte) {
		arrays, err := parseArrays(content)
		for _, a := range arrays {
			if n, ok := product(a.Dims, len(content)); err != nil || !ok || n != len(a.Data) {
				t.Errorf("%q has the shape %v and %d numbers: %v", a.Name, a.Dims, len(a.Data), err)
			}
		}
	})
}
