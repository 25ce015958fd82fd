package datasets

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

var abc = []string{"a", "b", "c"}

func TestReadIDX(t *testing.T) {
	pixels, labels := noise(5*3*2, 256), []uint8{0, 2, 1, 0, 2}
	images := encode(magicImages, pixels, 5, 3, 2)
	for name, pack := range map[string]func([]byte) []byte{"plain": bytes.Clone, "gzip": zip} {
		t.Run(name, func(t *testing.T) {
			got, err := ReadIDX(iotest.OneByteReader(bytes.NewReader(pack(images))),
				bytes.NewReader(pack(encode(magicLabels, labels, 5))), abc)
			if err != nil {
				t.Fatal(err)
			}
			if got.Height != 3 || got.Width != 2 || !bytes.Equal(got.Pixels, pixels) || !bytes.Equal(got.Labels, labels) {
				t.Errorf("read %+v, want the pixels %v and labels %v", got, pixels, labels)
			}
			if !slices.Equal(got.Classes, abc) {
				t.Errorf("classes %v, want %v", got.Classes, abc)
			}
		})
	}
}

// An image larger than the first buffer makes the reader's buffer grow.
func TestReadIDXLargerThanFirstBuffer(t *testing.T) {
	pixels := bytes.Repeat(noise(maxSide, 256), 4*maxSide)
	if len(pixels) <= firstBuffer {
		t.Fatal("this test needs larger images")
	}
	got, err := ReadIDXImages(bytes.NewReader(encode(magicImages, pixels, 4, maxSide, maxSide)))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Pixels, pixels) {
		t.Error("the pixels changed")
	}
}

func TestReadIDXRefuses(t *testing.T) {
	images := encode(magicImages, noise(5*3*2, 256), 5, 3, 2)
	labels := encode(magicLabels, []uint8{0, 2, 1, 0, 2}, 5)
	flipped := zip(images)
	flipped[len(flipped)-6] ^= 1 // in gzip's own checksum
	for _, test := range []struct {
		name           string
		images, labels []byte
		want           string
	}{
		{"empty images", nil, labels, "images: not a whole IDX file: it is empty"},
		{"empty labels", images, nil, "labels: not a whole IDX file: it is empty"},
		{"one byte", images[:1], labels, "cut off in its header"},
		{"half a header", images[:9], labels, "cut off in its header"},
		{"no pixels", images[:16], labels, "cut off after 0 of its 5 images"},
		{"half of the pixels", images[:16+17], labels, "cut off after 2 of its 5 images"},
		{"one label short", images, labels[:12], "cut off after 4 of its 5 labels"},
		{"half of the gzip header", zip(images)[:5], labels, "cut off in its gzip header"},
		{"half of the gzip data", zip(images)[:30], labels, "cut off"},
		{"gzip without its end", zip(images)[:len(zip(images))-3], labels, "cut off at its end"},
		{"damaged gzip", flipped, labels, "gzip data is damaged"},
		{"bytes after gzip", append(zip(images), 1, 2, 3), labels, "cut off at its end"},
		{"gzip with a bad method", []byte{0x1f, 0x8b, 9, 0, 0, 0, 0, 0, 0, 0}, labels, "gzip data is damaged"},
		{"trailing pixels", append(bytes.Clone(images), 0), labels, "goes on after its 5 images"},
		{"trailing labels", images, append(bytes.Clone(labels), 0), "goes on after its 5 labels"},
		{"swapped", labels, images, "it holds labels; were the two files swapped?"},
		{"images twice", images, images, "it holds images; were the two files swapped?"},
		{"a web page", []byte("<!DOCTYPE html>"), labels, "images: not an IDX file of images (unsigned bytes in 3 dimensions): it is a web page (HTML); download the file anew"},
		{"floats", encode(0xd03, nil, 5, 3, 2), labels, "it is an IDX file of 32-bit floating-point numbers in 3 dimensions (5 × 3 × 2)"},
		{"label out of range", images, encode(magicLabels, []uint8{0, 2, 3, 0, 2}, 5), "label 2 (counted from 0) is 3, but there are 3 classes"},
		{"no images", encode(magicImages, nil, 0, 3, 2), labels, "it holds 0 images"},
		{"flat images", encode(magicImages, nil, 5, 0, 2), labels, "5 images of 0 × 2 pixels, which can't be right"},
		{"huge side", encode(magicImages, nil, 1, 5000, 2), labels, "can't be right"},
		{"huge count", encode(magicImages, nil, 1<<31, 28, 28), labels, "can't be right"},
		{"all ones", encode(magicImages, nil, 1<<32-1, 1<<32-1, 1<<32-1), labels, "can't be right"},
		{"huge count of labels", images, encode(magicLabels, nil, 1<<32-1), "can't be right"},
		{"no labels", images, encode(magicLabels, nil, 0), "0 labels, which can't be right"},
		{"a label too few", images, encode(magicLabels, []uint8{0, 2, 1, 0}, 4), "5 images but 4 labels"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := ReadIDX(bytes.NewReader(test.images), bytes.NewReader(test.labels), abc)
			if !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %q, want ErrFormat with %q", err, test.want)
			}
		})
	}
}

