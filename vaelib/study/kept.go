package study

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"vaelab/datasets"
	"vaelab/vaelib/internal/atomicfile"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/places"
)

// components gives the principal components of a data set's training images. To find them takes more than a second, in a browser's tab
// more than ten, and they depend on nothing but the images: so they are kept beside the runs, in a file whose name says of what they
// are. Where it can't be read or written they are found anew: nothing depends on it but time.
func components(data datasets.Dataset) (*measure.PCA, error) {
	file := ""
	if runs, err := places.Runs(); err == nil {
		file = filepath.Join(runs, "features", name(data))
		for _, from := range []string{runs, places.Shared(runs)} {
			if from == "" {
				continue
			}
			kept := new(measure.PCA)
			if bytes, err := os.ReadFile(filepath.Join(from, "features", name(data))); err == nil && kept.UnmarshalBinary(bytes) == nil {
				return kept, nil
			}
		}
	}
	found, err := measure.NewPCA(data.Train, measure.Features)
	if err != nil || file == "" {
		return found, err
	}
	if bytes, err := found.MarshalBinary(); err == nil && os.MkdirAll(filepath.Dir(file), 0o755) == nil {
		_ = atomicfile.WriteSoon(file, func(w io.Writer) error {
			_, err := w.Write(bytes)
			return err
		})
	}
	return found, nil
}

// name says by its digest what decides the components: the images, their number, and how they are found. Whoever changes NewPCA so
// that it gives other numbers changes the word.
func name(data datasets.Dataset) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "PCA of grey values 1\n%s\n%d", data.Train.Fingerprint(), measure.Features))
	return fmt.Sprintf("pca-%x", sum[:8])
}
