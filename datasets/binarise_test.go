package datasets

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// greys is one image of all 256 bytes, so often.
func greys(times int) Images {
	s := Images{Width: 16, Height: 16, Classes: []string{"ramp"}}
	for range times {
		for v := range 256 {
			s.Pixels = append(s.Pixels, uint8(v))
		}
		s.Labels = append(s.Labels, 0)
	}
	return s
}

func TestThresholdIsHalf(t *testing.T) {
	data := Dataset{Train: greys(1), Test: greys(2)}.Binarised(Threshold())
	for _, part := range []Images{data.Train, data.Test} {
		for i, v := range part.Pixels {
			want := uint8(0)
			if grey := i % 256; float64(grey)/255 > 0.5 {
				want = 255
			}
			if v != want {
				t.Errorf("byte %d becomes %d", i%256, v)
			}
		}
	}
}

// Of each grey value, the share that became white is its own value, within 4.5 standard errors; black and white stay.
func TestByChanceIsWhiteAsOftenAsGrey(t *testing.T) {
	const times = 4000
	part := Dataset{Test: greys(times)}.Binarised(ByChance(5)).Test
	var white [256]int
	for i, v := range part.Pixels {
		if v == 255 {
			white[i%256]++
		}
	}
	for v, n := range white {
		p := float64(v) / 255
		off := math.Abs(float64(n)/times - p)
		if off > 4.5*math.Sqrt(p*(1-p)/times) {
			t.Errorf("of byte %d a share of %.4f became white", v, float64(n)/times)
		}
	}
}

func TestBinarisedIsADataSetOfItsOwn(t *testing.T) {
	grey := openSample(t)
	before := slices.Clone(grey.Test.Pixels)
	names, sums := map[string]bool{grey.Name: true}, map[string]bool{grey.Digest: true}
	for _, rule := range []Binarisation{Threshold(), ByChance(1), ByChance(2)} {
		data := grey.Binarised(rule)
		if names[data.Name] || sums[data.Digest] || len(data.Digest) != 64 || !strings.HasPrefix(data.Title, grey.Title+", black and white") {
			t.Errorf("it calls itself %q, %q, %q", data.Name, data.Title, data.Digest)
		}
		names[data.Name], sums[data.Digest] = true, true
		for name, part := range map[string][2]Images{"train": {data.Train, grey.Train}, "test": {data.Test, grey.Test}} {
			if !part[0].Binary() || part[1].Binary() {
				t.Errorf("%s: black and white is %v, grey's is %v", name, part[0].Binary(), part[1].Binary())
			}
			if !bytes.Equal(part[0].Labels, part[1].Labels) || part[0].Len() != part[1].Len() {
				t.Errorf("%s: the labels changed", name)
			}
			mean := func(s Images) (sum float64) {
				for _, v := range s.Pixels {
					sum += float64(v) / 255 / float64(len(s.Pixels))
				}
				return sum
			}
			if off := math.Abs(mean(part[0]) - mean(part[1])); rule.chance && off > 0.001 {
				t.Errorf("%s: the mean grey value moved by %v", name, off)
			}
		}
		// What is black and white stays so, and a part of the set is that part of the whole.
		if again := data.Binarised(ByChance(9)); !bytes.Equal(again.Test.Pixels, data.Test.Pixels) {
			t.Error("what was black and white changed")
		}
		few := grey
		few.Train, few.Test = grey.Train.First(7), grey.Test.First(3)
		few = few.Binarised(rule)
		if !bytes.Equal(few.Train.Pixels, data.Train.First(7).Pixels) || !bytes.Equal(few.Test.Pixels, data.Test.First(3).Pixels) {
			t.Error("the first images are others where fewer follow")
		}
	}
	if !bytes.Equal(before, grey.Test.Pixels) {
		t.Error("the grey images changed")
	}
	if bytes.Equal(grey.Binarised(ByChance(1)).Test.Pixels, grey.Binarised(ByChance(2)).Test.Pixels) {
		t.Error("two seeds draw the same")
	}
}

func ExampleDataset_Binarised() {
	data, err := Sample()
	if err != nil {
		fmt.Println(err)
		return
	}
	data = data.Binarised(ByChance(1))
	fmt.Println(data.Title, "–", data.Train.Binary())
	// Output: Fashion-MNIST, a sample of 10,000, black and white by chance, seed 1 – true
}

func BenchmarkBinarised(b *testing.B) {
	data := openSample(b)
	b.SetBytes(int64(len(data.Train.Pixels) + len(data.Test.Pixels)))
	for b.Loop() {
		data.Binarised(ByChance(1))
	}
}
