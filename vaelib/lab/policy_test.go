package lab

import (
	"math"
	"strings"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/path"
	"vaelab/vaelib/run"
)

// twoWays are demonstrations in one scene, all of a style alike: 70 of 100 go left.
func twoWays(t *testing.T, n int) ([]path.Path, datasets.Dataset) {
	t.Helper()
	shown, err := path.Teacher{Share: 0.7, Seed: 1, Scene: path.Standard()}.Demonstrations(n)
	if err != nil {
		t.Fatal(err)
	}
	data, err := path.Dataset("two-ways", "Two ways", shown, shown[:20])
	if err != nil {
		t.Fatal(err)
	}
	var ways []path.Path
	for _, d := range shown {
		ways = append(ways, d.Path)
	}
	return ways, data
}

func policy(t *testing.T, data datasets.Dataset, change func(c *run.Config)) *Model {
	t.Helper()
	c := run.Default()
	c.Latent, c.Hidden, c.Given, c.Batch, c.Epochs, c.LearningRate, c.Decay = 1, 16, path.Given, 20, 60, 0.02, run.LinearDecay
	c.Decoder, c.PixelSigma = run.Gaussian, 0.1
	change(&c)
	m, err := Train(c, data)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// At a weight that silences the code a trained policy has one answer, the one that kl.TwoPoints knows to be the best: of squared errors the mean
// of both ways, which collides, and of absolute errors the majority's own way, which doesn't.
func TestPoliciesWithoutAStyle(t *testing.T) {
	ways, data := twoWays(t, 200)
	scene := path.Standard()
	middle := func(p path.Path) float64 { return (p[path.Points/2-1].X + p[path.Points/2].X) / 2 }
	var left, right float64
	for _, way := range ways {
		if scene.Left(way) {
			left = middle(way)
		} else {
			right = middle(way)
		}
	}
	for _, c := range []struct {
		decoder run.Likelihood
		error   kl.ReconstructionError
		clear   bool
	}{{run.Gaussian, kl.SquaredError, false}, {run.Laplace, kl.AbsoluteError, true}} {
		m := policy(t, data, func(s *run.Config) { s.Decoder, s.KLWeight = c.decoder, 1e4 })
		if nats := m.Last().Test.KL; nats > 1e-3 {
			t.Errorf("%s: the code says %v nats", c.decoder, nats)
		}
		best, _, err := kl.TwoPoints{Share: 0.7, Dim: 1}.Best(c.error) // +1 is left
		if err != nil {
			t.Fatal(err)
		}
		want := (left+right)/2 + best*(left-right)/2
		paths, err := m.Paths(scene, []float64{0}, []float64{2})
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range paths {
			if got := middle(p); math.Abs(got-want) > 0.02 {
				t.Errorf("%s: path %d passes the obstacle at x = %.3f, want %.3f", c.decoder, i, got, want)
			}
		}
		if clear := scene.Obstacle.Clearance(paths[0]) > 0; clear != c.clear {
			t.Errorf("%s: the path is clear: %v", c.decoder, clear)
		}
		drive, err := m.Drive(1, 0)
		if err != nil || drive.Scenes != 20 || (drive.Collided == 0) != c.clear || drive.Left != 20 {
			t.Errorf("%s: %+v, %v", c.decoder, drive, err)
		}
		f := m.Ways(scene, 5, 1, 0)
		picture(t, f)
		if !strings.Contains(f.Caption, "z = 0") {
			t.Errorf("%s: the caption is %q", c.decoder, f.Caption)
		}
	}
}

// With a light weight the code tells the sides apart: it says about as much as it takes to name one, and draws go both ways.
func TestPolicyWithAStyle(t *testing.T) {
	_, data := twoWays(t, 200)
	m := policy(t, data, func(c *run.Config) { c.KLWeight = 0.5 })
	two, err := kl.TwoPoints{Share: 0.7, Dim: 1}.Information()
	if err != nil {
		t.Fatal(err)
	}
	if nats := m.Last().Test.KL; nats < 0.8*two || nats > 4*two {
		t.Errorf("the code says %.3f nats; to name a side takes %.3f", nats, two)
	}
	drive, err := m.Drive(1)
	if err != nil || drive.Left == 0 || drive.Left == drive.Scenes {
		t.Errorf("of %d drawn paths %d go left, %v", drive.Scenes, drive.Left, err)
	}
}

// What isn't a policy, a scene that isn't one, and counts that can't be: each a sentence.
func TestPoliciesThatArent(t *testing.T) {
	pictures := trainedModel(t, nil)
	_, data := twoWays(t, 20)
	m := policy(t, data, func(c *run.Config) { c.Epochs = 1 })
	of := func(_ any, err error) error { return err }
	blocked := path.Standard()
	blocked.Start = blocked.Obstacle.Centre
	for i, c := range []struct {
		err  error
		want string
	}{
		{of(pictures.Paths(path.Standard(), []float64{0})), "a policy 7 of 47"},
		{of(pictures.Drive(1, 0, 0)), "a policy 7 of 47"},
		{of((&Model{}).Drive(1)), "the model is empty"},
		{(&Model{}).Ways(path.Standard(), 3, 1, 0).Err(), "the model is empty"},
		{of(m.Paths(blocked, []float64{0})), "obstacle"},
		{of(m.Paths(path.Standard(), []float64{0, 0})), "takes 8"},
		{m.Ways(path.Standard(), -1, 1, 0).Err(), "can't be drawn"},
		{m.Plane(3).Err(), "Latent = 2"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("case %d: %v lacks %q", i, c.err, c.want)
		}
	}
}
