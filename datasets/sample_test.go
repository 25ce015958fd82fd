package datasets

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"slices"
	"testing"
)

func openSample(tb testing.TB) Dataset {
	tb.Helper()
	data, err := Sample()
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

func TestSample(t *testing.T) {
	data := openSample(t)
	if data.Name != FashionSample || data.Source != "embedded in the module" || len(data.Digest) != 64 {
		t.Errorf("the sample calls itself %q, %q, %q", data.Name, data.Source, data.Digest)
	}
	for name, part := range map[string]struct {
		Images
		each int
	}{"train": {data.Train, 1000}, "test": {data.Test, 200}} {
		if part.Len() != 10*part.each || part.Width != 28 || part.Height != 28 || len(part.Pixels) != part.Len()*784 {
			t.Errorf("%s: %d images of %d × %d with %d pixels", name, part.Len(), part.Height, part.Width, len(part.Pixels))
		}
		var counts [10]int
		for _, label := range part.Labels {
			counts[label]++
		}
		for label, count := range counts {
			if count != part.each {
				t.Errorf("%s: %d of class %s, want %d", name, count, part.Classes[label], part.each)
			}
		}
		first := part.First(100).Labels
		for label := range uint8(10) {
			if !slices.Contains(first, label) {
				t.Errorf("%s: no %s among the first 100", name, part.Classes[label])
			}
		}
	}
}

// The sample is ordered by the SHA-256 of its images, so none occurs twice.
func TestSampleIsOrderedBySum(t *testing.T) {
	data := openSample(t)
	for name, part := range map[string]Images{"train": data.Train, "test": data.Test} {
		var last []byte
		for i := range part.Len() {
			sum := sha256.Sum256(part.Image(i))
			if bytes.Compare(last, sum[:]) >= 0 {
				t.Fatalf("%s: image %d is not after the one before it", name, i)
			}
			last = sum[:]
		}
	}
}

// whole is all of Fashion-MNIST, where this machine has it.
func whole(tb testing.TB) Dataset {
	tb.Helper()
	data, err := Load(context.Background(), Fashion, Options{Offline: true})
	if errors.Is(err, fs.ErrNotExist) {
		tb.Skipf("this machine has not all of Fashion-MNIST: %v", err)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// Each image of the sample is in the same part of the whole set, with the same label.
func TestSampleIsReal(t *testing.T) {
	sample, all := openSample(t), whole(t)
	for name, part := range map[string][2]Images{"train": {sample.Train, all.Train}, "test": {sample.Test, all.Test}} {
		type labelled struct {
			image string
			label uint8
		}
		real := map[labelled]bool{}
		for i := range part[1].Len() {
			real[labelled{string(part[1].Image(i)), part[1].Labels[i]}] = true
		}
		for i := range part[0].Len() {
			if !real[labelled{string(part[0].Image(i)), part[0].Labels[i]}] {
				t.Fatalf("%s: image %d of the sample is not in Fashion-MNIST", name, i)
			}
		}
	}
}

func TestWholeFashionMNIST(t *testing.T) {
	data := whole(t)
	if data.Train.Len() != 60000 || data.Test.Len() != 10000 {
		t.Errorf("%d + %d images, want 60,000 + 10,000", data.Train.Len(), data.Test.Len())
	}
	if data.Digest == openSample(t).Digest {
		t.Error("the sample and the whole set have the same digest")
	}
}

func BenchmarkSample(b *testing.B) {
	for b.Loop() {
		openSample(b)
	}
}

func BenchmarkWhole(b *testing.B) {
	for b.Loop() {
		whole(b)
	}
}
