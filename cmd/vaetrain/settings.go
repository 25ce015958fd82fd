package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"

	"vaelab/datasets"
	"vaelab/vaelib/run"
)

// settings are what the flags say.
type settings struct {
	config       run.Config
	data, dir    string
	backend, out string
	json         bool
}

// errUsage is for arguments about which the flag set has already said what is wrong.
var errUsage = errors.New("wrong flags")

func parse(args []string) (settings, error) {
	s := settings{config: run.Default()}
	c := &s.config
	f := flag.NewFlagSet("vaelab train", flag.ContinueOnError)
	f.SetOutput(os.Stderr)
	f.Usage = func() {
		fmt.Fprintln(f.Output(), `Train one model and draw what it has learnt. The same settings load their run at once; changed ones train anew.

    go run ./cmd/vaelab train -kl 4
    go run ./cmd/vaelab train -data fashion-mnist -latent 20 -epochs 10 -out pictures -json

Flags:`)
		f.PrintDefaults()
	}
	f.StringVar(&s.data, "data", datasets.FashionSample, "`name` of the data set: "+strings.Join(datasets.Names(), ", "))
	f.StringVar(&s.dir, "data-dir", "", "`folder` with the data set's four files; else the cache, the system's folder, or a download")
	f.StringVar((*string)(&c.Model), "model", string(c.Model), "vae, or ae for an autoencoder of the same shape")
	f.IntVar(&c.Latent, "latent", c.Latent, "dimensions of the code")
	f.IntVar(&c.Hidden, "hidden", c.Hidden, "width of the hidden layer on each side")
	f.IntVar(&c.Batch, "batch", c.Batch, "images a step")
	f.IntVar(&c.Epochs, "epochs", c.Epochs, "passes over the training images")
	f.Float64Var(&c.KLWeight, "kl", c.KLWeight, "weight of the KL term (1: the evidence lower bound)")
	f.Float64Var(&c.LearningRate, "lr", c.LearningRate, "Adam's learning rate")
	f.Uint64Var(&c.Seed, "seed", c.Seed, "seed of the weights, the shuffling and the noise")
	f.StringVar((*string)(&c.Decoder), "decoder", string(c.Decoder), "distribution of a pixel: bernoulli or gaussian")
	f.Float64Var(&c.PixelSigma, "pixel-sigma", c.PixelSigma, "spread of a Gaussian decoder's pixel")
	f.StringVar(&s.backend, "backend", "", "xla, xla:cuda or go; empty: the best that is set up")
	f.StringVar(&s.out, "out", "", "`folder` for pictures and metrics.json")
	f.BoolVar(&s.json, "json", false, "print one line of JSON last")
	if err := f.Parse(args); errors.Is(err, flag.ErrHelp) {
		return s, err
	} else if err != nil {
		return s, errUsage
	}
	if f.NArg() > 0 {
		return s, fmt.Errorf("%q is not a flag: train takes flags only, such as -kl 4", f.Arg(0))
	}
	return s, nil
}
