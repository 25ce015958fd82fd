package training

import (
	"math"
	"strings"
	"testing"

	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
)

// splitTolerance is how far two devices may be from one, as a share of a term or of an array's largest number. Both compute
// the same sums over a batch, in another order: with 8 images that is a few times 6e-8, float32's rounding, in a step. Adam
// divides a gradient by its own size, so where one is almost 0 its rounding errors count in full; 15 steps of that make 5e-7
// to 8e-7. What goes wrong in a reduction changes as much as the numbers themselves (TestAWrongReductionShows).
const splitTolerance = 2e-5

// made is what a number of steps leave: each step's terms, and the state on each device.
type made struct {
	terms  []run.Terms
	states [][][]float32
}

// steps makes three epochs' steps of a job, and lets a test change each chunk before.
func steps(t *testing.T, b *backend.Backend, j Job, change func(*chunk)) (m made) {
	t.Helper()
	j, _, err := prepare(b, j, store.Describe)
	if err != nil {
		t.Fatal(err)
	}
	tr := &trainer{backend: b, job: j}
	if err := tr.start(executorsOf(b.Compute), run.State{}); err != nil {
		t.Fatal(err)
	}
	defer tr.close()
	for epoch := range 3 {
		for c := range feed(t.Context(), j.Config, j.Data.Train, epoch+1, tr.atOnce()) {
			if change != nil {
				change(&c)
			}
			terms, err := tr.advance(c)
			if err != nil {
				t.Fatal(err)
			}
			m.terms = append(m.terms, terms...)
		}
	}
	for _, state := range tr.states {
		var arrays [][]float32
		for _, x := range state {
			data, err := tensors.CopyFlatData[float32](x)
			if err != nil {
				t.Fatal(err)
			}
			arrays = append(arrays, data)
		}
		m.states = append(m.states, arrays)
	}
	return m
}

// apart gives the largest difference between two series of steps: of terms, as a share of the term, and of the state on
// the first device, as a share of each array's largest number. Adam's moments are part of the state, and have to be: the
// weights alone would not tell a sum of gradients from their mean, since Adam divides their scale away.
func apart(a, b made) (terms, state float64) {
	for i := range b.terms {
		x, y := a.terms[i], b.terms[i]
		for _, d := range [][2]float64{{x.Loss, y.Loss}, {x.Reconstruction, y.Reconstruction}, {x.KL, y.KL}} {
			terms = max(terms, math.Abs(d[0]-d[1])/math.Max(math.Abs(d[1]), 1e-3))
		}
	}
	for k, want := range b.states[0] {
		var worst, largest float64
		for i, w := range want {
			worst = max(worst, math.Abs(float64(a.states[0][k][i]-w)))
			largest = max(largest, math.Abs(float64(w)))
		}
		if largest > 0 {
			state = max(state, worst/largest)
		}
	}
	return terms, state
}

// Two devices with half of each batch make the steps that one makes with whole batches: from the same weights, with the
// same images and noise, the same losses, weights and moments, but for rounding. That holds for objectives, too, that look
// at a mean over the batch and bend it: they see both halves.
func TestTwoDevicesMakeTheStepsOfOne(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	one, two := testbackend.XLA(t), testbackend.TwoDevices(t)
	for name, change := range map[string]func(*Job){
		"VAE":          func(*Job) {},
		"convolutions": func(j *Job) { j.Config.Layers = run.Convolutional },
		"a loss of one's own": func(j *Job) {
			j.Loss = func(p model.Pass) *Node { // bends a mean over the batch
				return Add(model.NegativeELBO(p), Square(ReduceAllMean(model.KL(p))))
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			j := job(t)
			j.Config.LearningRate = 0.01
			change(&j)
			want := steps(t, one, j, nil)
			j.Devices = 2
			got := steps(t, two, j, nil)
			if len(got.terms) != 3*stepsOfJob || len(got.terms) != len(want.terms) || len(got.states) != 2 {
				t.Fatalf("%d and %d steps, on %d devices", len(got.terms), len(want.terms), len(got.states))
			}
			terms, state := apart(got, want)
			t.Logf("terms differ by %.1e, state by %.1e", terms, state)
			if !(terms <= splitTolerance) || !(state <= splitTolerance) {
				t.Errorf("two devices are apart from one by %.1e in the terms and %.1e in the state", terms, state)
			}
			for k, x := range got.states[0] {
				for i := range x {
					if x[i] != got.states[1][k][i] {
						t.Fatalf("array %d is not the same on both devices", k)
					}
				}
			}
		})
	}
}

