package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"vaelab/datasets"
)

// What is embedded is what this program would draw again.
func TestSampleIsUpToDate(t *testing.T) {
	whole, err := datasets.Load(context.Background(), datasets.Fashion, datasets.Options{Offline: true})
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("this machine has not all of Fashion-MNIST: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range sampleFiles(whole) {
		embedded, err := os.ReadFile(filepath.Join("..", "..", "sample", f.name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(embedded, f.contents) {
			t.Errorf("%s is not what go generate would write", f.name)
		}
	}
}

// Equal images count once, and a class gives no more than n.
func TestDraw(t *testing.T) {
	images := datasets.Images{Width: 1, Height: 1, Classes: []string{"dark", "light"},
		Pixels: []uint8{1, 1, 2, 3, 200, 200}, Labels: []uint8{0, 0, 0, 0, 1, 1}}
	got := draw(images, 2)
	seen := map[uint8]int{}
	for _, pixel := range got.Pixels {
		seen[pixel]++
	}
	for pixel, times := range seen {
		if times != 1 {
			t.Errorf("the image %d was drawn %d times", pixel, times)
		}
	}
	if got.Len() != 3 || seen[200] != 1 {
		t.Errorf("drew %v, want two dark images and the one light one", got.Pixels)
	}
}
