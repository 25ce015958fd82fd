package onnx

// The part of ONNX that the course's networks need: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto has the messages,
// https://github.com/onnx/onnx/blob/main/docs/Operators.md the operators.

// graph is a network that is computed from its inputs and its constants, node by node.
type graph struct {
	name, doc       string
	inputs, outputs []value
	nodes           []node
	constants       []tensor
}

// value is what goes into a graph or comes out. Its first axis is the batch, of any size, where fixed isn't set.
type value struct {
	name, doc string
	columns   int
	fixed     bool // one row, whatever the batch
}

// node computes one value from others.
type node struct {
	operator string
	name     string
	inputs   []string
	output   string
	integers []attribute
}

// attribute is a setting of an operator: an integer, or a list of them.
type attribute struct {
	name string
	is   []int
	list bool
}

// tensor is a constant: weights in float32, or a shape in integers.
type tensor struct {
	name, doc string
	dims      []int
	floats    []float32
	integers  []int
}

// then adds a node and gives the name of its output.
func (g *graph) then(operator, name string, inputs []string, settings ...attribute) string {
	g.nodes = append(g.nodes, node{operator: operator, name: name, inputs: inputs, output: name, integers: settings})
	return name
}

// constant adds one and gives its name.
func (g *graph) constant(t tensor) string {
	g.constants = append(g.constants, t)
	return t.name
}

// shape is a constant that Reshape takes: 0 is as much as there was, here the batch.
func (g *graph) shape(name string, dims ...int) string {
	return g.constant(tensor{name: name, dims: []int{len(dims)}, integers: dims})
}

// last renames what the last node gives: to a name that is told outside.
func (g *graph) last(name string) {
	g.nodes[len(g.nodes)-1].output = name
}
