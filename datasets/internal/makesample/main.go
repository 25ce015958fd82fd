// Command makesample draws the sample that is embedded in package datasets from the whole of Fashion-MNIST.
//
//	go generate ./datasets
//
// It needs no random numbers: it takes from each class the images whose SHA-256 is smallest, in the order of that
// sum. A sum knows nothing of what an image shows, so the choice is fair and the order mixed; and anyone can draw
// the same sample again in any language. It prints the sums that belong into the catalogue.
package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"vaelab/datasets"
)

const (
	trainOfEach = 1000
	testOfEach  = 200
)

func main() {
	from := flag.String("from", "", "the folder with the whole set; empty: look where datasets.Load looks")
	to := flag.String("to", "sample", "the folder to write to")
	flag.Parse()
	if err := run(*from, *to); err != nil {
		fmt.Fprintln(os.Stderr, "makesample:", err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	options := datasets.Options{Dir: from, Progress: os.Stderr}
	whole, err := datasets.Load(context.Background(), datasets.Fashion, options)
	if err != nil {
		return err
	}
	for _, f := range sampleFiles(whole) {
		if err := os.WriteFile(filepath.Join(to, f.name), f.contents, 0o644); err != nil {
			return err
		}
		fmt.Printf("{%q, %d, \"%x\"},\n", f.name, len(f.contents), sha256.Sum256(f.contents))
	}
	return nil
}

type sampleFile struct {
	name     string
	contents []byte
}

// sampleFiles are the four IDX files of the sample.
func sampleFiles(whole datasets.Dataset) []sampleFile {
	train, test := draw(whole.Train, trainOfEach), draw(whole.Test, testOfEach)
	return []sampleFile{
		{"train-images-idx3-ubyte", encode(0x803, train.Pixels, train.Len(), train.Height, train.Width)},
		{"train-labels-idx1-ubyte", encode(0x801, train.Labels, train.Len())},
		{"t10k-images-idx3-ubyte", encode(0x803, test.Pixels, test.Len(), test.Height, test.Width)},
		{"t10k-labels-idx1-ubyte", encode(0x801, test.Labels, test.Len())},
	}
}

// draw takes n images of each class, those with the smallest SHA-256, in the order of their sums. Of images that
// are equal in every pixel it takes the first only.
func draw(images datasets.Images, n int) datasets.Images {
	type candidate struct {
		index int
		sum   [sha256.Size]byte
	}
	candidates := make([]candidate, images.Len())
	for i := range candidates {
		candidates[i] = candidate{i, sha256.Sum256(images.Image(i))}
	}
	slices.SortFunc(candidates, func(a, b candidate) int {
		return cmp.Or(bytes.Compare(a.sum[:], b.sum[:]), cmp.Compare(a.index, b.index))
	})
	candidates = slices.CompactFunc(candidates, func(a, b candidate) bool { return a.sum == b.sum })

	sample := datasets.Images{Width: images.Width, Height: images.Height, Classes: images.Classes}
	taken := make([]int, len(images.Classes))
	for _, c := range candidates {
		if label := images.Labels[c.index]; taken[label] < n {
			taken[label]++
			sample.Pixels = append(sample.Pixels, images.Image(c.index)...)
			sample.Labels = append(sample.Labels, label)
		}
	}
	return sample
}

// encode is an IDX file: the magic number, the sizes, the data.
func encode(magic uint32, data []uint8, sizes ...int) []byte {
	contents := binary.BigEndian.AppendUint32(nil, magic)
	for _, size := range sizes {
		contents = binary.BigEndian.AppendUint32(contents, uint32(size))
	}
	return append(contents, data...)
}
