package lab

import (
	"math"
	"strings"
	"testing"

	"vaelab/vaelib/measure"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words/wordstest"
)

// The parts of the dimensions add up to the KL term that training has measured.
func TestUsage(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	m := trainedModel(t, func(c *run.Config) { c.Latent, c.Epochs = 3, 6 })
	usage, err := m.Usage()
	if err != nil {
		t.Fatal(err)
	}
	if want := m.Last().Test.KL; len(usage) != 3 || math.Abs(usage.KL()-want) > 1e-4*(1+want) {
		t.Errorf("%d dimensions pay %v nats, want 3 that pay %v", len(usage), usage.KL(), want)
	}
	f := m.Dimensions()
	if f.Err() != nil || !strings.Contains(f.Alt, dimension(usage.Ranked()[0])) || f.Caption != usage.String() {
		t.Errorf("the figure says %q, %q, %v", f.Alt, f.Caption, f.Err())
	}
	if img, err := m.Traversals(2).Image(); err != nil || tones(img) < 5 {
		t.Errorf("the traversals can't be seen: %v", err)
	}
	if err := m.Traversals(999).Err(); err == nil || !strings.Contains(err.Error(), "no test image 999") {
		t.Errorf("a missing image gives %v", err)
	}
	ae := trainedModel(t, func(c *run.Config) { c.Model = run.AE })
	if err := ae.Dimensions().Err(); err == nil || !strings.Contains(err.Error(), "no KL term") {
		t.Errorf("an autoencoder's dimensions: %v", err)
	}
	if dimension(11) != "z₁₂" {
		t.Errorf("dimension 11 is called %s", dimension(11))
	}
}

func TestBoundsOfAModel(t *testing.T) {
	m := trainedModel(t, nil)
	bounds, err := m.Bounds(m.Data.Test, measure.BoundOptions{Ks: []int{1, 8}, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	last := m.Last().Test
	if b := bounds.ELBO; math.Abs(b.Value+last.Reconstruction+last.KL) > 5*b.Sampling+0.5 {
		t.Errorf("the ELBO is %v, and training says %v", b.Value, -last.Reconstruction-last.KL)
	}
	if bounds.ByK[1].Value < bounds.ByK[0].Value-3*bounds.ByK[0].Sampling {
		t.Errorf("more draws loosen the bound: %v, then %v", bounds.ByK[0].Value, bounds.ByK[1].Value)
	}
	text := wordstest.Printed(t, func() { m.ShowBounds(bounds) })
	if lines := strings.Split(strings.TrimSpace(text), "\n"); len(lines) < 4 || !strings.Contains(text, "the ELBO, with its KL term in closed form, is −") ||
		!strings.Contains(text, bounds.Caveat) {
		t.Errorf("it shows\n%s", text)
	}
}
