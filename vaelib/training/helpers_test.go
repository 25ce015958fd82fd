package training

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/run"
)

// job is a run of 5 steps an epoch (44 images in batches of 8 leave 4 over), kept in a folder of the test's own.
func job(t *testing.T) Job {
	t.Helper()
	return Job{Config: tiny.Config(), Data: tiny.Data(44, 13), Root: t.TempDir()}
}

const stepsOfJob = 5

// train must succeed.
func train(t *testing.T, b *backend.Backend, j Job) run.Run {
	t.Helper()
	r, err := Train(t.Context(), b, j)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// uninterrupted is the run of job on the backend, trained once for all tests that compare with it.
func uninterrupted(t *testing.T, b *backend.Backend) run.Run {
	t.Helper()
	if known, ok := references[b.Name]; ok {
		return known
	}
	references[b.Name] = train(t, b, job(t))
	return references[b.Name]
}

var references = map[string]run.Run{}

// untilEpoch trains and is cancelled in the midst of an epoch.
func untilEpoch(t *testing.T, b *backend.Backend, j Job, epoch int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	j.Observe = func(p run.Progress) {
		if p.Step > (epoch-1)*stepsOfJob {
			cancel()
		}
	}
	_, err := Train(ctx, b, j)
	if err == nil || ctx.Err() == nil || !strings.Contains(err.Error(), "run it again to go on") {
		t.Fatalf("a cancelled run ends with %v", err)
	}
}

// identical wants the same numbers to the last bit; only the time taken may differ.
func identical(t *testing.T, got, want run.State) {
	t.Helper()
	if len(got.History) != len(want.History) {
		t.Fatalf("%d epochs, want %d", len(got.History), len(want.History))
	}
	for i, w := range want.History {
		g := got.History[i]
		if g.Epoch != w.Epoch || g.Train != w.Train || g.Test != w.Test {
			t.Errorf("epoch %d: %+v, want %+v", i+1, g, w)
		}
	}
	if len(got.Arrays) != len(want.Arrays) {
		t.Fatalf("%d arrays, want %d", len(got.Arrays), len(want.Arrays))
	}
	for i, w := range want.Arrays {
		g := got.Arrays[i]
		if g.Name != w.Name || !slices.Equal(g.Dims, w.Dims) || !slices.Equal(g.Data, w.Data) {
			t.Errorf("the arrays %s and %s differ", g.Name, w.Name)
		}
	}
}

// alike wants the same terms, epoch for epoch, but for rounding.
func alike(t *testing.T, got, want []run.Epoch, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d epochs, want %d", len(got), len(want))
	}
	for i, w := range want {
		a := []run.Terms{got[i].Train, got[i].Test}
		for k, b := range []run.Terms{w.Train, w.Test} {
			for _, d := range []float64{a[k].Loss - b.Loss, a[k].Reconstruction - b.Reconstruction, a[k].KL - b.KL} {
				if !(math.Abs(d) <= tolerance) {
					t.Errorf("epoch %d: %+v, want %+v", i+1, a[k], b)
				}
			}
		}
	}
}
