package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"

	"vaelab/cmd/internal/flagwords"
	"vaelab/datasets"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// settings are what the flags say.
type settings struct {
	config       run.Config
	data, dir    string
	pictures     ownPictures
	backend, out string
	devices      int
	json         bool
}

// errUsage is for arguments about which it has been said already what is wrong.
var errUsage = errors.New("wrong flags")

func parse(args []string) (settings, error) {
	s := settings{config: run.Default()}
	c := &s.config
	f := flag.NewFlagSet("vaelab train", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.Usage = func() {}
	if asked, _ := flagwords.Value(args, "lang"); asked != "" {
		_ = words.Use(asked) // for what follows; the flag itself tells of an error
	}
	f.StringVar(&s.data, "data", datasets.FashionSample, words.Say("`name` of the data set: %s", strings.Join(datasets.Names(), ", ")))
	f.StringVar(&s.dir, "data-dir", "", words.Text("`folder` with the data set's four files; else the cache, the system's folder, or a download"))
	s.pictures.declare(f)
	f.StringVar((*string)(&c.Model), "model", string(c.Model), words.Text("vae, or ae for an autoencoder of the same shape"))
	f.IntVar(&c.Latent, "latent", c.Latent, words.Text("dimensions of the code"))
	f.IntVar(&c.Hidden, "hidden", c.Hidden, words.Text("width of the hidden layer on each side; 0: none, a linear network"))
	f.IntVar(&c.Batch, "batch", c.Batch, words.Text("images a step"))
	f.IntVar(&c.Epochs, "epochs", c.Epochs, words.Text("passes over the training images"))
	f.Float64Var(&c.KLWeight, "kl", c.KLWeight, words.Text("weight of the KL term (1: the evidence lower bound)"))
	f.Func("schedule", words.Text("how the KL weight gets there: linear:`epochs`, or cyclic:cycles:share"), func(text string) (err error) {
		c.Schedule, err = schedule(text)
		return err
	})
	f.Float64Var(&c.FreeBits, "free-bits", c.FreeBits, words.Text("nats of KL that cost nothing, in each dimension or where -free-over says"))
	f.StringVar((*string)(&c.FreeOver), "free-over", string(c.FreeOver), words.Text("image or batch: what has -free-bits free, instead of each dimension"))
	f.Func("rate", words.Text("aim at a KL term of so many `nats` instead of weighing it; nats:epochs:pull says how"), func(text string) (err error) {
		c.Rate, err = rate(text)
		return err
	})
	f.StringVar((*string)(&c.Sigma), "sigma", string(c.Sigma), words.Text("learned or optimal: the spread of a Gaussian decoder comes from the images, and not from -pixel-sigma"))
	f.StringVar((*string)(&c.Decay), "decay", string(c.Decay), words.Text("linear or cosine: how the learning rate falls to 0 over the run"))
	f.IntVar(&c.Given, "given", c.Given, words.Text("so many of an image's first pixels are given to encoder and decoder, and only the rest is coded"))
	f.StringVar((*string)(&c.Prior), "prior", string(c.Prior), words.Text("learned: the codes are held against a prior of their own, and not against N(0, I)"))
	f.Func("balance", words.Text("weigh the KL term's pull at a learned prior and at the codes apart: `prior:codes`, such as 1:0.1"), func(text string) (err error) {
		c.Balance, err = balance(text)
		return err
	})
	f.StringVar((*string)(&c.Layers), "layers", string(c.Layers), words.Text("conv: convolutions before the hidden layer, for square pictures whose side is a multiple of 4"))
	f.Float64Var(&c.LearningRate, "lr", c.LearningRate, words.Text("Adam's learning rate"))
	f.Uint64Var(&c.Seed, "seed", c.Seed, words.Text("seed of the weights, the shuffling and the noise"))
	f.StringVar((*string)(&c.Decoder), "decoder", string(c.Decoder), words.Text("distribution of a pixel: bernoulli, gaussian or laplace"))
	f.Float64Var(&c.PixelSigma, "pixel-sigma", c.PixelSigma, words.Text("spread of a pixel: σ of a Gaussian decoder, b of a Laplace decoder"))
	f.StringVar(&s.backend, "backend", "", words.Text("xla, xla:cuda or go; empty: the best that is set up"))
	f.IntVar(&s.devices, "devices", 1, words.Text("of the backend, that share each batch: GPUs, or parts that XLA's CPU poses as"))
	f.StringVar(&s.out, "out", "", words.Text("`folder` for pictures and metrics.json"))
	f.BoolVar(&s.json, "json", false, words.Text("print one line of JSON last"))
	f.Func("lang", words.Text("`language` to speak, such as zh; English without it"), words.Use)
	if err := f.Parse(args); errors.Is(err, flag.ErrHelp) {
		explain(f)
		return s, err
	} else if err != nil {
		fmt.Fprintln(os.Stderr, flagwords.Error(err))
		explain(f)
		return s, errUsage
	}
	if f.NArg() > 0 {
		return s, words.Errorf("%q is not a flag: train takes flags only, such as -kl 4", f.Arg(0))
	}
	if s.devices < 1 {
		return s, words.Errorf("-devices is %d: write 1 or more", s.devices)
	}
	return s, s.pictures.check(f)
}

// explain writes how the program is called.
func explain(f *flag.FlagSet) {
	fmt.Fprintf(os.Stderr, `%s

    go run ./cmd/vaelab train -kl 4
    go run ./cmd/vaelab train -data fashion-mnist -latent 20 -epochs 10 -out pictures -json
    go run ./cmd/vaelab train -pictures ~/cats -batch 16 -epochs 200 -out pictures

%s
`, words.Say("Train one model and draw what it has learnt. The same settings load their run at once; changed ones train anew."), words.Say("Flags:"))
	flagwords.Defaults(os.Stderr, f)
}

// schedule reads linear:5 and cyclic:4:0.5.
func schedule(text string) (run.Schedule, error) {
	kind, rest, _ := strings.Cut(text, ":")
	x, err := numbers(rest)
	switch {
	case err == nil && kind == "linear" && len(x) == 1:
		return run.Linear(x[0]), nil
	case err == nil && kind == "cyclic" && len(x) == 2 && x[0] == math.Trunc(x[0]):
		return run.Cyclic(int(x[0]), x[1]), nil
	}
	return run.Schedule{}, words.Errorf("write linear:5 (epochs) or cyclic:4:0.5 (cycles, and the share of each in which the weight rises)")
}

// rate reads 12, 12:5 and 12:5:10.
func rate(text string) (run.TargetRate, error) {
	x, err := numbers(text)
	if err != nil || len(x) > 3 {
		return run.TargetRate{}, words.Errorf("write 12 (nats), 12:5 (reached after 5 epochs) or 12:5:10 (with that pull)")
	}
	r := run.TargetRate{Nats: x[0], Pull: 10}
	if len(x) > 1 {
		r.Epochs = x[1]
	}
	if len(x) > 2 {
		r.Pull = x[2]
	}
	return r, nil
}

// balance reads 1:0.1.
func balance(text string) (run.Balance, error) {
	x, err := numbers(text)
	if err != nil || len(x) != 2 {
		return run.Balance{}, words.Errorf("write 1:0.1 (the weights of the pull at the prior and at the codes)")
	}
	return run.Balance{Prior: x[0], Posterior: x[1]}, nil
}

// numbers reads what stands between colons.
func numbers(text string) (list []float64, err error) {
	for part := range strings.SplitSeq(text, ":") {
		x, err := strconv.ParseFloat(part, 64)
		if err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	return list, nil
}
