package measure_test

import (
	"errors"
	"image"
	"math"
	"reflect"
	"testing"

	"vaelab/vaelib/measure"
)

// paint gives pictures of 2 pixels.
func paint(f func(z float64) (left, right float64)) measure.Decoder {
	return func(codes [][]float64) ([]*image.Gray, error) {
		var list []*image.Gray
		for _, z := range codes {
			left, right := f(z[0])
			list = append(list, gray(2, uint8(math.Round(left)), uint8(math.Round(right))))
		}
		return list, nil
	}
}

func TestJumpsKnown(t *testing.T) {
	from, to := column(0, 1, 0.2), column(1, 0, 0.6)
	find := func(steps int, f func(z float64) (left, right float64)) measure.Jumps {
		return must[measure.Jumps](t)(measure.FindJumps(paint(f), from, to, steps))
	}
	for _, steps := range []int{2, 10} {
		even := find(steps, func(z float64) (float64, float64) { return 200 * z, 200 - 200*z })
		near(t, "an even walk's leap", even.Leap.Value, 1/float64(steps), 1e-12)
		near(t, "an even walk's detour", even.Detour.Value, 1, 1e-12)
		near(t, "the chord", even.Walks[0].Ends, 200*math.Sqrt2/255, 1e-12)

		cliff := find(steps, func(z float64) (float64, float64) {
			if z > 0.45 {
				return 255, 0
			}
			return 0, 0
		})
		near(t, "a cliff's leap", cliff.Leap.Value, 1, 0)
		near(t, "a cliff's detour", cliff.Detour.Value, 1, 0)
	}
	// Through white and back: up by 250 and down by 150, for a chord of 100.
	through := must[measure.Jumps](t)(measure.FindJumps(paint(func(z float64) (float64, float64) {
		return 500*z - max(0, 800*(z-0.5)), 0
	}), column(0, 1), column(1, 0), 10))
	near(t, "a walk through white", through.Detour.Value, 4, 1e-12)
	near(t, "its leap", through.Leap.Value, 0.5, 1e-12)

	// Walks that lead nowhere are counted and left out.
	still := must[measure.Jumps](t)(measure.FindJumps(paint(func(z float64) (float64, float64) { return 100 * z, 0 }),
		column(0, 1, 1), column(1, 0, 1), 10))
	if still.Still != 1 || still.Leap.N != 2 || len(still.Walks) != 3 {
		t.Errorf("%d still walks, %d averaged of %d", still.Still, still.Leap.N, len(still.Walks))
	}
}

// However many pictures are decoded at a time, the walks are the same.
func TestJumpsInBatches(t *testing.T) {
	var from, to [][]float64
	for i := range 700 {
		from, to = append(from, []float64{float64(i) / 700}), append(to, []float64{1 - float64(i%10)/20})
	}
	calls := 0
	decode := paint(func(z float64) (float64, float64) { return 255 * z * z, 200 * z })
	j := must[measure.Jumps](t)(measure.FindJumps(func(codes [][]float64) ([]*image.Gray, error) {
		calls++
		if len(codes) > 4096 {
			t.Errorf("%d codes at once", len(codes))
		}
		return decode(codes)
	}, from, to, 16))
	if calls != 3 || len(j.Walks) != 700 {
		t.Errorf("%d calls for %d walks", calls, len(j.Walks))
	}
	for _, first := range []int{0, 400, 698} {
		part := must[measure.Jumps](t)(measure.FindJumps(decode, from[first:first+2], to[first:first+2], 16))
		if !reflect.DeepEqual(part.Walks, j.Walks[first:first+2]) {
			t.Errorf("walk %d is %v by itself, and %v among many", first, part.Walks, j.Walks[first:first+2])
		}
	}
}

func TestPairs(t *testing.T) {
	codes := column(0, 1, 2, 3)
	from, to, err := measure.Pairs(codes, 600, 1)
	if err != nil {
		t.Fatal(err)
	}
	count := map[[2]float64]int{}
	for i := range from {
		count[[2]float64{from[i][0], to[i][0]}]++
	}
	if len(count) != 12 { // 4 · 3, none with itself
		t.Errorf("%d different pairs of 12: %v", len(count), count)
	}
	for pair, n := range count {
		if pair[0] == pair[1] || n < 20 || n > 85 { // 50 each, with a standard deviation of 7
			t.Errorf("the pair %v came %d times", pair, n)
		}
	}
	again, _, _ := measure.Pairs(codes, 600, 1)
	if !reflect.DeepEqual(again, from) {
		t.Error("the same seed picks other pairs")
	}
}

func TestJumpsRefuse(t *testing.T) {
	plain := paint(func(z float64) (float64, float64) { return z, 0 })
	find := func(decode measure.Decoder, from, to [][]float64, steps int) error {
		_, err := measure.FindJumps(decode, from, to, steps)
		return err
	}
	pairs := func(codes [][]float64, n int) error { _, _, err := measure.Pairs(codes, n, 1); return err }
	broken := errors.New("the decoder is broken")
	a, b := column(0, 0), column(200, 100)
	refused(t, []refusal{
		{"decoder is nil", find(nil, a, b, 8)},
		{"codes to start from has 1 rows: at least 2", find(plain, a[:1], b[:1], 8)},
		{"codes to go to has 0 rows", find(plain, a, nil, 8)},
		{"2 codes of 1 numbers can't be joined with 3 codes of 1", find(plain, a, column(1, 2, 3), 8)},
		{"joined with 2 codes of 2", find(plain, a, normal(1, 2, 2, 0, 1), 8)},
		{"steps is 1", find(plain, a, b, 1)},
		{"is NaN", find(plain, a, column(1, math.NaN()), 8)},
		{"2 of 2 walks end at the picture", find(plain, a, a, 8)},
		{"decoder is broken", find(func([][]float64) ([]*image.Gray, error) { return nil, broken }, a, b, 8)},
		{"painted 0 pictures of 18 codes", find(func([][]float64) ([]*image.Gray, error) { return nil, nil }, a, b, 8)},
		{"image 0 has no pixels", find(func(c [][]float64) ([]*image.Gray, error) { return make([]*image.Gray, len(c)), nil }, a, b, 8)},
		{"1 codes make no pair", pairs(a[:1], 3)},
		{"-1 pairs", pairs(a, -1)},
	})
}
