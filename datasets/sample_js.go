package datasets

import (
	"io/fs"
	"os"
	"path/filepath"

	"vaelab/vaelib/places"
	"vaelab/vaelib/words"
)

func sampleFolder() (fs.FS, error) {
	clone, err := places.Clone()
	if err != nil {
		return nil, err
	}
	return os.DirFS(filepath.Join(clone, "datasets", "sample")), nil
}

func sampleSource() string { return words.Say("a file of the site") }
