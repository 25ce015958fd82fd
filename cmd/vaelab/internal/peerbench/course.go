package peerbench

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"vaelab/cmd/internal/bench"
	"vaelab/cmd/vaelab/internal/notebook"
)

//go:embed peers/vae.py
var vaePy []byte

//go:embed peers/estimators.py
var estimatorsPy []byte

// Course is where the contestants run, and how much.
type Course struct {
	Ours   Contestant // cmd/vaebench
	Python []string   // the peers' interpreter; empty: without peers
	Env    []string   // for Python
	Dir    string     // a folder for images and scripts
	Pairs  int        // turns of each
	Sample bool       // train on the sample, whatever else there is
	Say    func(string)

	// How much is measured in a turn; tests take less.
	Epochs, Sweep, Hidden, Rounds, Samples, Cells int

	SIMD   Contestant       // as Ours, built with vector instructions for the pure Go backend; no command: there is none
	Kernel notebook.Options // by which cells are executed
}

// Full are the sizes of a real measurement.
func (c Course) Full() Course {
	c.Epochs, c.Sweep, c.Hidden, c.Rounds, c.Samples, c.Cells = 3, 3, 400, 100, 4_000_000, 20
	return c
}

const pixels, latent, batch = 784, 20, 128

// script gives a peer's program as a contestant.
func (c Course) script(name string, text []byte, words ...string) (Contestant, error) {
	path := filepath.Join(c.Dir, name)
	err := os.WriteFile(path, text, 0o644)
	return Contestant{Name: name, Command: append([]string{c.Python[0], path}, words...), Env: c.Env}, err
}

// Prepare writes the images that all read.
func (c Course) Prepare(ctx context.Context, r *Report) error {
	words := []string{"data", "-out", c.Dir}
	if c.Sample {
		words = append(words, "-sample")
	}
	t, err := take[bench.Data](ctx, c.Ours, words...)
	if err == nil {
		r.Data = t.Lines[0]
	}
	return err
}

// Training races 3 epochs of the course's larger network, with the bare matrix products in the same turns. Each turn has a
// seed of its own, so that the losses can be compared: those of one seed differ by luck.
func (c Course) Training(ctx context.Context, r *Report) error {
	first, epoch, loss := map[string][]float64{}, map[string][]float64{}, map[string][]float64{}
	const whole, later = "from the command's start to the first epoch's end", "an epoch after the first"
	steps := r.Data.Train / batch
	lossAfter := fmt.Sprintf("training: test loss after %d epochs", c.Epochs)
	operations := bench.EpochOperations(pixels, c.Hidden, latent, batch, steps)
	var rates, shares []float64
	train := func(who string, turn int, x Contestant, words ...string) error {
		t, seconds, err := epochs(ctx, who, x, c.Epochs, words...)
		if err != nil {
			return err
		}
		first[who], epoch[who] = append(first[who], t.First), append(epoch[who], seconds)
		last := t.Lines[len(t.Lines)-1].TestLoss
		loss[who] = append(loss[who], last)
		r.keep(whole, who, turn, t.First, t.Others)
		r.keep(later, who, turn, seconds, t.Others)
		r.keep(lossAfter, who, turn, last, t.Others)
		return nil
	}
	for turn := 1; turn <= c.Pairs; turn++ {
		c.Say(fmt.Sprintf("training, turn %d of %d", turn, c.Pairs))
		if err := train("ours", turn, c.Ours, "train", "-from", c.Dir, "-epochs", strconv.Itoa(c.Epochs),
			"-hidden", strconv.Itoa(c.Hidden), "-seed", strconv.Itoa(turn)); err != nil {
			return err
		}
		if len(c.Python) > 0 {
			jax, err := c.script("vae.py", vaePy, c.Dir, strconv.Itoa(c.Epochs), strconv.Itoa(latent), strconv.Itoa(turn), "1")
			if err != nil {
				return err
			}
			if err := train("jax", turn, jax); err != nil {
				return err
			}
		}
		product, err := take[bench.Rate](ctx, c.Ours, "product", "-rounds", strconv.Itoa(c.Rounds), "-hidden", strconv.Itoa(c.Hidden))
		if err != nil {
			return err
		}
		rate := product.Lines[0].PerSecond
		ours := epoch["ours"]
		rates = append(rates, rate/1e9)
		shares = append(shares, 100*operations/rate/ours[len(ours)-1])
		r.keep("matrix products, GFLOP/s", "ours", turn, rate/1e9, product.Others)
	}
	r.row("training: "+later, "s", false, epoch["ours"], epoch["jax"])
	r.row("training: "+whole, "s", false, first["ours"], first["jax"])
	r.means(lossAfter+", mean over seeds", "nats", loss["ours"], loss["jax"])
	r.row("matrix products alone", "GFLOP/s", true, rates, nil)
	r.row(fmt.Sprintf("share of an epoch that its %.0f GFLOP take at that rate", operations/1e9), "%", true, shares, nil)
	return nil
}

