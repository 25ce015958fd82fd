package simd

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed all:_backend
var backend embed.FS

// Backend gives the files that have GoMLX's Go backend call the module, by their paths in github.com/gomlx/compute.
func Backend() (files map[string]string, err error) {
	files = map[string]string{}
	err = fs.WalkDir(backend, "_backend", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := backend.ReadFile(path)
		files["internal/gobackend/"+strings.TrimPrefix(path, "_backend/")] = string(text)
		return err
	})
	return files, err
}
