package path_test

import (
	"fmt"
	"image"
	"math"
	"reflect"
	"testing"

	"vaelab/vaelib/path"
)

func ExampleDataset() {
	teacher := path.Teacher{Share: 0.7, Spread: 1, Seed: 1, Scene: path.Standard()}
	train, _ := teacher.Demonstrations(1000)
	teacher.Seed = 2
	test, _ := teacher.Demonstrations(100)
	data, err := path.Dataset("paths", "Paths round an obstacle", train, test)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(data.Train.Len(), "to train on,", data.Test.Len(), "to test on,", data.Train.Height, "×", data.Train.Width, "pixels, of which the scene has", path.Given)
	fmt.Println(data.Train.Classes, data.Train.Image(0)[:path.Given])
	// Output:
	// 1000 to train on, 100 to test on, 1 × 47 pixels, of which the scene has 7
	// [on the left on the right] [128 13 128 242 128 128 38]
}

// Every number comes back within half a byte's step, by each way there is.
func TestDemonstrationsComeBackFromBytes(t *testing.T) {
	list := shown(t, path.Teacher{Share: 0.5, Spread: 1, Seed: 1, Varied: true}, 200)
	data, err := path.Dataset("paths", "Paths", list, list[:20])
	if err != nil {
		t.Fatal(err)
	}
	if err := data.Train.Validate(); err != nil || data.Train.Len() != 200 || data.Test.Len() != 20 || data.Train.Width != path.Given+40 || data.Train.Height != 1 {
		t.Fatalf("%d × %d, %d and %d images, %v", data.Train.Width, data.Train.Height, data.Train.Len(), data.Test.Len(), err)
	}
	if data.Digest == "" || data.Digest != data.Fingerprint() {
		t.Error("the digest is not the data's own")
	}
	lefts := 0
	var pictures []*image.Gray
	for i, d := range list {
		pictures = append(pictures, data.Train.Gray(i))
		back, err := path.FromImage(data.Train.Gray(i))
		if err != nil {
			t.Fatal(err)
		}
		want, got := numbersOf(d), numbersOf(back)
		for k := range want {
			if math.Abs(got[k]-want[k]) > 0.5/255+1e-12 {
				t.Errorf("demonstration %d, number %d: %v comes back as %v", i, k, want[k], got[k])
			}
		}
		again, err := back.Bytes()
		if err != nil || !reflect.DeepEqual(again, data.Train.Image(i)) {
			t.Errorf("demonstration %d: the bytes come back otherwise, %v", i, err)
		}
		if scene, err := back.Scene.Bytes(); err != nil || !reflect.DeepEqual(scene, again[:path.Given]) {
			t.Errorf("demonstration %d: the scene's bytes are %v, %v", i, scene, err)
		}
		if name := data.Train.Classes[data.Train.Labels[i]]; (name == "on the left") != d.Scene.Left(d.Path) || name == "on the right" == d.Scene.Left(d.Path) {
			t.Errorf("demonstration %d is labelled %s", i, name)
		} else if name == "on the left" {
			lefts++
		}
		if err := back.Validate(); err != nil {
			t.Errorf("demonstration %d comes back as none: %v", i, err)
		}
	}
	if lefts != 100 {
		t.Errorf("%d of 200 are labelled left", lefts)
	}
	decoded, err := path.Decoded(pictures)
	if err != nil || len(decoded) != 200 {
		t.Fatal(len(decoded), err)
	}
	for i, p := range decoded {
		if back, _ := path.FromImage(pictures[i]); !reflect.DeepEqual(p, back.Path) {
			t.Errorf("picture %d is decoded as %v", i, p)
		}
	}
}

func numbersOf(d path.Demonstration) []float64 {
	s := d.Scene
	list := []float64{s.Start.X, s.Start.Y, s.Goal.X, s.Goal.Y, s.Obstacle.Centre.X, s.Obstacle.Centre.Y, s.Obstacle.Radius}
	for _, at := range d.Path {
		list = append(list, at.X, at.Y)
	}
	return list
}

// Where the bytes lie is part of what models are trained on: x before y, y upward.
func TestBytesLieWhereTheyAreSaidToLie(t *testing.T) {
	d := path.Demonstration{Scene: path.Scene{Start: path.Point{X: 0, Y: 1}, Goal: path.Point{X: 0.2, Y: 0.4}, Obstacle: path.Circle{Centre: path.Point{X: 0.6, Y: 0.8}, Radius: 1.0 / 3}}}
	for i := range path.Points {
		d.Path = append(d.Path, path.Point{X: float64(i) / 255, Y: float64(100+i) / 255})
	}
	bytes, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	want := []byte{0, 255, 51, 102, 153, 204, 85}
	for i := range path.Points {
		want = append(want, byte(i), byte(100+i))
	}
	if !reflect.DeepEqual(bytes, want) {
		t.Errorf("the bytes are %v", bytes)
	}
}

// A picture that is cut out of another has its pixels elsewhere.
func TestFromImageReadsAPartOfAPicture(t *testing.T) {
	whole := image.NewGray(image.Rect(0, 0, 60, 3))
	whole.Pix[60+5+path.Given] = 51
	part := whole.SubImage(image.Rect(5, 1, 5+path.Width, 2)).(*image.Gray)
	if d, err := path.FromImage(part); err != nil || d.Path[0] != (path.Point{X: 0.2}) {
		t.Errorf("the first point is %v, %v", d.Path, err)
	}
}

func TestImagesThatAreNoDemonstrations(t *testing.T) {
	square := image.NewGray(image.Rect(0, 0, 28, 28))
	tall := image.NewGray(image.Rect(0, 0, path.Width, 2))
	liar := &image.Gray{Stride: path.Width, Rect: image.Rect(0, 0, path.Width, 1)}
	for want, img := range map[string]*image.Gray{"no picture": nil, "28 × 28 pixels": square, "47 × 2 pixels": tall, "says that it has 47 × 1": liar} {
		_, err := path.FromImage(img)
		says[error](t, err, want)
		_, err = path.Decoded([]*image.Gray{image.NewGray(image.Rect(0, 0, path.Width, 1)), img})
		says[error](t, err, "picture 2 of 2: ")
	}
	_, err := path.FromBytes(make([]byte, 46))
	says[error](t, err, "46 bytes is no demonstration, which has 47")

	good := shown(t, path.Teacher{Scene: path.Standard()}, 3)
	bad := append(good[:2:2], path.Demonstration{Scene: path.Standard(), Path: good[2].Path[:19]})
	for _, c := range []struct {
		name        string
		train, test []path.Demonstration
		want        string
	}{
		{"", good, good, "a data set has a name"}, {"p", nil, good, "no demonstration to train on"}, {"p", good, nil, "no demonstration to test on"},
		{"p", bad, good, "demonstration 3 of 3 to train on: the path has 19 points"}, {"p", good, bad, "demonstration 3 of 3 to test on"},
	} {
		_, err := path.Dataset(c.name, "Paths", c.train, c.test)
		says[error](t, err, c.want)
	}
	_, err = bad[2].Bytes()
	says[*path.PathError](t, err, "19 points")
	_, err = path.Demonstration{}.Bytes()
	says[*path.FieldError](t, err, "Radius")
}
