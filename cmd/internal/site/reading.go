package site

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"vaelab/cmd/internal/site/pages"
)

// jupyterLabBytes is what JupyterLab itself fetches before it shows a notebook: measured, see docs/browser.md.
const jupyterLabBytes = 6_500_000

// reading makes the pages that need no lab, the front page among them: it takes the place of JupyterLite's own.
func (b *build) reading(ctx context.Context) error {
	lab, err := b.labBytes()
	if err != nil {
		return err
	}
	alive, err := b.alive(ctx)
	if err != nil {
		return err
	}
	files, err := pages.Write(pages.Options{Live: alive, Root: b.Root, Executed: b.Executed, Others: b.languages(), Version: b.Version, LabBytes: lab})
	if err != nil {
		return err
	}
	for name, data := range files {
		if err := b.write(name, data); err != nil {
			return err
		}
	}
	return nil
}

// labBytes is what the lab fetches at most before a cell asks for a model.
func (b *build) labBytes() (int64, error) {
	m := b.manifest
	sum := int64(jupyterLabBytes)
	for _, f := range []file{m.Compile, m.Link, m.Cells, m.Compute, m.SIMD, m.Packages} {
		sum += int64(f.Bytes)
	}
	for _, name := range m.Packs {
		info, err := os.Stat(filepath.Join(b.out, "vaelab", name))
		if err != nil {
			return 0, err
		}
		sum += info.Size()
	}
	for path, f := range m.Files {
		if strings.HasPrefix(path, "datasets/") {
			sum += int64(f.Bytes)
		}
	}
	return sum, nil
}
