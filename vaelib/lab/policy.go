package lab

import (
	"fmt"
	"slices"
	"strings"

	"vaelab/vaelib/figure"
	"vaelab/vaelib/path"
	"vaelab/vaelib/trained"
	"vaelab/vaelib/words"
)

// Paths are the ways that a policy goes in a scene: a conditional model of demonstrations, and one way for each code.
func (m *Model) Paths(scene path.Scene, codes ...[]float64) ([]path.Path, error) {
	if err := m.policy(); err != nil {
		return nil, err
	}
	set, err := scene.Image()
	if err != nil {
		return nil, err
	}
	pictures, err := m.DecodeGiven(set, codes)
	if err != nil {
		return nil, err
	}
	return path.Decoded(pictures)
}

// policy reports a model that isn't one of demonstrations.
func (m *Model) policy() error {
	if err := m.ready(); err != nil {
		return err
	}
	if m.Given != path.Given || m.Width*m.Height != path.Width {
		return words.Errorf("the model is given %d of %d numbers, but a policy %d of %d: train it on demonstrations, with Given = path.Given", m.Given, m.Width*m.Height, path.Given, path.Width)
	}
	return nil
}

// Ways draws n codes from N(0, I) and a policy's paths of them in a scene, and as a thick line the path of a code of one's own, such as
// z = 0.
func (m *Model) Ways(scene path.Scene, n int, seed uint64, z ...float64) figure.Figure {
	drawn, err := m.draws(n, seed)
	if err != nil {
		return figure.Failed(err)
	}
	paths, err := m.Paths(scene, append(drawn, z)...)
	if err != nil {
		return figure.Failed(err)
	}
	return Paths(scene, paths[:n], Thick(codeName(z), scene, paths[n]))
}

// codeName is a code in words: z = 0.5.
func codeName(z []float64) string {
	numbers := make([]string, len(z))
	for i, x := range z {
		numbers[i] = words.Minus(fmt.Sprintf("%.4g", x))
	}
	return "z = " + strings.Join(numbers, ", ")
}

// draws are n codes from N(0, I).
func (m *Model) draws(n int, seed uint64) ([][]float64, error) {
	if err := m.policy(); err != nil {
		return nil, err
	}
	if n < 0 || n > 10_000 {
		return nil, words.Errorf("%d ways can't be drawn: ask for 0 to 10,000", n)
	}
	return ask(m, func(e trained.Model) ([][]float64, error) { return e.Draw(n, seed) })
}

// Drive is how a policy fares in the scenes of its test demonstrations, once in each.
type Drive struct {
	Scenes   int
	Collided int // so many paths touch the obstacle
	Left     int // so many pass it on its left
}

// Share is the share of paths that collide.
func (d Drive) Share() float64 { return float64(d.Collided) / float64(d.Scenes) }

// Drive goes once in the scene of each test demonstration: with the code z wherever it is given, else with codes drawn from N(0, I), another in
// each scene.
func (m *Model) Drive(seed uint64, z ...float64) (d Drive, err error) {
	if err := m.policy(); err != nil {
		return d, err
	}
	codes := slices.Repeat([][]float64{z}, m.Data.Test.Len())
	if len(z) == 0 {
		if codes, err = m.draws(m.Data.Test.Len(), seed); err != nil {
			return d, err
		}
	}
	pictures, err := m.DecodeGiven(m.Data.Test, codes)
	if err != nil {
		return d, err
	}
	paths, err := path.Decoded(pictures)
	if err != nil {
		return d, err
	}
	for i, p := range paths {
		shown, err := path.FromBytes(m.Data.Test.Image(i))
		if err != nil {
			return d, err
		}
		d.Scenes++
		if shown.Scene.Obstacle.Clearance(p) < 0 {
			d.Collided++
		}
		if shown.Scene.Left(p) {
			d.Left++
		}
	}
	return d, nil
}
