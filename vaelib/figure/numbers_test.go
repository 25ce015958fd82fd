package figure

import (
	"image"
	"image/color"
	"maps"
	"math"
	"testing"
)

// numbersOf are a figure's numbers by their places.
func numbersOf(f Figure) map[string]float64 { return maps.Collect(f.Numbers()) }

func grey(shade uint8) image.Image {
	img := image.NewGray(image.Rect(0, 0, 4, 4))
	for i := range img.Pix {
		img.Pix[i] = shade
	}
	return img
}

func TestNumbersAreWhatIsShown(t *testing.T) {
	path := Path("AE", []float64{500, 10_000}, []float64{24, 2})
	for name, c := range map[string]struct {
		figure Figure
		want   map[string]float64
	}{
		"plot":      {Plot(path, Dots("d", []float64{1, 1}, []float64{3, 4})), map[string]float64{"AE › 500": 24, "AE › 10000": 2, "d › 1": 3, "d › 1 (2)": 4}},
		"function":  {Plot(Line("f", math.Sin, 0, 1)), map[string]float64{}},
		"beside":    {Beside(Plot(path, Title("gap")), Plot(path)), map[string]float64{"gap › AE › 500": 24, "gap › AE › 10000": 2, "2 › AE › 500": 24, "2 › AE › 10000": 2}},
		"bars":      {Bars([]Bar{{"ticket", []float64{1, 2}}}, Labels([]string{"for μ", "for σ"})), map[string]float64{"ticket": 3, "ticket › for μ": 1, "ticket › for σ": 2}},
		"images":    {Images([]image.Image{grey(0), grey(255)}, Labels([]string{"a", "b"})), map[string]float64{"a › brightness": 0, "b › brightness": 1, "brightness": 0.5}},
		"rows":      {Rows([]Row{{"AE: 264 nats", []image.Image{grey(51)}}}), map[string]float64{"AE": 264, "AE › 1 › brightness": 0.2, "AE › brightness": 0.2}},
		"map":       {LatentMap([][2]float64{{0, 0.5}, {0, 1.5}, {0, 2.5}, {9, 9}}, nil, nil), map[string]float64{"percent within 1 σ": 25, "percent within 2 σ": 50, "percent within 3 σ": 75}},
		"plane":     {LatentPlane([]image.Image{grey(255), grey(0), grey(0), grey(0)}, []float64{0, 1}, []float64{1, 0}), map[string]float64{"light of the plane": 0.25, "light in the corners": 0.25, "light in the middle": 0}},
		"an error":  {Images(nil), map[string]float64{}},
		"the empty": {Figure{}, map[string]float64{}},
		"rate":      {RateDistortion([]Tradeoff{{"β = 1", []float64{15, 17}, []float64{240, 242}, ""}}), map[string]float64{"β = 1 › rate": 16, "β = 1 › distortion": 241}},
		"paths": {Beside(Paths(standardScene, append(arcs(3), arc(0.1)), Thick("z = 0", arc(0.25)), Title("β = 1")), Paths(standardScene, nil, Thick("z = 0", arc(0.05)))),
			map[string]float64{"β = 1 › paths": 4, "β = 1 › paths that collide": 1, "β = 1 › percent that collide": 25, "β = 1 › z = 0 › clearance": 0.1, "2 › z = 0 › clearance": -0.1}},
		"a landscape": {Landscape(func(x, y float64) float64 { return x * x }, [2]float64{-1, 1}, [2]float64{-1, 1}, []float64{0.5}, nil), map[string]float64{}},
	} {
		t.Run(name, func(t *testing.T) {
			got := numbersOf(c.figure)
			for place, want := range c.want {
				if x, ok := got[place]; !ok || math.Abs(x-want) > 1e-9 {
					t.Errorf("%s is %v, want %v", place, x, want)
				}
			}
			if len(got) != len(c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
	loss := numbersOf(Curves(history(3)))
	if _, ok := loss["KL term, training › epoch 2"]; !ok {
		t.Errorf("the loss curves have %v", loss)
	}
}

// Whoever needs one number stops there.
func TestNumbersCanBeStopped(t *testing.T) {
	n := 0
	for range Images([]image.Image{grey(0), grey(1), grey(2)}).Numbers() {
		n++
		break
	}
	if n != 1 {
		t.Errorf("%d numbers after a break", n)
	}
}

func BenchmarkNumbersOfAHundredImages(b *testing.B) {
	images := make([]image.Image, 100)
	for i := range images {
		img := image.NewGray(image.Rect(0, 0, 28, 28))
		img.SetGray(3, 3, color.Gray{Y: 9})
		images[i] = img
	}
	f := Images(images)
	for b.Loop() {
		for range f.Numbers() {
		}
	}
}