// What a wrong reduction would do is far beyond the tolerance, or the test above would say nothing.
func TestAWrongReductionShows(t *testing.T) {
	one := testbackend.XLA(t)
	j := job(t)
	j.Config.LearningRate = 0.01
	right := steps(t, one, j, nil)
	half := func(c *chunk) { // each batch is its first half twice, as if no gradient crossed, or both were given the same
		tensors.MustMutableFlatData(c.images, func(x []uint8) { repeatHalf(x, j.Config.Batch*pixels(j.Data)) })
		tensors.MustMutableFlatData(c.noise, func(x []float32) { repeatHalf(x, j.Config.Batch*j.Config.Latent) })
	}
	terms, state := apart(steps(t, one, j, half), right)
	t.Logf("one half twice: terms differ by %.1e, state by %.1e", terms, state)
	if terms < 100*splitTolerance || state < 1000*splitTolerance {
		t.Errorf("one half twice differs by %.1e in the terms and %.1e in the state only", terms, state)
	}
	j.Loss = func(p model.Pass) *Node { return MulScalar(model.Objective(p), 2) } // gradients added up, not averaged
	terms, state = apart(steps(t, one, j, nil), right)
	t.Logf("a sum of gradients: terms differ by %.1e, state by %.1e", terms, state)
	if state < 1000*splitTolerance {
		t.Errorf("a sum in the mean's place differs by %.1e in the terms and %.1e in the state only", terms, state)
	}
}

func repeatHalf[T any](x []T, batch int) {
	for ; len(x) > 0; x = x[batch:] {
		copy(x[batch/2:batch], x)
	}
}

// A run over two devices is a run of its own, is found again, and goes on where it was interrupted; several share the
// devices at once.
func TestRunsOverTwoDevices(t *testing.T) {
	one, two := testbackend.XLA(t), testbackend.TwoDevices(t)
	j := job(t)
	j.Devices = 2
	var words string
	j.Observe = func(p run.Progress) { words = p.Backend }
	whole := train(t, two, j)
	if want := "each batch shared by 2 devices"; !strings.HasSuffix(words, want) {
		t.Errorf("the observer is told %q, want %q at its end", words, want)
	}
	if whole.Identity.Backend != two.Name+"-2" {
		t.Errorf("the run's backend is %q", whole.Identity.Backend)
	}
	if again, found, err := Find(two, j); err != nil || !found || again.Dir != whole.Dir {
		t.Errorf("the run isn't found again: %v, %v", found, err)
	}
	if _, found, err := Find(one, Job{Config: j.Config, Data: j.Data, Root: j.Root}); err != nil || found {
		t.Errorf("it is taken for the run of one device: %v", err)
	}
	alike(t, whole.State.History, uninterrupted(t, one).State.History, 1e-3)

	broken := job(t)
	broken.Devices = 2
	untilEpoch(t, two, broken, 2)
	broken.Observe = nil
	identical(t, train(t, two, broken).State, whole.State)

	jobs := make([]Job, 4)
	for i := range jobs {
		jobs[i] = job(t)
		jobs[i].Devices, jobs[i].Config.KLWeight = 2, j.Config.KLWeight*float64(i+1)
	}
	runs, err := All(t.Context(), two, jobs...)
	if err != nil {
		t.Fatal(err)
	}
	identical(t, runs[0].State, whole.State)
}

func TestDevicesThatCantBeHad(t *testing.T) {
	one, two := testbackend.XLA(t), testbackend.TwoDevices(t)
	for _, c := range []struct {
		b              *backend.Backend
		devices, batch int
		want           string
	}{
		{one, -1, 8, "Devices is -1"},
		{testbackend.Go(t), 2, 8, "pure Go"},
		{two, two.Compute.NumDevices() + 1, 8, "choose no more"},
		{two, 2, 7, "Batch is 7, which 2 devices can't share equally"},
	} {
		j := Job{Config: tiny.Config(), Data: tiny.Data(44, 13), Root: t.TempDir(), Devices: c.devices}
		j.Config.Batch = c.batch
		if _, err := Train(t.Context(), c.b, j); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%d devices for batches of %d: %v, want %q", c.devices, c.batch, err, c.want)
		}
	}
}
