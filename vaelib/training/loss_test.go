package training

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/gomlx/compute/dtypes"
	. "github.com/gomlx/gomlx/core/graph"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
)

// byHand is the negative ELBO as a learner would write it from the formula.
func byHand(weight float64) model.Loss {
	return func(p model.Pass) *Node {
		probability := Sigmoid(p.Logits)
		ones := OnesLike(probability)
		logLikelihood := Add(Mul(p.Images, Log(probability)), Mul(Sub(ones, p.Images), Log(Sub(ones, probability))))
		kl := MulScalar(ReduceSum(Sub(Add(Square(p.Mean), Exp(p.LogVar)), AddScalar(p.LogVar, 1)), -1), 0.5)
		return Add(Neg(ReduceSum(logLikelihood, -1)), MulScalar(kl, weight))
	}
}

// The course's loss, written by hand, gives the course's history.
func TestTheELBOByHand(t *testing.T) {
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		j := job(t)
		j.Config.KLWeight = 2
		want := train(t, b, j)
		j.Loss = byHand(2)
		got := train(t, b, j)
		if got.Dir == want.Dir || got.Loss == "" || want.Loss != "" {
			t.Fatalf("a loss by hand and the course's are kept in %s and %s", got.Dir, want.Dir)
		}
		alike(t, got.State.History, want.State.History, 1e-3)
	})
}

// The learner's loss is what trains: with the KL term alone, codes become the prior and nothing is restored. (The
// gradient doesn't reach the decoder at all.)
func TestALossOfTheKLTermAlone(t *testing.T) {
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		j := job(t)
		j.Config.Epochs, j.Config.LearningRate = 40, 0.01
		elbo := train(t, b, j).Last().Test
		j.Loss = model.KL
		alone := train(t, b, j)
		if end := alone.Last().Test; end.KL > 0.01 || end.Loss != end.KL || end.Reconstruction < elbo.Reconstruction+5 {
			t.Errorf("with the KL term alone it ends at %+v, with the ELBO at %+v", end, elbo)
		}
		start := initial(j.Config, pixels(j.Data))
		for i, a := range alone.State.Arrays {
			if strings.HasPrefix(a.Name, "decoder/") && !slices.Equal(a.Data, start[i].Data) {
				t.Errorf("%s was trained", a.Name)
			}
		}
	})
}

func print1(t *testing.T, loss model.Loss) string {
	t.Helper()
	p, err := Fingerprint(tiny.Config(), 64, loss)
	if err != nil || p == "" {
		t.Fatalf("%q, %v", p, err)
	}
	return p
}

func TestFingerprintTellsLossesApart(t *testing.T) {
	factor := 2.0
	closure := func(p model.Pass) *Node { return MulScalar(model.KL(p), factor) }
	freeNats := func(floor float64) model.Loss { // the floor is below every value of the made-up batch
		return func(p model.Pass) *Node { return Add(model.Reconstruction(p), MaxScalar(model.KL(p), floor)) }
	}
	prints := map[string]string{}
	add := func(name string, loss model.Loss) {
		p := print1(t, loss)
		if other, taken := prints[p]; taken {
			t.Errorf("%s and %s have the same fingerprint", name, other)
		}
		prints[p] = name
	}
	add("the ELBO", model.NegativeELBO)
	add("by hand, weight 1", byHand(1))
	add("by hand, weight 1.5", byHand(1.5))
	add("factor 2", closure)
	factor = 3
	add("factor 3", closure)
	add("another operation", func(p model.Pass) *Node { return Add(model.KL(p), model.KL(p)) })
	add("another input", model.Reconstruction)
	add("a floor", freeNats(1e-3))
	add("another floor", freeNats(2e-3))
	add("no gradient through μ", func(p model.Pass) *Node {
		p.Mean = StopGradient(p.Mean)
		return model.NegativeELBO(p)
	})
}

// The same computation under other names is the same loss.
func TestFingerprintOfRenamedLosses(t *testing.T) {
	one := func(p model.Pass) *Node {
		weight := 2.0
		kl := model.KL(p)
		return Add(model.Reconstruction(p), MulScalar(kl, weight))
	}
	other := func(pass model.Pass) *Node {
		beta, fine := 2.0, model.KL(pass)
		return Add(model.Reconstruction(pass), MulScalar(fine, beta))
	}
	if a, b := print1(t, one), print1(t, one); a != b {
		t.Errorf("one loss has the fingerprints %s and %s", a, b)
	}
	a, b := print1(t, one), print1(t, other)
	if a != b {
		t.Errorf("renamed, the loss has the fingerprints %s and %s", a, b)
	}
}

// A loss that can't train is told why, before anything starts.
func TestLossesThatCantTrain(t *testing.T) {
	bad := map[string]model.Loss{
		"the shape (Float32) for a batch of 3 images: it must give the shape (Float32)[3], a number of nats for each image; did you average over the batch?":                      func(p model.Pass) *Node { return ReduceAllMean(model.NegativeELBO(p)) },
		"the shape (Float32)[3, 64] for a batch of 3 images: it must give the shape (Float32)[3], a number of nats for each image; graph.ReduceSum(x, -1) adds up along the last": func(p model.Pass) *Node { return Square(Sub(p.Images, p.Logits)) },
		"the shape (Float32)[3, 1] ":    func(p model.Pass) *Node { return InsertAxes(model.KL(p), -1) },
		"the shape (Float32)[64] ":      func(p model.Pass) *Node { return ReduceSum(p.Images, 0) },
		"the shape (Float64)[3] ":       func(p model.Pass) *Node { return ConvertDType(model.KL(p), dtypes.Float64) },
		"your loss gives nothing":       func(p model.Pass) *Node { return nil },
		"can't be built as a graph: oh": func(p model.Pass) *Node { panic(errors.New("oh")) },
		"can't be built as a graph: ":   func(p model.Pass) *Node { return Add(p.Images, p.Mean) },
		"nil pointer":                   func(p model.Pass) *Node { var none *model.Pass; return none.Mean },
	}
	for want, loss := range bad {
		j := job(t)
		j.Loss = loss
		_, err := Train(t.Context(), testbackend.Go(t), j)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "your loss ") || strings.Contains(err.Error(), "\n") ||
			strings.Contains(err.Error(), "average") != strings.Contains(want, "average") {
			t.Errorf("the error is %v, want a sentence with %q", err, want)
		}
	}
	// An AE has no log-variance: a loss that needs one says so and doesn't crash.
	j := job(t)
	j.Config.Model = run.AE
	j.Loss = byHand(1)
	if _, err := Train(t.Context(), testbackend.Go(t), j); err == nil || !strings.HasPrefix(err.Error(), "your loss ") {
		t.Errorf("the error is %v", err)
	}
}

// A loss that no weight moves is allowed, and learns nothing.
func TestALossWithoutAGradient(t *testing.T) {
	b := testbackend.Go(t)
	j := job(t)
	j.Loss = func(p model.Pass) *Node { return ReduceSum(p.Images, -1) }
	history := train(t, b, j).State.History
	if history[0].Test != history[2].Test {
		t.Errorf("it learns: %+v", history)
	}
}
