package training

import (
	"math"
	"strings"
	"testing"

	. "github.com/gomlx/gomlx/core/graph"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
)

func TestAHugeLearningRateEndsInASentence(t *testing.T) {
	b := testbackend.Go(t)
	j := job(t)
	j.Config.LearningRate = 1e6
	_, err := Train(t.Context(), b, j)
	if err == nil || !strings.Contains(err.Error(), " became ") || !strings.Contains(err.Error(), "smaller LearningRate") {
		t.Errorf("the error is %v", err)
	}
}

// overTheEdge falls faster and faster, log(3 − Σ μ), until Σ μ has grown to 3 and the logarithm is no number.
func overTheEdge(p model.Pass) *Node { return Log(AddScalar(Neg(ReduceSum(p.Mean, -1)), 3)) }

// The run stops at the epoch in which the loss is no number any more. What was finished before it stays.
func TestTheLastGoodStateIsKept(t *testing.T) {
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		j := job(t)
		j.Config.Epochs, j.Config.LearningRate, j.Loss = 200, 0.01, overTheEdge
		finished := 0
		j.Observe = func(p run.Progress) { finished = len(p.History) }
		_, err := Train(t.Context(), b, j)
		if err == nil || !strings.Contains(err.Error(), "the loss became NaN") {
			t.Fatalf("the error is %v", err)
		}
		if finished == 0 || finished > 190 {
			t.Fatalf("it stops after %d epochs: the test needs some good ones before", finished)
		}
		_, id, err := prepare(b, j, store.Describe)
		if err != nil {
			t.Fatal(err)
		}
		state, note, found, err := store.NewFolder(j.Root, id).LoadState()
		if err != nil || !found || note != "" || state.Epochs() != finished {
			t.Fatalf("%d epochs are kept of %d, note %q, %v", state.Epochs(), finished, note, err)
		}
		for _, a := range state.Arrays {
			for _, x := range a.Data {
				if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
					t.Fatalf("%s holds %v", a.Name, x)
				}
			}
		}
	})
}

// A loss may be a number on every training image and none on a test image: that ends the run too.
func TestNaNOnTheTestImages(t *testing.T) {
	b := testbackend.Go(t)
	j := job(t)
	clear(j.Data.Test.Image(5)) // black
	j.Loss = func(p model.Pass) *Node {
		brightness := StopGradient(Log(ReduceSum(p.Images, -1)))
		return Add(model.NegativeELBO(p), MulScalar(brightness, 0)) // 0 × −∞ for a black image
	}
	_, err := Train(t.Context(), b, j)
	if err == nil || !strings.Contains(err.Error(), "the loss became NaN on the test images after epoch 1") {
		t.Errorf("the error is %v", err)
	}
}
