package run

import "vaelab/vaelib/words"

// Layers says what stands between the pixels and the hidden layers. "" is [Dense].
type Layers string

const (
	// Dense lets each hidden unit look at all pixels at once: the network knows nothing of which pixels are neighbours.
	Dense Layers = ""
	// Convolutional has two convolutions between pixels and hidden layer, and in the decoder their transposes: each looks at
	// 4×4 places, halves the side of what it is given, and is followed by a ReLU (the shape of DCGAN, Radford et al. 2016). The
	// picture must be square, and its side a multiple of 4.
	Convolutional Layers = "conv"
)

// The channels after each of the two convolutions. A quarter of the side, squared, times 16 is the number of pixels: the dense
// layers behind them are as large as in a network without convolutions, and what differs is the convolutions alone.
const (
	channelsHalf    = 8  // at half the side
	channelsQuarter = 16 // at a quarter of it
)

// Fits reports why the network can't take images of this width and height, in pixels: a [*SettingError]. A dense one to which nothing
// is given takes all.
func (c Config) Fits(width, height int) error {
	if c.Layers != Convolutional || width == height && width%4 == 0 {
		return c.leaves(width, height)
	}
	return NewSettingError("Layers", c.Layers, words.Format("%v is %v, but the images have %d×%d pixels: convolutions need a square whose side is a multiple of 4; leave %v out, or bring the images to such a size"),
		Setting("Layers"), Convolutional, width, height, Setting("Layers"))
}

// validateLayers is Validate's part on what this file describes.
func (c Config) validateLayers(bad func(Setting, any, string, ...any) error) error {
	switch {
	case c.Layers != Dense && c.Layers != Convolutional:
		return bad("Layers", c.Layers, words.Format("%v is %q: write %v, or leave it out for dense layers"), string(c.Layers), Convolutional)
	case c.Layers == Convolutional && c.Linear():
		return bad("Layers", c.Layers, words.Format("%v is %v, but a linear network has no hidden layer for convolutions to stand before: set %v to 1 or more, such as 400"), c.Layers, Setting("Hidden"))
	}
	return nil
}

// narrowing are the arrays of the encoder's convolutions, none in a dense network.
func (c Config) narrowing() []Weight {
	if c.Layers != Convolutional {
		return nil
	}
	return append(convolution("encoder/convolution_1", 1, channelsHalf, 16), convolution("encoder/convolution_2", channelsHalf, channelsQuarter, 16)...)
}

// widening are the arrays of the decoder's transposed convolutions. Of the 4×4 weights of each, 2×2 reach one pixel.
func (c Config) widening() []Weight {
	if c.Layers != Convolutional {
		return nil
	}
	return append(convolution("decoder/convolution_1", channelsQuarter, channelsHalf, 4), convolution("decoder/convolution_2", channelsHalf, 1, 4)...)
}

// convolution has the arrays of one whose units see so many places.
func convolution(name string, in, out, places int) []Weight {
	return []Weight{
		{name + "/weights", []int{4, 4, in, out}, places * in},
		{name + "/biases", []int{out}, places * in},
	}
}
