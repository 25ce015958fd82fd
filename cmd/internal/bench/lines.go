// Package bench is what a measuring program and the one that calls it tell each other: flags one way, lines of JSON
// the other. The callee may be ours (cmd/vaebench) or a peer's (Python); cmd/vaelab is the caller.
//
//	vaelab bench ──flags──▶ vaebench train …   ──▶ {"epoch":1,"seconds":2.1,"test_loss":262.5}
//	             ──words──▶ python vae.py train …    ──▶ {"epoch":1,"seconds":3.0,"test_loss":262.8}
//
// It uses the standard library alone, since vaelab does.
package bench

// Epoch is told when one epoch is finished.
type Epoch struct {
	Number   int     `json:"epoch"`
	Seconds  float64 `json:"seconds"`   // of training, without the test images
	TestLoss float64 `json:"test_loss"` // nats an image
}

// Rate is how fast something goes.
type Rate struct {
	Name      string  `json:"name"`
	Cores     int     `json:"cores"`
	PerSecond float64 `json:"per_second"` // samples, or floating-point operations
}

// Data is what is measured on.
type Data struct {
	Title string `json:"title"`
	Whole bool   `json:"whole"` // the full Fashion-MNIST; else the sample
	Train int    `json:"train"` // images
	Test  int    `json:"test"`
}

// Point is one run of the growth measurement.
type Point struct {
	Axis    string  `json:"axis"` // what is varied: images, hidden, latent, batch
	At      int     `json:"at"`
	Seconds float64 `json:"seconds"` // the fastest epoch after the first
	Memory  float64 `json:"memory"`  // peak of the process, MB
}

// Trend is how a measurement grows along an axis. Time is size to the power of the exponent, fitted over the larger half
// of the sizes, where what takes the same time at any size no longer counts. Memory is a straight line.
type Trend struct {
	Axis     string  `json:"axis"`
	Exponent float64 `json:"time_exponent"`
	Base     float64 `json:"memory_base"`  // MB
	Slope    float64 `json:"memory_slope"` // MB for each 1,000 of the size
}

// Axes are what the growth measurement varies, each with its sizes; the rest stays as in Base.
var Axes = []struct {
	Name  string
	Sizes []int
}{
	{"images", []int{1000, 2000, 5000, 10000, 20000, 60000}},
	{"hidden", []int{25, 50, 100, 200, 400, 800, 1600}},
	{"latent", []int{2, 8, 32, 128, 512}},
	{"batch", []int{16, 32, 64, 128, 256, 512}},
}

// Base is the setting around which the growth is measured.
var Base = map[string]int{"images": 10000, "hidden": 400, "latent": 20, "batch": 128}

// EpochOperations is the arithmetic of training for one epoch: the floating-point operations of the matrix products,
// two (a product and a sum) for each pair of an image and a weight.
//
// Forward, each weight matrix is in one product, and backward in two: one for its own gradient, one for its input's.
// The first layer's input are the images, whose gradient nobody needs, so it has one product less. For 784-400-20,
// batches of 128 and 468 steps:
//
//	pixels·hidden      784·400    encoder: 2 products, decoder: 3
//	hidden·latent      400·20     μ, log σ² and the decoder's first layer: 3 each
//	2·128·(5·784·400 + 9·400·20)·468 = 197 GFLOP
func EpochOperations(pixels, hidden, latent, batch, steps int) float64 {
	weights := 5*pixels*hidden + 9*hidden*latent
	return 2 * float64(batch) * float64(weights) * float64(steps)
}
