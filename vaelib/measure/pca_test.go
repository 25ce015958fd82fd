package measure_test

import (
	"bytes"
	"encoding/json"
	"image"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"vaelab/datasets"
	"vaelab/vaelib/measure"
)

// Two directions, chosen: bright or dark all over by ±20, and left against right by ±8, in all four combinations.
func crossed() measure.Pictures {
	var list measure.Pictures
	for _, a := range []int{-20, 20} {
		for _, b := range []int{-8, 8} {
			left, right := uint8(100+a+b), uint8(100+a-b)
			list = append(list, gray(2, left, right, left, right))
		}
	}
	return list
}

func TestPCAOfKnownCovariance(t *testing.T) {
	p := must[*measure.PCA](t)(measure.NewPCA(crossed(), 2))
	// The score along (½ ½ ½ ½) is ±40/255, along (½ −½ ½ −½) ±16/255; 4 images, divided by 3.
	near(t, "the first variance", p.Variance[0], 4.0/3*1600/(255*255), 1e-15)
	near(t, "the second variance", p.Variance[1], 4.0/3*256/(255*255), 1e-15)
	near(t, "the total", p.Total, 4.0/3*1856/(255*255), 1e-15)
	near(t, "what one direction explains", must[float64](t)(p.Explained(1)), 1600.0/1856, 1e-12)
	for i, x := range p.Directions[0] {
		near(t, "the first direction", x, 0.5, 1e-12)
		near(t, "the second direction", math.Abs(p.Directions[1][i]), 0.5, 1e-12)
		near(t, "the mean image", p.Mean[i], 100.0/255, 1e-15)
	}
	if d := p.Directions[1]; d[0]*d[1] > 0 || d[0]*d[2] < 0 || d[1]*d[3] < 0 {
		t.Errorf("the second direction is %v: it should set left against right", d)
	}
	features := must[[][]float64](t)(p.Features(crossed()))
	for i, f := range features {
		near(t, "the first feature", math.Abs(f[0]), 40.0/255, 1e-12)
		near(t, "the second feature", math.Abs(f[1]), 16.0/255, 1e-12)
		if bright := i >= 2; bright != (f[0] > 0) {
			t.Errorf("image %d has the first feature %v", i, f[0])
		}
	}
}

func sample(t testing.TB) datasets.Dataset { return must[datasets.Dataset](t)(datasets.Sample()) }

// small are real images, shrunk so that a slow oracle can follow.
func small(t *testing.T, n int) measure.Pictures {
	var list measure.Pictures
	set := sample(t).Train.First(n)
	for i := range set.Len() {
		m := image.NewGray(image.Rect(0, 0, 7, 7))
		for y := range 7 {
			for x := range 7 {
				m.Pix[7*y+x] = set.Gray(i).GrayAt(4*x+1, 4*y+1).Y
			}
		}
		list = append(list, m)
	}
	return list
}

func TestPCAAgainstGonum(t *testing.T) {
	images := small(t, 300)
	p := must[*measure.PCA](t)(measure.NewPCA(images, 20))
	x := mat.NewDense(len(images), 49, nil)
	for i, m := range images {
		for j, v := range m.Pix {
			x.Set(i, j, float64(v)/255)
		}
	}
	var oracle stat.PC
	if !oracle.PrincipalComponents(x, nil) {
		t.Fatal("gonum finds no components")
	}
	variance := oracle.VarsTo(nil)
	var vectors mat.Dense
	oracle.VectorsTo(&vectors)
	features := must[[][]float64](t)(p.Features(images))
	for i := range 20 {
		near(t, "variance", p.Variance[i], variance[i], 1e-12)
		dot, score := 0.0, make([]float64, len(images))
		for j, d := range p.Directions[i] {
			dot += d * vectors.At(j, i)
		}
		near(t, "|cosine| with gonum's direction", math.Abs(dot), 1, 1e-9)
		for k := range score {
			score[k] = features[k][i]
		}
		mean, spread := stat.MeanVariance(score, nil)
		near(t, "the features' mean", mean, 0, 1e-12)
		near(t, "the features' variance", spread, variance[i], 1e-12)
	}
}

