package path_test

import (
	"bytes"
	"flag"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"vaelab/vaelib/path"
)

var update = flag.Bool("update", false, "write recorded.json anew: go test ./vaelib/path -run TestRecorded -update")

// hand draws as a hand does that follows a teacher's path: it begins and ends beside the mark, and wavers slowly, by a hundredth or
// two of the picture's width. What it draws has 200 points.
func hand(rng *rand.Rand, meant path.Path) (line []path.Point) {
	type wave struct{ x, y, phase float64 }
	var waves []wave
	for k := range 6 {
		size := 0.012 / float64(k+1)
		waves = append(waves, wave{size * rng.NormFloat64(), size * rng.NormFloat64(), 2 * math.Pi * rng.Float64()})
	}
	for i := range 200 {
		t := float64(i) / 199 * (path.Points - 1)
		k := min(int(t), path.Points-2)
		a, b := meant[k], meant[k+1]
		at := path.Point{X: a.X + (t-float64(k))*(b.X-a.X), Y: a.Y + (t-float64(k))*(b.Y-a.Y)}
		for n, w := range waves {
			s := math.Sin(w.phase + math.Pi*float64(n+1)*float64(i)/199)
			at.X += w.x * s
			at.Y += w.y * s
		}
		line = append(line, at)
	}
	return line
}

// handDrawn are n demonstrations as a recorder would keep them, to a thousandth. A hand that comes too close draws again.
func handDrawn(t *testing.T, n int) (list []path.Demonstration) {
	scene := path.Standard()
	rng := rand.New(rand.NewPCG(20, 14))
	for _, d := range shown(t, path.Teacher{Share: 0.7, Spread: 1, Seed: 20, Scene: scene}, n) {
		for {
			p, err := path.Resample(hand(rng, d.Path), scene)
			if err != nil || scene.Obstacle.Clearance(p) < 0.02 {
				continue
			}
			for i := range p {
				p[i] = path.Point{X: math.Round(1000*p[i].X) / 1000, Y: math.Round(1000*p[i].Y) / 1000}
			}
			list = append(list, path.Demonstration{Scene: scene, Path: p})
			break
		}
	}
	return list
}

func TestRecorded(t *testing.T) {
	var file bytes.Buffer
	if err := path.Write(&file, handDrawn(t, 20)); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("recorded.json", file.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if kept, err := os.ReadFile("recorded.json"); err != nil || !bytes.Equal(kept, file.Bytes()) {
		t.Errorf("recorded.json is not what its program makes (%v): go test ./vaelib/path -run TestRecorded -update", err)
	}
	list := path.Recorded()
	lefts := 0
	for i, d := range list {
		if d.Scene != path.Standard() {
			t.Errorf("demonstration %d is in %v", i+1, d.Scene)
		}
		if d.Scene.Left(d.Path) {
			lefts++
		}
		if c := d.Scene.Obstacle.Clearance(d.Path); c < 0.015 {
			t.Errorf("demonstration %d keeps %v off: bytes can bring it nearer by 0.003", i+1, c)
		}
	}
	if len(list) != 20 || lefts != 14 {
		t.Errorf("%d of %d go left", lefts, len(list))
	}
	if _, err := path.Dataset("recorded", "Recorded paths", list, list); err != nil {
		t.Error(err)
	}
	list[0].Path[3].X = 9
	if path.Recorded()[0].Path[3].X == 9 {
		t.Error("who changes a path changes it for all")
	}
}
