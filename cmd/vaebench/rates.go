package main

import (
	"context"
	"flag"
	"runtime"
	"slices"
	"time"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"

	"vaelab/cmd/internal/bench"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/kl"
)

// timeProducts tells how fast the backend multiplies matrices of the training's shapes with nothing between: the limit
// that training can only come near to.
func timeProducts(_ context.Context, args []string) error {
	f := flag.NewFlagSet("bench product", flag.ContinueOnError)
	pixels, hidden, batch := f.Int("pixels", 784, ""), f.Int("hidden", 400, ""), f.Int("batch", 128, "")
	rounds, repeats := f.Int("rounds", 100, ""), f.Int("repeats", 7, "")
	wish := f.String("backend", "", "")
	if err := readFlags(f, args); err != nil {
		return err
	}
	b, err := backend.Open(*wish)
	if err != nil {
		return err
	}
	exec, err := graph.NewExec(b.Compute, func(x, in, out *graph.Node) []*graph.Node { return products(x, in, out, *rounds) })
	if err != nil {
		return err
	}
	var state []any
	for _, dims := range [][]int{{*batch, *pixels}, {*pixels, *hidden}, {*hidden, *pixels}} {
		state = append(state, tensors.FromShape(shapes.Make(dtypes.Float32, dims...)))
	}
	seconds := medianSeconds(*repeats, func() error {
		_, err = exec.Call(state...)
		return err
	})
	each := 5 * 2 * float64(*batch) * float64(*pixels) * float64(*hidden)
	if err != nil {
		return err
	}
	return tell(bench.Rate{Name: "matrix products", Cores: runtime.NumCPU(), PerSecond: each * float64(*rounds) / seconds})
}

// products makes the five large products of a training step again and again, each from the last round's results, so
// that none can be left out.
func products(x, in, out *graph.Node, rounds int) []*graph.Node {
	g := x.Graph()
	start := []*graph.Node{graph.Const(g, int32(0)), x, in, out}
	parameters := func(g *graph.Graph) (list []*graph.Node) {
		for _, s := range start {
			list = append(list, graph.Parameter(g, "", s.Shape()))
		}
		return list
	}
	condition := graph.NewClosure(g, func(g *graph.Graph) []*graph.Node {
		return []*graph.Node{graph.LessThan(parameters(g)[0], graph.Const(g, int32(rounds)))}
	})
	body := graph.NewClosure(g, func(g *graph.Graph) []*graph.Node {
		s := parameters(g)
		i, x, in, out := s[0], s[1], s[2], s[3]
		h := graph.MatMul(x, in)                                       // forward: [batch, hidden]
		y := graph.MatMul(h, out)                                      // [batch, pixels]
		back := graph.DotGeneral(y, []int{1}, nil, out, []int{1}, nil) // backward: [batch, hidden]
		in = graph.DotGeneral(x, []int{0}, nil, back, []int{0}, nil)   // gradients of the weights
		out = graph.DotGeneral(h, []int{0}, nil, y, []int{0}, nil)
		return []*graph.Node{graph.Add(i, graph.Const(g, int32(1))), x, in, out}
	})
	return graph.While(condition, body, start...)[2:]
}

// timeEstimators tells how many samples a second the KL estimators draw, on one core and on all.
func timeEstimators(_ context.Context, args []string) error {
	f := flag.NewFlagSet("bench estimators", flag.ContinueOnError)
	n, repeats := f.Int("n", 4_000_000, ""), f.Int("repeats", 5, "")
	if err := readFlags(f, args); err != nil {
		return err
	}
	q := kl.Normal{Mu: 1, Sigma: 0.9}
	for _, e := range []struct {
		name      string
		estimator kl.Estimator
	}{
		{"log ratio", kl.LogRatio(q, kl.Standard)},
		{"low variance", kl.LowVariance(q, kl.Standard)},
		{"importance", kl.Importance(q, kl.Standard, kl.Normal{Mu: 0.5, Sigma: 1.5})},
	} {
		for _, cores := range slices.Compact([]int{1, runtime.NumCPU()}) {
			was := runtime.GOMAXPROCS(cores)
			var err error
			seconds := medianSeconds(*repeats, func() error {
				_, err = e.estimator.Estimate(*n, 1)
				return err
			})
			runtime.GOMAXPROCS(was)
			if err != nil {
				return err
			}
			if err := tell(bench.Rate{Name: e.name, Cores: cores, PerSecond: float64(*n) / seconds}); err != nil {
				return err
			}
		}
	}
	return nil
}

// medianSeconds times work, after one call that isn't counted.
func medianSeconds(repeats int, work func() error) float64 {
	var seconds []float64
	for i := range repeats + 1 {
		begin := time.Now()
		if work() != nil {
			return 0
		}
		if i > 0 {
			seconds = append(seconds, time.Since(begin).Seconds())
		}
	}
	return bench.Median(seconds)
}
