package lab_test

import (
	"vaelab/vaelib/lab"
	"vaelab/vaelib/run"
)

// The arrays of the course's default network for images of 28×28 pixels.
func ExampleNetwork() {
	lab.Network(run.Default(), 28*28)
	// Output:
	// array                         shape      numbers
	// encoder/hidden/weights        [784 400]   313600
	// encoder/hidden/biases         [400]          400
	// encoder/mean/weights          [400 2]        800
	// encoder/mean/biases           [2]              2
	// encoder/log_variance/weights  [400 2]        800
	// encoder/log_variance/biases   [2]              2
	// decoder/hidden/weights        [2 400]        800
	// decoder/hidden/biases         [400]          400
	// decoder/pixels/weights        [400 784]   313600
	// decoder/pixels/biases         [784]          784
	// together                                  631188
}

// With convolutions in front, the dense layers keep their size: two convolutions give as many numbers as there are pixels.
func ExampleNetwork_convolutional() {
	c := run.Default()
	c.Layers = run.Convolutional
	lab.Network(c, 28*28)
	// Output:
	// array                          shape       numbers
	// encoder/convolution_1/weights  [4 4 1 8]       128
	// encoder/convolution_1/biases   [8]               8
	// encoder/convolution_2/weights  [4 4 8 16]     2048
	// encoder/convolution_2/biases   [16]             16
	// encoder/hidden/weights         [784 400]    313600
	// encoder/hidden/biases          [400]           400
	// encoder/mean/weights           [400 2]         800
	// encoder/mean/biases            [2]               2
	// encoder/log_variance/weights   [400 2]         800
	// encoder/log_variance/biases    [2]               2
	// decoder/hidden/weights         [2 400]         800
	// decoder/hidden/biases          [400]           400
	// decoder/maps/weights           [400 784]    313600
	// decoder/maps/biases            [784]           784
	// decoder/convolution_1/weights  [4 4 16 8]     2048
	// decoder/convolution_1/biases   [8]               8
	// decoder/convolution_2/weights  [4 4 8 1]       128
	// decoder/convolution_2/biases   [1]               1
	// together                                    635573
}
