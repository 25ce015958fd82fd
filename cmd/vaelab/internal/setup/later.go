package setup

import (
	"cmp"
	"context"
	"time"
)

// Stage is how far a lab is whose page is open.
type Stage string

const (
	Kernel     Stage = "kernel"      // cells run; they compile what they need
	FirstCells Stage = "first-cells" // what the first pictures need is compiled
	Trainer    Stage = "trainer"     // what the first training needs, too
	Everything Stage = "everything"  // all packages of the course
)

// Stages are all of them, in their order.
var Stages = []Stage{Kernel, FirstCells, Trainer, Everything}

// Finish waits for the kernel and makes what a page can open without: the course's packages, compiled, in the order in
// which the first notebook needs them, and then gopls. Cells that are run before compile what they need themselves. It
// tells of each stage that is over, with what has failed in it; only without the kernel there is no lab. The error is the
// first failure. If another vaelab is at it, it waits without a word.
func (lab *Lab) Finish(ctx context.Context, tell Teller, over func(Stage, error)) error {
	if lab.kernel != nil {
		err := lab.kernel()
		over(Kernel, err)
		if err != nil {
			return err
		}
	}
	steps, err := lab.libraries(lab.Host.Go, lab.CellEnv(lab.Host, lab.Backend))
	if err != nil {
		return err
	}
	gopls, err := lab.gopls(lab.Host.Go)
	if err != nil {
		return err
	}
	gopls.Needs = []string{steps[len(steps)-1].Name}
	if lab.kernel != nil { // somebody has just opened the page, and has more urgent things to compute
		build := gopls.Make
		gopls.Make = func(ctx context.Context, log *Log) error {
			select {
			case <-ctx.Done():
				return context.Cause(ctx)
			case <-time.After(30 * time.Second):
				return build(ctx, log)
			}
		}
	}
	unlock, err := lab.lock(ctx, "later", func() {})
	if err != nil {
		return err
	}
	defer unlock()
	w, err := lab.begin(ctx, append(steps, gopls), tell)
	if err != nil {
		return err
	}
	for i, stage := range Stages[1:] {
		_, err := w.wait(steps[i])
		over(stage, cmp.Or(err, w.results[i].Error))
	}
	results, err := w.wait(w.steps...)
	for _, r := range results {
		err = cmp.Or(err, r.Error)
	}
	return err
}
