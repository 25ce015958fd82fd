package training

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/run"
)

// BenchmarkSweep trains four KL weights of the course's network (784-400-2, 10,000 images) for 3 epochs: with a
// compilation for each, with one for all, and with one for all and runs side by side. Take the best of several:
//
//	go test -run ^$ -bench Sweep -benchtime 1x -count 5 ./vaelib/training
//
// The best of four on two cores, XLA on the CPU: 7.3 s, 4.2 s, 4.2 s. Side by side pays where a step is too small for
// two cores: four linear networks for 8×8 pixels take 3.7 s that way and 5.4 s one after the other. Several models in
// one execution, each with its own state in the loop's body, were tried too: 0.25 s an epoch and model, against 0.23 s
// one by one, and a longer compilation.
func BenchmarkSweep(b *testing.B) {
	xla := testbackend.XLA(b)
	data, err := datasets.Sample()
	if err != nil {
		b.Fatal(err)
	}
	jobs := func() (list []Job) {
		root := b.TempDir()
		for _, weight := range []float64{0.5, 1, 2, 4} {
			c := run.Default()
			c.Epochs, c.KLWeight = 3, weight
			list = append(list, Job{Config: c, Data: data, Root: root})
		}
		return list
	}
	b.Run("compiled for each", func(b *testing.B) {
		for b.Loop() {
			for _, j := range jobs() {
				if _, err := newExecutors(xla.Compute).train(b.Context(), xla, j); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	was := runsAtOnce[xla.Name]
	defer func() { runsAtOnce[xla.Name] = was }()
	for name, n := range map[string]int{"compiled once": 1, "two side by side": 2} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				known.Delete(xla.Compute) // compile anew
				runsAtOnce[xla.Name] = n
				if _, err := All(b.Context(), xla, jobs()...); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkSteps makes 78 steps of the course's network (784-400-20, batches of 128) in one execution, as an epoch of
// the sample does, with its feed left out.
func BenchmarkSteps(b *testing.B) {
	xla := testbackend.XLA(b)
	data, err := datasets.Sample()
	if err != nil {
		b.Fatal(err)
	}
	c := run.Default()
	c.Latent = 20
	t := &trainer{backend: xla, job: Job{Config: c, Data: data}}
	if err := t.start(executorsOf(xla.Compute), run.State{}); err != nil {
		b.Fatal(err)
	}
	defer t.close()
	steps := <-feed(b.Context(), c, data.Train, 1, t.atOnce())
	if _, err := t.advance(steps); err != nil { // compiles
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := t.advance(steps); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N*steps.steps), "ms/step")
}

// BenchmarkTwoDevices makes the same 78 steps with one device and, in turns, with two virtual ones that share each
// batch:
//
//	go test -run ^$ -bench TwoDevices -benchtime 15x ./vaelib/training
func BenchmarkTwoDevices(b *testing.B) {
	one, two := testbackend.XLA(b), testbackend.TwoDevices(b)
	data, err := datasets.Sample()
	if err != nil {
		b.Fatal(err)
	}
	for _, batch := range []int{128, 512} {
		b.Run(fmt.Sprintf("batches of %d", batch), func(b *testing.B) {
			c := run.Default()
			c.Latent, c.Batch = 20, batch
			var list [2]*trainer
			for i, backend := range []*backend.Backend{one, two} {
				list[i] = &trainer{backend: backend, job: Job{Config: c, Data: data, Devices: i + 1}}
				if err := list[i].start(executorsOf(backend.Compute), run.State{}); err != nil {
					b.Fatal(err)
				}
				defer list[i].close()
			}
			steps := <-feed(b.Context(), c, data.Train, 1, list[0].atOnce())
			inTurns(b, list, steps, "one", "two")
		})
	}
}

// BenchmarkLayers makes steps of the course's network (784-400-20, batches of 128) with dense layers and, in turns, with
// convolutions before them:
//
//	go test -run ^$ -bench Layers -benchtime 15x ./vaelib/training
//
// On two cores convolutions take 2.5 to 3.1 times as long on XLA, and 2.1 to 2.2 times in pure Go.
func BenchmarkLayers(b *testing.B) {
	data, err := datasets.Sample()
	if err != nil {
		b.Fatal(err)
	}
	for _, backend := range []*backend.Backend{testbackend.XLA(b), testbackend.Go(b)} {
		b.Run(backend.Name, func(b *testing.B) {
			c := run.Default()
			c.Latent = 20
			var list [2]*trainer
			for i, layers := range []run.Layers{run.Dense, run.Convolutional} {
				c.Layers = layers
				list[i] = &trainer{backend: backend, job: Job{Config: c, Data: data}}
				if err := list[i].start(executorsOf(backend.Compute), run.State{}); err != nil {
					b.Fatal(err)
				}
				defer list[i].close()
			}
			inTurns(b, list, <-feed(b.Context(), c, data.Train, 1, list[0].atOnce()), "dense", "conv")
		})
	}
}

// inTurns has two trainers make the same steps, one after the other. It reports the median of the pairs' ratios, how many times
// longer the second takes, and each one's own median.
func inTurns(b *testing.B, list [2]*trainer, steps chunk, names ...string) {
	var seconds [2][]float64
	var ratios []float64
	for round := 0; round < 2 || b.Loop(); round++ { // the first two compile and warm up
		for i, t := range list {
			begin := time.Now()
			if _, err := t.advance(steps); err != nil {
				b.Fatal(err)
			}
			seconds[i] = append(seconds[i], time.Since(begin).Seconds())
		}
		if round >= 2 {
			ratios = append(ratios, seconds[1][round]/seconds[0][round])
		}
	}
	median := func(x []float64) float64 {
		slices.Sort(x)
		return x[len(x)/2]
	}
	b.ReportMetric(median(ratios), "×"+names[0])
	for i, name := range names {
		b.ReportMetric(1000*median(seconds[i][2:])/float64(steps.steps), "ms/step-"+name)
	}
	b.ReportMetric(0, "ns/op")
}

// BenchmarkFeed shuffles the sample and draws an epoch's noise: what the processor does for the feed while the backend
// computes.
func BenchmarkFeed(b *testing.B) {
	data, err := datasets.Sample()
	if err != nil {
		b.Fatal(err)
	}
	c := run.Default()
	c.Latent = 20
	for b.Loop() {
		for range feed(b.Context(), c, data.Train, 1, 78) {
		}
	}
}
