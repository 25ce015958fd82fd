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
