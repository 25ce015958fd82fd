//go:build !js

package datasets

import (
	"embed"
	"io/fs"

	"vaelab/vaelib/words"
)

//go:generate go run ./internal/makesample -to sample

// The files are plain IDX on purpose: unpacking gzip would cost every notebook cell that opens the sample several
// times what reading it costs, and both git and Go's module archives compress them anyway.
//
//go:embed sample/*-ubyte
var embedded embed.FS

func sampleFolder() (fs.FS, error) { return fs.Sub(embedded, "sample") }

func sampleSource() string { return words.Say("embedded in the module") }
