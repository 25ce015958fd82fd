package datasets

import (
	"embed"
	"io/fs"
)

//go:generate go run ./internal/makesample -to sample

// The files are plain IDX on purpose: unpacking gzip would cost every notebook cell that opens the sample several
// times what reading it costs, and both git and Go's module archives compress them anyway.
//
//go:embed sample/*-ubyte
var embedded embed.FS

// Sample opens the sample of Fashion-MNIST that is part of this module: for each of the ten classes 1,000 images to
// train on and 200 to test on, in mixed order. It needs no network and no file.
func Sample() (Dataset, error) {
	s, err := lookUp(FashionSample)
	if err != nil {
		return Dataset{}, err
	}
	folder, err := fs.Sub(embedded, "sample")
	if err != nil {
		return Dataset{}, err
	}
	data, err := s.read(folder)
	data.Source = "embedded in the module"
	return data, err
}
