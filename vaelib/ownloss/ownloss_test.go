package ownloss_test

import (
	"os"
	"strings"
	"testing"

	"github.com/gomlx/gomlx/core/graph"

	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/lab"
	"vaelab/vaelib/model"
	"vaelab/vaelib/ownloss"
)

func TestMain(m *testing.M) { os.Exit(tiny.Runs(m)) }

// What is written is what trains: the course's loss in other words gives the course's model, a loss without a KL term
// another, and each has a run of its own.
func TestTrain(t *testing.T) {
	data, c := tiny.Data(44, 13), tiny.Config()
	must := func(m *lab.Model, err error) *lab.Model {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	same := must(ownloss.Train(c, data, func(p model.Pass) *graph.Node {
		return graph.Add(graph.Mul(model.KL(p), p.Weight), model.Reconstruction(p))
	}))
	without := must(ownloss.Train(c, data, func(p model.Pass) *graph.Node { return model.Reconstruction(p) }))
	usual := must(lab.Train(c, data))
	if d := same.Last().Test.Loss - usual.Last().Test.Loss; d > 1e-3 || d < -1e-3 {
		t.Errorf("the course's loss in other words ends %v nats from it", d)
	}
	if without.Last().Test.KL <= usual.Last().Test.KL {
		t.Errorf("without a KL term in the loss it is %v, with one %v", without.Last().Test.KL, usual.Last().Test.KL)
	}
	if same.Dir == usual.Dir || without.Dir == same.Dir || same.Name() != "VAE, KL weight 1, own loss" {
		t.Errorf("%s in %s, %s, %s", same.Name(), same.Dir, without.Dir, usual.Dir)
	}
	if _, err := same.Encode(data.Test); err != nil {
		t.Error(err)
	}
	mean := func(p model.Pass) *graph.Node { return graph.ReduceAllMean(model.KL(p)) }
	if _, err := ownloss.Train(c, data, mean); err == nil || !strings.Contains(err.Error(), "did you average over the batch?") {
		t.Errorf("the error is %v", err)
	}
}
