package run

// Weight describes one array of the network: its name, its shape, and how many inputs feed each of its units. An array that none
// feed begins with zeros. The zero Weight is a single number without a name.
type Weight struct {
	Name  string
	Dims  []int
	FanIn int
}

// Size is how many numbers the array holds.
func (w Weight) Size() int {
	n := 1
	for _, d := range w.Dims {
		n *= d
	}
	return n
}

// Finished gives the state with the network's arrays alone. Those of the optimiser, which come after them, are left out: a
// finished run doesn't need them. pixels is the number of pixels of an image.
func (s State) Finished(c Config, pixels int) State {
	if n := len(Weights(c, pixels)); n < len(s.Arrays) {
		s.Arrays = s.Arrays[:n:n]
	}
	return s
}

// LogSigma is the name of the array that holds log σ of a Gaussian decoder whose σ isn't fixed: one number.
const LogSigma = "decoder/log_sigma"

// Weights lists the arrays of the network that c asks for, in the order in which model.New takes them. A VAE's
// encoder has one head more than an AE's: the log-variance. A linear network lacks the hidden layers. In a convolutional one
// the decoder's last dense layer makes maps, of which transposed convolutions make pixels. A learned prior has two heads
// of its own, of layers where something is given, else plain numbers.
func Weights(c Config, pixels int) []Weight {
	type layer struct {
		name    string
		in, out int
	}
	layers := []layer{
		{"encoder/hidden", pixels, c.Hidden},
		{"encoder/mean", c.Hidden, c.Latent},
		{"encoder/log_variance", c.Hidden, c.Latent},
		{"decoder/hidden", c.Takes(), c.Hidden},
		{"decoder/pixels", c.Hidden, c.Told(pixels)},
	}
	if c.Prior == LearnedPrior && c.Given > 0 {
		layers = append(layers,
			layer{"prior/hidden", c.Given, c.Hidden},
			layer{"prior/mean", c.Hidden, c.Latent},
			layer{"prior/log_variance", c.Hidden, c.Latent})
	}
	if c.Linear() {
		layers[1].in, layers[2].in, layers[4].in = pixels, pixels, c.Latent
	}
	if c.Layers == Convolutional {
		layers[4].name = "decoder/maps" // as many numbers as pixels
	}
	list := c.narrowing()
	for _, l := range layers {
		if l.name == "encoder/log_variance" && c.Model == AE || l.in == 0 || l.out == 0 {
			continue
		}
		list = append(list,
			Weight{l.name + "/weights", []int{l.in, l.out}, l.in},
			Weight{l.name + "/biases", []int{l.out}, l.in})
	}
	list = append(list, c.widening()...)
	if c.Prior == LearnedPrior && c.Given == 0 {
		list = append(list, Weight{"prior/mean/biases", []int{c.Latent}, 0}, Weight{"prior/log_variance/biases", []int{c.Latent}, 0})
	}
	if c.Sigma != FixedSigma { // the last: training finds it there
		list = append(list, Weight{LogSigma, nil, 1})
	}
	return list
}
