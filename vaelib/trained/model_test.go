package trained_test

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"slices"
	"strings"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/run"
	"vaelab/vaelib/trained"
)

// slate is a network whose answers show what it was asked: an image's code is its first pixels, and a picture holds its
// code's numbers times 10, above 100.
type slate struct{ latent int }

func (s slate) Encode(_ context.Context, set datasets.Images) (codes trained.Codes, err error) {
	if set.Len() == 0 {
		return codes, errors.New("no images")
	}
	for i := range set.Len() {
		var z []float64
		for _, p := range set.Image(i)[:s.latent] {
			z = append(z, float64(p))
		}
		codes.Mean = append(codes.Mean, z)
	}
	return codes, nil
}

func (s slate) Decode(_ context.Context, codes [][]float64) (pictures []*image.Gray, err error) {
	for _, z := range codes {
		if len(z) != s.latent {
			return nil, fmt.Errorf("a code has %d numbers, but the model's codes have %d", len(z), s.latent)
		}
		p := image.NewGray(image.Rect(0, 0, s.latent, 1))
		for i, x := range z {
			p.Pix[i] = uint8(math.Round(100 + 10*x))
		}
		pictures = append(pictures, p)
	}
	return pictures, nil
}

func (s slate) Bounds(context.Context, datasets.Images, measure.BoundOptions) (trained.Bounds, error) {
	return trained.Bounds{}, errors.New("a slate has no bounds")
}

func asked(latent int) trained.Model {
	m := trained.Model{Coder: slate{latent}, Config: run.Default()}
	m.Config.Latent = latent
	return m
}

// shows wants these numbers in the pictures.
func shows(t *testing.T, pictures []*image.Gray, err error, want ...[]float64) {
	t.Helper()
	if err != nil || len(pictures) != len(want) {
		t.Fatalf("%d pictures, want %d: %v", len(pictures), len(want), err)
	}
	painted, _ := slate{len(want[0])}.Decode(t.Context(), want)
	for i := range want {
		if !slices.Equal(pictures[i].Pix, painted[i].Pix) {
			t.Errorf("picture %d shows %v, want %v", i, pictures[i].Pix, painted[i].Pix)
		}
	}
}

// Restoring is decoding the mean code.
func TestRestore(t *testing.T) {
	set := datasets.Images{Width: 2, Height: 1, Pixels: []uint8{1, 2, 3, 4, 5, 6}, Labels: []uint8{0, 0, 0}}
	pictures, err := asked(2).Restore(t.Context(), set)
	shows(t, pictures, err, []float64{1, 2}, []float64{3, 4}, []float64{5, 6})
	if _, err := asked(2).Restore(t.Context(), set.First(0)); err == nil || err.Error() != "no images" {
		t.Errorf("the error is %v", err)
	}
}

// The same seed imagines the same pictures, and as many more as are asked for; another seed others.
func TestImagine(t *testing.T) {
	imagine := func(n int, seed uint64) (pix []uint8) {
		pictures, err := asked(4).Imagine(t.Context(), n, seed)
		if err != nil || len(pictures) != n {
			t.Fatalf("%d pictures, %v", len(pictures), err)
		}
		for _, p := range pictures {
			pix = append(pix, p.Pix...)
		}
		return pix
	}
	if !slices.Equal(imagine(5, 1), imagine(9, 1)[:20]) {
		t.Error("more pictures are other pictures")
	}
	if slices.Equal(imagine(1, 1), imagine(1, 2)) {
		t.Error("two seeds imagine the same picture")
	}
	imagine(0, 1)
	if _, err := asked(4).Imagine(t.Context(), -1, 1); err == nil || !strings.Contains(err.Error(), "-1 pictures") {
		t.Errorf("the error is %v", err)
	}
	// Of 1,000 codes the numbers have mean 0 and spread 1, 4 standard errors and the rounding to a tenth allowed.
	var sum, squares float64
	all := imagine(1000, 3)
	for _, p := range all {
		x := (float64(p) - 100) / 10
		sum, squares = sum+x, squares+x*x
	}
	n := float64(len(all))
	if math.Abs(sum/n) > 4/math.Sqrt(n)+0.05 || math.Abs(squares/n-1) > 4*math.Sqrt(2/n)+0.05 {
		t.Errorf("the codes have mean %v and mean square %v", sum/n, squares/n)
	}
}

// The plane's pictures go from left to right and from the top (z₂ = limit) down.
func TestPlane(t *testing.T) {
	pictures, axis, err := asked(2).Plane(t.Context(), 3, 2.5)
	shows(t, pictures, err,
		[]float64{-2.5, 2.5}, []float64{0, 2.5}, []float64{2.5, 2.5},
		[]float64{-2.5, 0}, []float64{0, 0}, []float64{2.5, 0},
		[]float64{-2.5, -2.5}, []float64{0, -2.5}, []float64{2.5, -2.5})
	if !slices.Equal(axis, []float64{-2.5, 0, 2.5}) {
		t.Errorf("the axis is %v", axis)
	}
}

// Traversing is decoding with one number replaced; the code given stays as it is.
func TestTraverse(t *testing.T) {
	code := []float64{1, 2, 3}
	pictures, err := asked(3).Traverse(t.Context(), code, 1, []float64{-3, 2, 4})
	shows(t, pictures, err, []float64{1, -3, 3}, []float64{1, 2, 3}, []float64{1, 4, 3})
	if !slices.Equal(code, []float64{1, 2, 3}) {
		t.Errorf("the code became %v", code)
	}
}

func TestQuestionsThatHaveNoAnswer(t *testing.T) {
	plane := func(latent, n int, limit float64) error {
		_, _, err := asked(latent).Plane(t.Context(), n, limit)
		return err
	}
	traverse := func(dimension int, code ...float64) error {
		_, err := asked(3).Traverse(t.Context(), code, dimension, []float64{0})
		return err
	}
	for _, c := range []struct {
		err  error
		want string
	}{
		{plane(3, 5, 3), "Latent = 2, but this model has 3"},
		{plane(2, 1, 3), "at least 2×2 codes"},
		{plane(2, -4, 3), "at least 2×2 codes"},
		{plane(2, 5, 0), "a limit above 0"},
		{plane(2, 5, math.NaN()), "a limit above 0"},
		{plane(2, 5, math.Inf(1)), "a limit above 0"},
		{traverse(3, 1, 2, 3), "dimension 3 can't be moved: the code has 3"},
		{traverse(-1, 1, 2, 3), "dimension -1 can't be moved"},
		{traverse(0, 1, 2), "the model's codes have 3"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("the error is %v, want one with %q", c.err, c.want)
		}
	}
}

func TestCaveats(t *testing.T) {
	for reading, want := range map[trained.Reading]string{
		trained.LogProbability: "",
		trained.LogDensity:     "A log-density of grey values",
		trained.CrossEntropy:   "Not a log-likelihood",
	} {
		if got := reading.Caveat(); !strings.HasPrefix(got, want) || (got == "") != (want == "") {
			t.Errorf("the caveat of a %s is %q", reading, got)
		}
	}
}