// With all directions nothing is lost; with fewer, what is lost is the variance left out.
func TestRestore(t *testing.T) {
	images := small(t, 200)
	p := must[*measure.PCA](t)(measure.NewPCA(images, 49))
	features := must[[][]float64](t)(p.Features(images))
	for i, m := range must[[]*image.Gray](t)(p.Restore(features)) {
		if !bytes.Equal(m.Pix, images[i].Pix) || m.Rect != images[i].Rect {
			t.Fatalf("image %d is not restored", i)
		}
	}
	lost := 0.0
	for _, f := range features {
		for _, x := range f[5:] {
			lost += x * x
		}
	}
	explained := must[float64](t)(p.Explained(5))
	near(t, "the variance left out", lost/199, p.Total*(1-explained), 1e-9)
	five := must[*measure.PCA](t)(measure.NewPCA(images, 5))
	few := make([][]float64, len(features))
	for i, f := range features {
		few[i] = f[:5]
	}
	got, want := must[[]*image.Gray](t)(p.Restore(few)), must[[]*image.Gray](t)(five.Restore(must[[][]float64](t)(five.Features(images))))
	for i := range got {
		if !bytes.Equal(got[i].Pix, want[i].Pix) {
			t.Errorf("image %d: the first five features of 49 restore it otherwise than a PCA of five", i)
		}
	}
}

// The same bits in any order of the images, on any number of cores, after a journey through a file, and of a part of
// a larger picture.
func TestPCAIsFixed(t *testing.T) {
	images := small(t, 200)
	shuffled := slices.Clone(images)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	want := must[*measure.PCA](t)(measure.NewPCA(images, 10))
	features := must[[][]float64](t)(want.Features(images))
	onCores(func(cores int) {
		got := must[*measure.PCA](t)(measure.NewPCA(shuffled, 10))
		if !reflect.DeepEqual(got, want) {
			t.Errorf("on %d cores and shuffled the PCA is another", cores)
		}
		if !reflect.DeepEqual(must[[][]float64](t)(got.Features(images)), features) {
			t.Errorf("on %d cores the features are others", cores)
		}
	})
	file := must[[]byte](t)(json.Marshal(want))
	var kept measure.PCA
	if err := json.Unmarshal(file, &kept); err != nil || !reflect.DeepEqual(&kept, want) {
		t.Errorf("kept as JSON the PCA is another (%v)", err)
	}
	sheet := image.NewGray(image.Rect(0, 0, 20, 9))
	for y := range 7 {
		copy(sheet.Pix[sheet.PixOffset(5, y+1):], images[3].Pix[7*y:7*y+7])
	}
	part := sheet.SubImage(image.Rect(5, 1, 12, 8)).(*image.Gray)
	if got := must[[][]float64](t)(want.Features(measure.Pictures{part})); !reflect.DeepEqual(got[0], features[3]) {
		t.Error("a part of a larger picture has other features than its copy")
	}
}

func TestPCARefuses(t *testing.T) {
	p := must[*measure.PCA](t)(measure.NewPCA(crossed(), 2))
	pca := func(images measure.Images, k int) error { _, err := measure.NewPCA(images, k); return err }
	features := func(p *measure.PCA, images measure.Images) error { _, err := p.Features(images); return err }
	restore := func(rows ...[]float64) error { _, err := p.Restore(rows); return err }
	explained := func(d int) error { _, err := p.Explained(d); return err }
	damaged := *p
	damaged.Directions = [][]float64{{1}, {1}}
	mixed := append(crossed(), gray(1, 1, 2, 3, 4))
	refused(t, []refusal{
		{"list of images is empty", pca(nil, 2)},
		{"list of images is empty", pca(measure.Pictures{}, 2)},
		{"image 0 has no pixels", pca(measure.Pictures{nil}, 1)},
		{"k is 0", pca(crossed(), 0)},
		{"k is 4: 4 images of 4 pixels have between 1 and 3", pca(crossed(), 4)},
		{"k is 1: 1 images", pca(crossed()[:1], 1)},
		{"all the same", pca(measure.Pictures{gray(2, 7, 7), gray(2, 7, 7)}, 1)},
		{"image 4 is 1×4 pixels and not 2×2", pca(mixed, 2)},
		{"image 4 is 1×4 pixels and not 2×2", features(p, mixed)},
		{"image 4 is nil", features(p, append(crossed(), nil))},
		{"images are 1×4 pixels, but the PCA was made from 2×2", features(p, mixed[4:])},
		{"no directions", features(nil, crossed())},
		{"no directions", features(new(measure.PCA), crossed())},
		{"direction 0 has 1 pixels and not 4", features(&damaged, crossed())},
		{"at least 1", restore()},
		{"3 features, but the PCA has 2", restore([]float64{1, 2, 3})},
		{"is NaN", restore([]float64{1, math.NaN()})},
		{"d is 3", explained(3)},
		{"d is -1", explained(-1)},
	})
}
