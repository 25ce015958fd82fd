package start

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

//go:embed extension
var extension embed.FS

// Name is the extension's, and that of its folder among those that JupyterLab looks through.
const Name = "vaelab-start"

// picture is the one at the top of the page, in the folder of documents, or in another language's there.
const picture = "pictures/weights.png"

// Write puts the extension with the page of the clone at root into a folder of JupyterLab's extensions. progress is the
// file in which the course keeps what is done; it need not be there.
func Write(root, extensions, progress string) (*Status, error) {
	page, err := Of(root)
	if err != nil {
		return nil, err
	}
	s, err := write(root, filepath.Join(extensions, Name), progress, page)
	if err != nil {
		return nil, fmt.Errorf("the start page can't be written: %w", err)
	}
	return s, nil
}

func write(root, dir, progress string, page Page) (*Status, error) {
	err := fs.WalkDir(extension, "extension", func(name string, d fs.DirEntry, err error) error {
		to := filepath.Join(dir, filepath.FromSlash(name[len("extension"):]))
		if err != nil || d.IsDir() {
			return errors.Join(err, os.MkdirAll(to, 0o755))
		}
		text, err := extension.ReadFile(name)
		return errors.Join(err, os.WriteFile(to, text, 0o644))
	})
	if err != nil {
		return nil, err
	}
	static := filepath.Join(dir, "static")
	text, err := json.MarshalIndent(page, "", "  ")
	if err == nil {
		err = os.WriteFile(filepath.Join(static, "page.json"), append(text, '\n'), 0o644)
	}
	if err != nil {
		return nil, err
	}
	for _, e := range page.Editions {
		drawn, err := os.ReadFile(filepath.Join(root, "docs", e.Language, filepath.FromSlash(picture)))
		if errors.Is(err, fs.ErrNotExist) {
			drawn, err = os.ReadFile(filepath.Join(root, "docs", filepath.FromSlash(picture)))
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(static, e.Picture), drawn, 0o644)
		}
		if err != nil {
			return nil, err
		}
	}
	s := &Status{dir: static, progress: progress}
	return s, s.begin()
}
