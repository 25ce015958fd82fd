package onnx

import (
	"encoding/binary"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// What a model says of itself. Operator set 13 is that of ONNX 1.8, of December 2020, and format 7 goes with it. No later set has given
// the operators here another meaning, so whatever reads any newer model reads these, and so do old programs: onnxruntime since 1.6.
const (
	operatorSet = 13
	irVersion   = 7
	producer    = "vaelab"
)

// The numbers of ONNX's element types and of its attributes' types.
const (
	ofFloat32, ofInt64   = 1, 7
	anInteger, aListOfIt = 2, 7
)

// message is one of protocol buffers' in its wire format.
type message []byte

func (m *message) number(field protowire.Number, n int) {
	*m = protowire.AppendVarint(protowire.AppendTag(*m, field, protowire.VarintType), uint64(n))
}

func (m *message) text(field protowire.Number, s string) {
	if s != "" {
		*m = protowire.AppendString(protowire.AppendTag(*m, field, protowire.BytesType), s)
	}
}

func (m *message) inner(field protowire.Number, b []byte) {
	*m = protowire.AppendBytes(protowire.AppendTag(*m, field, protowire.BytesType), b)
}

// model writes a graph with its metadata.
func model(g *graph, properties []property, version string) []byte {
	var m, operators message
	m.number(1, irVersion)
	m.text(2, producer)
	m.text(3, version)
	m.text(6, g.doc)
	m.inner(7, g.wire())
	operators.number(2, operatorSet) // those of the domain "", ONNX's own
	m.inner(8, operators)
	for _, p := range properties {
		var pair message
		pair.text(1, p.key)
		pair.text(2, p.value)
		m.inner(14, pair)
	}
	return m
}

func (g *graph) wire() (m message) {
	for _, n := range g.nodes {
		m.inner(1, n.wire())
	}
	m.text(2, g.name)
	for _, t := range g.constants {
		m.inner(5, t.wire())
	}
	m.text(10, g.doc)
	for _, v := range g.inputs {
		m.inner(11, v.wire())
	}
	for _, v := range g.outputs {
		m.inner(12, v.wire())
	}
	return m
}

func (n node) wire() (m message) {
	for _, input := range n.inputs {
		m.text(1, input)
	}
	m.text(2, n.output)
	m.text(3, n.name)
	m.text(4, n.operator)
	for _, a := range n.integers {
		m.inner(5, a.wire())
	}
	return m
}

func (a attribute) wire() (m message) {
	m.text(1, a.name)
	field, kind := protowire.Number(3), anInteger
	if a.list {
		field, kind = 8, aListOfIt
	}
	for _, i := range a.is {
		m.number(field, i)
	}
	m.number(20, kind)
	return m
}

func (t tensor) wire() (m message) {
	for _, d := range t.dims {
		m.number(1, d)
	}
	kind, raw := ofFloat32, make([]byte, 0, 4*len(t.floats)+8*len(t.integers))
	for _, x := range t.floats {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(x))
	}
	for _, i := range t.integers {
		kind, raw = ofInt64, binary.LittleEndian.AppendUint64(raw, uint64(i))
	}
	m.number(2, kind)
	m.text(8, t.name)
	m.inner(9, raw)
	m.text(12, t.doc)
	return m
}

func (v value) wire() (m message) {
	var rows, columns, shape, tensor, kind message
	if v.fixed {
		rows.number(1, 1)
	} else {
		rows.text(2, "batch")
	}
	columns.number(1, v.columns)
	shape.inner(1, rows)
	shape.inner(1, columns)
	tensor.number(1, ofFloat32)
	tensor.inner(2, shape)
	kind.inner(1, tensor)
	m.text(1, v.name)
	m.inner(2, kind)
	m.text(3, v.doc)
	return m
}