// A header that promises as much as is allowed must not cost that much memory.
func TestReadIDXBelievesNoHeader(t *testing.T) {
	lie := encode(magicImages, make([]uint8, 100), 1<<20, 32, 32) // 1 GiB
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := ReadIDXImages(bytes.NewReader(lie))
	runtime.ReadMemStats(&after)
	if !errors.Is(err, ErrFormat) {
		t.Errorf("error %v, want ErrFormat", err)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 2*firstBuffer {
		t.Errorf("the header alone made it allocate %d bytes", used)
	}
}

// A disk that can't be read is no damaged file.
func TestReadIDXPassesReadErrorsOn(t *testing.T) {
	images := encode(magicImages, noise(5*3*2, 256), 5, 3, 2)
	bad := errors.New("bad sector")
	for _, good := range []int{0, 1, 7, 20, len(images)} {
		_, err := ReadIDXImages(io.MultiReader(bytes.NewReader(images[:good]), iotest.ErrReader(bad)))
		if !errors.Is(err, bad) || errors.Is(err, ErrFormat) {
			t.Errorf("after %d bytes: error %v, want %v alone", good, err, bad)
		}
	}
}

// Whatever the bytes are, the reader either refuses them or has understood every one of them.
func FuzzReadIDXImages(f *testing.F) {
	images := encode(magicImages, noise(2*3*2, 256), 2, 3, 2)
	f.Add(images)
	f.Add(zip(images))
	f.Add(images[:20])
	f.Add(encode(magicLabels, []uint8{1, 2}, 2))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := ReadIDXImages(bytes.NewReader(data))
		if err != nil {
			return
		}
		count := len(got.Pixels) / (got.Width * got.Height)
		again := encode(magicImages, got.Pixels, uint32(count), uint32(got.Height), uint32(got.Width))
		contents, err := uncompressed(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if whole, err := io.ReadAll(contents); err != nil || !bytes.Equal(whole, again) {
			t.Errorf("read %d images of %d × %d from other bytes (%v)", count, got.Height, got.Width, err)
		}
	})
}

func FuzzReadIDXLabels(f *testing.F) {
	f.Add(encode(magicLabels, []uint8{1, 2}, 2))
	f.Add(zip(encode(magicLabels, []uint8{1, 9}, 2)))
	f.Fuzz(func(t *testing.T, data []byte) {
		labels, err := ReadIDXLabels(bytes.NewReader(data), 10)
		if err != nil {
			return
		}
		if len(labels) == 0 || slices.Max(labels) > 9 {
			t.Errorf("accepted the labels %v", labels)
		}
	})
}
