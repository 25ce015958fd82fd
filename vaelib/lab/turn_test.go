package lab

import (
	"strings"
	"testing"

	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/places"
	"vaelab/vaelib/words/wordstest"
)

// Where nothing can be moved, the least and the largest weight are shown, and nothing else is trained.
func TestTurn(t *testing.T) {
	t.Setenv(places.RunsEnv, t.TempDir())
	data := tiny.Data(44, 13)
	var err error
	text := wordstest.Printed(t, func() { err = Turn(tiny.Config(), data, 0.5, 2, 1) })
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"3 models are ready: 3 trained now", "log₂ of the KL weight = −1.0", "This weight is trained. KL weight 0.5:", "This weight is trained. KL weight 2:"} {
		if !strings.Contains(text, want) {
			t.Errorf("it doesn't say %q:\n%s", want, text)
		}
	}
	text = wordstest.Printed(t, func() { err = Turn(tiny.Config(), data, 0.03125, 1) }) // more digits than a picture names
	if want := "This weight is trained. KL weight 0.0312:"; err != nil || !strings.Contains(text, want) {
		t.Errorf("it doesn't say %q (%v):\n%s", want, err, text)
	}
	for _, weights := range [][]float64{nil, {1}, {0, 1}} {
		if err := Turn(tiny.Config(), data, weights...); err == nil || !strings.Contains(err.Error(), "at least two KL weights above 0") {
			t.Errorf("the weights %v give %v", weights, err)
		}
	}
}

// The nearest is the nearest by ratio: between 1 and 4 the middle is 2.
func TestNearestWeight(t *testing.T) {
	var models []*Model
	for _, w := range []float64{1, 4} {
		m := &Model{}
		m.KLWeight = w
		models = append(models, m)
	}
	for x, want := range map[float64]float64{-3: 1, 0: 1, 0.9: 1, 1.1: 4, 5: 4} {
		if got := nearest(models, x).KLWeight; got != want {
			t.Errorf("the nearest to 2^%v is %v, want %v", x, got, want)
		}
	}
}
