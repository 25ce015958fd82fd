package model

import (
	"math"
	"slices"

	. "github.com/gomlx/gomlx/core/graph"

	"vaelab/vaelib/run"
)

// Convolutions of 4×4 places that go in steps of 2, with one place of zeros around, and their transposes, both as matrix products.
//
// Cut into squares of 2×2, what such a convolution looks at is 2×2 squares, whole ones. So it is a convolution of 2×2 squares that
// goes in steps of 1. Its transpose is one, too, from places to squares.
//
// GoMLX v0.28's Convolve isn't used: it has no gradient for what the transposes need, and with it in the encoder alone a step took
// 7.4 times as long as a dense network's on XLA and 6.3 times in pure Go, where matrix products took 3.1 and 2.1 times as long.
//
// Maps are [channels, height, width, batch]: what is moved then are whole rows of a batch. (In turns with channels last: as fast on
// XLA, 1.06 times as fast in pure Go.)

// narrow maps [in, side, side, batch] to [out, side/2, side/2, batch], without the ReLU.
func (n Network) narrow(x *Node, layer string) *Node {
	weights := n.weight[layer+"/weights"]
	in, out := weights.Shape().Dim(2), weights.Shape().Dim(3)
	bySquare := Reshape(TransposeAllAxes(halved(weights), 5, 0, 2, 1, 3, 4), out, 16*in)
	return n.bias(product(bySquare, Concatenate(neighbours(toSquares(surround(x))), 0)), layer)
}

// widen maps [in, side, side, batch] to [out, 2·side, 2·side, batch], without the ReLU.
func (n Network) widen(x *Node, layer string) *Node {
	weights := n.weight[layer+"/weights"]
	in, out := weights.Shape().Dim(2), weights.Shape().Dim(3)
	// The place above and to the left reaches a square with its last weights, the one below and to the right with its first.
	four := neighbours(surround(x))
	slices.Reverse(four)
	byPlace := Reshape(TransposeAllAxes(halved(weights), 1, 3, 5, 0, 2, 4), 4*out, 4*in)
	wide := fromSquares(product(byPlace, Concatenate(four, 0)))
	side := wide.Shape().Dim(1)
	return n.bias(Slice(wide, AxisRange(), AxisRange(1, side-1), AxisRange(1, side-1), AxisRange()), layer)
}

// halved splits the places of weights [4, 4, in, out]: which square, and which place in it, down and across.
func halved(weights *Node) *Node {
	in, out := weights.Shape().Dim(2), weights.Shape().Dim(3)
	return Reshape(weights, 2, 2, 2, 2, in, out)
}

// surround puts one place of zeros around maps. (GoMLX v0.28's Pad has no gradient.)
func surround(x *Node) *Node {
	for axis := 1; axis <= 2; axis++ {
		shape := x.Shape().Clone()
		shape.Dimensions[axis] = 1
		zeros := Zeros(x.Graph(), shape)
		x = Concatenate([]*Node{zeros, x, zeros}, axis)
	}
	return x
}

// toSquares maps [channels, 2·h, 2·w, batch] to [4·channels, h, w, batch]: the places of each square of 2×2 behind one another.
func toSquares(x *Node) *Node {
	d := x.Shape().Dimensions
	x = TransposeAllAxes(Reshape(x, d[0], d[1]/2, 2, d[2]/2, 2, d[3]), 2, 4, 0, 1, 3, 5)
	return Reshape(x, 4*d[0], d[1]/2, d[2]/2, d[3])
}

// fromSquares undoes toSquares.
func fromSquares(x *Node) *Node {
	d := x.Shape().Dimensions
	x = TransposeAllAxes(Reshape(x, 2, 2, d[0]/4, d[1], d[2], d[3]), 2, 3, 0, 4, 1, 5)
	return Reshape(x, d[0]/4, 2*d[1], 2*d[2], d[3])
}

// neighbours are four parts [channels, h, w, batch] of maps [channels, h+1, w+1, batch]: each place, the one right of it, and the
// two below them.
func neighbours(x *Node) (four []*Node) {
	h, w := x.Shape().Dim(1), x.Shape().Dim(2)
	for dy := range 2 {
		for dx := range 2 {
			four = append(four, Slice(x, AxisRange(), AxisRange(dy, h-1+dy), AxisRange(dx, w-1+dx), AxisRange()))
		}
	}
	return four
}

// product multiplies [out, in] with the first axis of maps [in, h, w, batch].
func product(weights, x *Node) *Node {
	d := x.Shape().Dimensions
	return Reshape(MatMul(weights, Reshape(x, d[0], d[1]*d[2]*d[3])), -1, d[1], d[2], d[3])
}

func (n Network) bias(x *Node, layer string) *Node {
	return Add(x, InsertAxes(n.weight[layer+"/biases"], -1, -1, -1))
}

// seen is what the encoder's hidden layer sees of images [batch, pixels]: they themselves, or the maps of two convolutions.
func (n Network) seen(images *Node) *Node {
	if n.config.Layers != run.Convolutional {
		return images
	}
	batch, pixels := images.Shape().Dim(0), images.Shape().Dim(1)
	edge := side(pixels)
	x := Reshape(Transpose(images, 0, 1), 1, edge, edge, batch)
	x = relu(n.narrow(x, "encoder/convolution_1"))
	x = relu(n.narrow(x, "encoder/convolution_2"))
	return Transpose(Reshape(x, -1, batch), 0, 1)
}

// pixels maps the decoder's hidden layer to logits [batch, pixels].
func (n Network) pixels(hidden *Node) *Node {
	if n.config.Layers != run.Convolutional {
		return n.dense(hidden, "decoder/pixels")
	}
	maps := relu(n.dense(hidden, "decoder/maps"))
	batch := maps.Shape().Dim(0)
	channels := n.weight["decoder/convolution_1/weights"].Shape().Dim(2)
	edge := side(maps.Shape().Dim(1) / channels)
	x := Reshape(Transpose(maps, 0, 1), channels, edge, edge, batch)
	x = relu(n.widen(x, "decoder/convolution_1"))
	x = n.widen(x, "decoder/convolution_2")
	return Transpose(Reshape(x, -1, batch), 0, 1)
}

// side is the width and the height of a square of so many places.
func side(places int) int { return int(math.Sqrt(float64(places))) }
