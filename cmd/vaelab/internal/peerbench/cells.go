package peerbench

import (
	"context"
	"fmt"
	"path/filepath"

	"vaelab/cmd/vaelab/internal/notebook"
)

// kind is one kind of cell: what a notebook declares before, and the cell itself, with a number in it that is another in
// each: Go's build cache would answer for a cell that it has seen.
type kind struct {
	name   string
	before []string
	cell   string
}

// kinds are the cells of a lesson, by what they link.
var kinds = []kind{
	{"without GoMLX", []string{`import (
	"fmt"

	"vaelab/vaelib/kl"
)`}, `%%%%
q := kl.Normal{Mu: 1 + %d/1000.0, Sigma: 0.9}
fmt.Println(q.KL(kl.Standard))`},

	{"with a figure", []string{`import (
	"vaelab/vaelib/figure"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/show"
)`}, `%%%%
q := kl.Normal{Mu: 1 + %d/1000.0, Sigma: 0.9}
show.Figure(figure.Plot(figure.Line("density of q", q.Prob, -3, 4), figure.X("x"), figure.Y("density")))`},

	{"with a trained model", []string{`import (
	"vaelab/datasets"
	"vaelab/vaelib/lab"
	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
)`, `func trained() *lab.Model {
	config := run.Default()
	config.Hidden, config.Epochs = 16, 1
	return show.Must(lab.Train(config, show.Must(datasets.Sample())))
}

%%
show.Figure(trained().Map())`}, `%%%%
show.Figure(trained().Map())
show.Note("map %d")`},

	{"with GoMLX linked in", []string{`import (
	"fmt"

	"github.com/gomlx/compute/gobackend"
	"github.com/gomlx/gomlx/core/graph"
	"vaelab/vaelib/model"
	"vaelab/vaelib/show"
)`}, `%%%%
term := show.Must(graph.NewExec(show.Must(gobackend.New("")), model.KLToStandardNormal))
fmt.Println(show.Must(term.Call([][]float32{{%d}}, [][]float32{{-1}}))[0])`},

	{"with XLA linked in", []string{`import (
	"github.com/gomlx/gomlx/core/graph"
	"vaelab/datasets"
	"vaelab/vaelib/lab"
	"vaelab/vaelib/model"
	"vaelab/vaelib/ownloss"
	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
)`, `func loss(p model.Pass) *graph.Node { return graph.Add(model.Reconstruction(p), graph.MulScalar(model.KL(p), 0.5)) }

func trained() *lab.Model {
	config := run.Default()
	config.Hidden, config.Epochs = 16, 1
	return show.Must(ownloss.Train(config, show.Must(datasets.Sample()), loss))
}

%%
trained().Report()`}, `%%%%
show.Note("%d: the loss is %%.1f nats an image.", trained().Last().Test.Loss)`},
}

// Kernels times cells as a learner waits for them: sent by Jupyter's own client, built and run by the course's kernel.
// Each kind has a notebook and a kernel of its own, since a cell links what the cells before it have declared, and one cell
// that isn't counted goes first.
func (c Course) Kernels(ctx context.Context, r *Report) error {
	return c.kernels(ctx, r, kinds)
}

func (c Course) kernels(ctx context.Context, r *Report, kinds []kind) error {
	opt := c.Kernel
	opt.Out = filepath.Join(c.Dir, "executed")
	for i, k := range kinds {
		c.Say(fmt.Sprintf("cells %s: %d", k.name, c.Cells))
		path := filepath.Join(c.Dir, fmt.Sprintf("cells%d.ipynb", i+1))
		sources := k.sources(c.Cells + 1)
		if err := notebook.Write(path, sources...); err != nil {
			return err
		}
		done, err := notebook.Execute(ctx, path, opt, nil)
		if err != nil {
			return err
		}
		if len(done.Cells) != len(sources) {
			return fmt.Errorf("%d cells %s were executed, not %d", len(done.Cells), k.name, len(sources))
		}
		what := "a warm cell " + k.name
		var seconds []float64
		for turn, cell := range done.Cells[len(sources)-c.Cells:] {
			seconds = append(seconds, cell.Seconds)
			r.keep(what+", s", "ours", turn+1, cell.Seconds, nan)
		}
		r.row(what, "s", false, seconds, nil)
	}
	return nil
}

// sources are the cells of a notebook with n cells of the kind.
func (k kind) sources(n int) []string {
	list := append([]string{notebook.Wiring}, k.before...)
	for i := range n {
		list = append(list, fmt.Sprintf(k.cell, i+1))
	}
	return list
}
