package onnx_test

import (
	"encoding/binary"
	"math"
	"testing"
)

// A reader of ONNX's files by the format's description alone: it shares nothing with what writes them.

// field is one of a message: a number, or bytes.
type field struct {
	number int
	value  uint64
	bytes  []byte
}

func fields(t *testing.T, m []byte) (list []field) {
	t.Helper()
	next := func() uint64 {
		x, n := binary.Uvarint(m)
		if n <= 0 {
			t.Fatalf("no varint in % x", m[:min(len(m), 10)])
		}
		m = m[n:]
		return x
	}
	for len(m) > 0 {
		tag := next()
		f := field{number: int(tag >> 3)}
		switch tag & 7 {
		case 0:
			f.value = next()
		case 2:
			size := next()
			if size > uint64(len(m)) {
				t.Fatalf("field %d is cut off", f.number)
			}
			f.bytes, m = m[:size], m[size:]
		default:
			t.Fatalf("field %d has the wire type %d", f.number, tag&7)
		}
		list = append(list, f)
	}
	return list
}

// of are the fields of a number.
func of(list []field, number int) (these []field) {
	for _, f := range list {
		if f.number == number {
			these = append(these, f)
		}
	}
	return these
}

func text(list []field, number int) string {
	for _, f := range of(list, number) {
		return string(f.bytes)
	}
	return ""
}

func value(list []field, number int) int {
	for _, f := range of(list, number) {
		return int(f.value)
	}
	return 0
}

// file is what an .onnx file says.
type file struct {
	format, operators int
	producer, version string
	doc               string
	metadata          map[string]string
	inputs, outputs   []outside
	nodes             []operation
	constants         map[string]numbers
	constantDocs      map[string]string
}

type outside struct {
	name, doc string
	rows      string // "batch", or ""
	row       int    // where it isn't
	columns   int
}

type operation struct {
	kind, name string
	inputs     []string
	output     string
	settings   map[string][]int
}

// numbers are an array of them, or a shape.
type numbers struct {
	dims []int
	data []float64
}

func read(t *testing.T, content []byte) file {
	t.Helper()
	m := fields(t, content)
	f := file{format: value(m, 1), producer: text(m, 2), version: text(m, 3), doc: text(m, 6), metadata: map[string]string{}, constants: map[string]numbers{}, constantDocs: map[string]string{}}
	for _, o := range of(m, 8) {
		set := fields(t, o.bytes)
		if domain := text(set, 1); domain != "" {
			t.Errorf("operators of the domain %q", domain)
		}
		f.operators = value(set, 2)
	}
	for _, p := range of(m, 14) {
		pair := fields(t, p.bytes)
		f.metadata[text(pair, 1)] = text(pair, 2)
	}
	g := fields(t, []byte(text(m, 7)))
	for _, n := range of(g, 1) {
		f.nodes = append(f.nodes, readNode(t, fields(t, n.bytes)))
	}
	for _, c := range of(g, 5) {
		name, doc, array := readTensor(t, fields(t, c.bytes))
		if _, twice := f.constants[name]; twice {
			t.Errorf("two constants %q", name)
		}
		f.constants[name], f.constantDocs[name] = array, doc
	}
	for _, v := range of(g, 11) {
		f.inputs = append(f.inputs, readValue(t, fields(t, v.bytes)))
	}
	for _, v := range of(g, 12) {
		f.outputs = append(f.outputs, readValue(t, fields(t, v.bytes)))
	}
	return f
}

func readNode(t *testing.T, n []field) operation {
	o := operation{kind: text(n, 4), name: text(n, 3), output: text(n, 2), settings: map[string][]int{}}
	for _, input := range of(n, 1) {
		o.inputs = append(o.inputs, string(input.bytes))
	}
	for _, a := range of(n, 5) {
		attribute := fields(t, a.bytes)
		name := text(attribute, 1)
		switch kind := value(attribute, 20); kind {
		case 2:
			o.settings[name] = []int{value(attribute, 3)}
		case 7:
			for _, i := range of(attribute, 8) {
				o.settings[name] = append(o.settings[name], int(i.value))
			}
		default:
			t.Errorf("the attribute %s has the type %d", name, kind)
		}
	}
	return o
}

func readTensor(t *testing.T, c []field) (name, doc string, array numbers) {
	name = text(c, 8)
	for _, d := range of(c, 1) {
		array.dims = append(array.dims, int(d.value))
	}
	raw := []byte(text(c, 9))
	switch kind := value(c, 2); kind {
	case 1:
		for ; len(raw) >= 4; raw = raw[4:] {
			array.data = append(array.data, float64(math.Float32frombits(binary.LittleEndian.Uint32(raw))))
		}
	case 7:
		for ; len(raw) >= 8; raw = raw[8:] {
			array.data = append(array.data, float64(int64(binary.LittleEndian.Uint64(raw))))
		}
	default:
		t.Errorf("%s has the element type %d", name, kind)
	}
	if len(raw) > 0 || len(array.data) != size(array.dims) {
		t.Errorf("%s has %d numbers and %d bytes for %v", name, len(array.data), len(raw), array.dims)
	}
	return name, text(c, 12), array
}

func readValue(t *testing.T, v []field) outside {
	o := outside{name: text(v, 1), doc: text(v, 3)}
	tensor := fields(t, []byte(text(fields(t, []byte(text(v, 2))), 1)))
	if kind := value(tensor, 1); kind != 1 {
		t.Errorf("%s has the element type %d", o.name, kind)
	}
	dims := of(fields(t, []byte(text(tensor, 2))), 1)
	if len(dims) != 2 {
		t.Fatalf("%s has %d axes", o.name, len(dims))
	}
	rows := fields(t, dims[0].bytes)
	o.rows, o.row, o.columns = text(rows, 2), value(rows, 1), value(fields(t, dims[1].bytes), 1)
	return o
}

func size(dims []int) int {
	n := 1
	for _, d := range dims {
		n *= d
	}
	return n
}
