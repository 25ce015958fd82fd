package exact_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"vaelab/vaelib/exact"
	"vaelab/vaelib/run"
)

// The drawn images have the variances that were asked for, within five standard errors of an eigenvalue, λ·√(2/n), and
// no pixel touches black or white.
func TestSource(t *testing.T) {
	s := exact.DefaultSource()
	s.Train = 20_000
	data, err := s.Data()
	if err != nil {
		t.Fatal(err)
	}
	if data.Train.Len() != 20_000 || data.Test.Len() != s.Test || data.Train.Width != 8 || data.Train.Height != 8 {
		t.Fatalf("%d and %d images of %d×%d", data.Train.Len(), data.Test.Len(), data.Train.Width, data.Train.Height)
	}
	deaths := problem(t, data.Train).Deaths(64, s.Sigma)
	for j, want := range s.Deaths {
		near(t, fmt.Sprintf("the death of dimension %d", j+1), deaths[j], want, 5*want*math.Sqrt(2.0/20_000))
	}
	near(t, "the noise", (deaths[6]+deaths[63])/2, s.Noise, 0.05*s.Noise)
	outside := 0
	for _, grey := range data.Train.Pixels {
		if grey == 0 || grey == 255 {
			outside++
		}
	}
	if share := float64(outside) / float64(len(data.Train.Pixels)); share > 1e-4 {
		t.Errorf("a share of %v of the pixels is black or white", share)
	}
	if labels := slices.Compact(slices.Sorted(slices.Values(data.Test.Labels))); len(labels) != 2 {
		t.Errorf("the labels are %v", labels)
	}
}

// Every side has as many patterns as directions may be asked for: orthogonal, so each direction keeps its variance.
func TestSourceOfFewPixels(t *testing.T) {
	s := exact.Source{Side: 2, Sigma: 0.08, Deaths: []float64{3, 2, 1}, Noise: 0.5, Train: 20_000, Test: 1, Seed: 2}
	data, err := s.Data()
	if err != nil {
		t.Fatal(err)
	}
	for j, death := range problem(t, data.Train).Deaths(4, s.Sigma) {
		near(t, "a death", death, []float64{3, 2, 1, 0.5}[j], 0.15)
	}
}

// The same seed draws the same images, another seed others, and test images are not the training images.
func TestSourceIsSeeded(t *testing.T) {
	s := exact.DefaultSource()
	first, _ := s.Data()
	again, _ := s.Data()
	s.Seed++
	other, err := s.Data()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(first.Train.Pixels, again.Train.Pixels) || slices.Equal(first.Train.Pixels, other.Train.Pixels) ||
		slices.Equal(first.Train.Image(0), first.Test.Image(0)) {
		t.Error("seeds don't say what is drawn")
	}
}

func TestSourcesThatCantBe(t *testing.T) {
	for want, change := range map[string]func(s *exact.Source){
		"a side of 2, 4":              func(s *exact.Source) { s.Side = 7 },
		"fewer directions":            func(s *exact.Source) { s.Side = 2 },
		"0+500 images":                func(s *exact.Source) { s.Train = 0 },
		"direction 6 dies":            func(s *exact.Source) { s.Noise = 0.2 },
		"would leave black and white": func(s *exact.Source) { s.Sigma = 0.3 },
	} {
		s := exact.DefaultSource()
		change(&s)
		if _, err := s.Data(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want one with %q", err, want)
		}
	}
	if err := exact.DefaultSource().Config().Validate(); err != nil {
		t.Error(err)
	}
}

func TestTrainedRefusesOtherNetworks(t *testing.T) {
	r := run.Run{Identity: run.Identity{Config: run.Default(), Width: 4, Height: 4}, Dir: "here"}
	if _, err := exact.Trained(r); err == nil || !strings.Contains(err.Error(), "no linear VAE") {
		t.Errorf("the error is %v", err)
	}
	r.Config = exact.DefaultSource().Config()
	if _, err := exact.Trained(r); err == nil || !strings.Contains(err.Error(), "has 0 numbers") {
		t.Errorf("the error is %v", err)
	}
}

// Which dimensions are alive at which KL weight, and what the best loss is: known before anything is trained.
func ExampleProblem_Best() {
	source := exact.DefaultSource()
	data, err := source.Data()
	if err != nil {
		fmt.Println(err)
		return
	}
	problem, err := exact.Of(data.Train)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("dimensions die at %.1f\n", problem.Deaths(6, source.Sigma))
	for _, weight := range []float64{0.5, 1, 4} {
		best, err := problem.Best(6, source.Sigma, weight)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("weight %3v: %d alive, KL %.2f, loss %.2f nats an image\n", weight, best.Alive, best.KL, best.Loss)
	}
	// Output:
	// dimensions die at [12.2 5.9 2.5 1.2 0.4 0.2]
	// weight 0.5: 4 alive, KL 4.08, loss -46.16 nats an image
	// weight   1: 4 alive, KL 2.69, loss -44.51 nats an image
	// weight   4: 2 alive, KL 0.75, loss -40.34 nats an image
}