// epochs takes a turn of training n epochs; later is the median time of one after the first, which holds compiling.
func epochs(ctx context.Context, who string, x Contestant, n int, words ...string) (t Turn[bench.Epoch], later float64, err error) {
	if t, err = take[bench.Epoch](ctx, x, words...); err != nil {
		return t, 0, err
	}
	if len(t.Lines) != n {
		return t, 0, fmt.Errorf("%s trained %d epochs, not %d", who, len(t.Lines), n)
	}
	var seconds []float64
	for _, e := range t.Lines[1:] {
		seconds = append(seconds, e.Seconds)
	}
	return t, bench.Median(seconds), nil
}

// SevenWeights are the KL weights of the sweep.
var SevenWeights = []string{"0.1", "0.3", "0.5", "1", "2", "4", "10"}

// Sweeping races seven KL weights of the small network, from the command's start to its end.
func (c Course) Sweeping(ctx context.Context, r *Report) error {
	const what = "a sweep over 7 KL weights (784-400-2, 10,000 images), start to end"
	folder, err := c.sampleFolder(ctx, r)
	if err != nil {
		return err
	}
	seconds := map[string][]float64{}
	each := strconv.Itoa(c.Sweep)
	for turn := 1; turn <= c.Pairs; turn++ {
		c.Say(fmt.Sprintf("a sweep, turn %d of %d", turn, c.Pairs))
		racers := map[string]Contestant{"ours": c.Ours}
		racers["ours"] = c.Ours.with("train", "-from", folder, "-epochs", each, "-latent", "2",
			"-hidden", strconv.Itoa(c.Hidden), "-weights", strings.Join(SevenWeights, ","))
		order := []string{"ours"}
		if len(c.Python) > 0 {
			jax, err := c.script("vae.py", vaePy, append([]string{folder, each, "2", "1"}, SevenWeights...)...)
			if err != nil {
				return err
			}
			racers["jax"], order = jax, append(order, "jax")
		}
		for _, who := range order {
			t, _, err := epochs(ctx, who, racers[who], c.Sweep*len(SevenWeights))
			if err != nil {
				return err
			}
			seconds[who] = append(seconds[who], t.Whole)
			r.keep(what, who, turn, t.Whole, t.Others)
		}
	}
	r.row(what, "s", false, seconds["ours"], seconds["jax"])
	return nil
}

// Estimating races the KL room's estimators against NumPy.
func (c Course) Estimating(ctx context.Context, r *Report) error {
	type key struct {
		name  string
		cores int
	}
	found := map[string]map[key][]float64{"ours": {}, "numpy": {}}
	var order []key
	for turn := 1; turn <= c.Pairs; turn++ {
		c.Say(fmt.Sprintf("estimators, turn %d of %d", turn, c.Pairs))
		racers := map[string]Contestant{"ours": c.Ours.with("estimators", "-n", strconv.Itoa(c.Samples))}
		if len(c.Python) > 0 {
			numpy, err := c.script("estimators.py", estimatorsPy, strconv.Itoa(c.Samples), "5")
			if err != nil {
				return err
			}
			racers["numpy"] = numpy
		}
		for _, who := range []string{"ours", "numpy"} {
			racer, ok := racers[who]
			if !ok {
				continue
			}
			t, err := take[bench.Rate](ctx, racer)
			if err != nil {
				return err
			}
			for _, line := range t.Lines {
				k := key{line.Name, line.Cores}
				if who == "ours" && turn == 1 {
					order = append(order, k)
				}
				found[who][k] = append(found[who][k], line.PerSecond/1e6)
				r.keep(fmt.Sprintf("%s on %d cores", k.name, k.cores), who, turn, line.PerSecond/1e6, t.Others)
			}
		}
	}
	for _, k := range order {
		cores := "1 core"
		if k.cores > 1 {
			cores = fmt.Sprintf("%d cores", k.cores)
		}
		r.row(fmt.Sprintf("estimator %s on %s, NumPy beside it", k.name, cores), "million samples/s", true, found["ours"][k], found["numpy"][k])
	}
	return nil
}

// sampleFolder is where the sample's images lie.
func (c Course) sampleFolder(ctx context.Context, r *Report) (string, error) {
	if !r.Data.Whole {
		return c.Dir, nil
	}
	folder := filepath.Join(c.Dir, "sample")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	_, err := take[bench.Data](ctx, c.Ours, "data", "-sample", "-out", folder)
	return folder, err
}

// with is the contestant with more words.
func (c Contestant) with(words ...string) Contestant {
	c.Command = append(append([]string{}, c.Command...), words...)
	return c
}
