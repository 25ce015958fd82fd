package measure

import (
	"image"
	"math"
	"math/rand/v2"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

// Decoder paints a picture for each code: the Decode of a [vaelab/vaelib/trained.Coder] is one. [FindJumps] calls it again
// and again, one call at a time. A nil one is an error.
type Decoder func(codes [][]float64) ([]*image.Gray, error)

// Walk is what the decoder painted along one straight line between two codes, in even steps. Distances between
// pictures are Euclidean, in grey values from 0 to 1.
type Walk struct {
	Ends    float64 // from the first picture to the last: the chord
	Length  float64 // of the whole way, step by step
	Largest float64 // of its steps
}

// Jumps says how evenly pictures change along straight lines between codes.
type Jumps struct {
	Steps int
	// Leap is the largest step's part of the ends' distance, averaged over walks: 1/Steps if a picture changes
	// evenly into the other, 1 if it does so at one blow. Unlike the average step it doesn't hide one leap among many
	// small steps. For a continuous decoder it falls with more steps; for one with a cliff it stays.
	Leap kl.Estimate
	// Detour is the way's length over the ends' distance, averaged over walks: 1 if it leads straight across; more
	// where it leads through pictures that are like neither end.
	Detour kl.Estimate
	Walks  []Walk
	Still  int // walks between codes with the same picture: no part of the averages
}

// FindJumps walks from each code of from to the same of to. Pictures are decoded some thousands at a time.
//
// A picture's bytes are rounded, by 0.3/255 a pixel: steps that are not much larger (hundreds on a walk) measure the
// rounding. 16 steps are plenty.
func FindJumps(decode Decoder, from, to [][]float64, steps int) (Jumps, error) {
	if decode == nil {
		return Jumps{}, words.Errorf("the decoder is nil: give a function that paints codes")
	}
	a, err := pack(words.Mark("codes to start from"), from, 2)
	if err != nil {
		return Jumps{}, err
	}
	b, err := pack(words.Mark("codes to go to"), to, 2)
	if err != nil {
		return Jumps{}, err
	}
	if a.n != b.n || a.dim != b.dim {
		return Jumps{}, words.Errorf("%d codes of %d numbers can't be joined with %d codes of %d: give as many, and as long", a.n, a.dim, b.n, b.dim)
	}
	if steps < 2 {
		return Jumps{}, words.Errorf("steps is %d: with fewer than 2 there is nothing between the ends", steps)
	}
	j := Jumps{Steps: steps}
	atOnce := max(1, 4096/(steps+1))
	for first := 0; first < a.n; first += atOnce {
		end := min(a.n, first+atOnce)
		codes := newPoints((end-first)*(steps+1), a.dim)
		for i := first; i < end; i++ {
			for s := range steps + 1 {
				t := float64(s) / float64(steps)
				code := codes.row((i-first)*(steps+1) + s)
				for d := range code {
					code[d] = (1-t)*a.row(i)[d] + t*b.row(i)[d]
				}
			}
		}
		pictures, err := decode(codes.rows())
		if err != nil {
			return Jumps{}, err
		}
		if len(pictures) != codes.n {
			return Jumps{}, words.Errorf("the decoder painted %d pictures of %d codes: it must paint one for each", len(pictures), codes.n)
		}
		for len(pictures) > 0 {
			w, err := walk(pictures[:steps+1])
			if err != nil {
				return Jumps{}, err
			}
			j.Walks = append(j.Walks, w)
			pictures = pictures[steps+1:]
		}
	}
	if err := j.average(); err != nil {
		return Jumps{}, err
	}
	return j, nil
}

func walk(pictures Pictures) (Walk, error) {
	size, err := sizeOf(pictures)
	if err != nil {
		return Walk{}, err
	}
	x := newPoints(len(pictures), size.X*size.Y)
	for i := range pictures {
		if err := read(x.row(i), pictures, i, size); err != nil {
			return Walk{}, err
		}
	}
	distance := func(i, j int) float64 { return math.Sqrt(squared(x.row(i), x.row(j), math.Inf(1))) / 255 }
	w := Walk{Ends: distance(0, x.n-1)}
	for i := range x.n - 1 {
		step := distance(i, i+1)
		w.Length += step
		w.Largest = max(w.Largest, step)
	}
	return w, nil
}

func (j *Jumps) average() error {
	var leap, detour []float64
	for _, w := range j.Walks {
		if w.Ends == 0 {
			j.Still++
			continue
		}
		leap, detour = append(leap, w.Largest/w.Ends), append(detour, w.Length/w.Ends)
	}
	if len(leap) < 2 {
		return words.Errorf("%d of %d walks end at the picture that they began with: the decoder hardly looks at its code, or the codes are the same", j.Still, len(j.Walks))
	}
	var err error
	if j.Leap, err = Mean(leap); err != nil {
		return err
	}
	j.Detour, err = Mean(detour)
	return err
}

// Pairs picks n pairs of different codes at random, for FindJumps. The same seed picks the same images' codes of every
// model.
func Pairs(codes [][]float64, n int, seed uint64) (from, to [][]float64, err error) {
	if len(codes) < 2 {
		return nil, nil, words.Errorf("%d codes make no pair: at least 2 are needed", len(codes))
	}
	if n < 0 {
		return nil, nil, words.Errorf("%d pairs can't be picked: ask for 0 or more", n)
	}
	if err := fits(words.Mark("pairs"), n, 2); err != nil {
		return nil, nil, err
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	for range n {
		i, j := rng.IntN(len(codes)), rng.IntN(len(codes)-1)
		if j >= i {
			j++
		}
		from, to = append(from, codes[i]), append(to, codes[j])
	}
	return from, to, nil
}
