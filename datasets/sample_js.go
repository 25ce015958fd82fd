package datasets

import (
	"io/fs"
	"os"
	"path/filepath"

	"vaelab/vaelib/places"
)

func sampleFolder() (fs.FS, error) {
	clone, err := places.Clone()
	if err != nil {
		return nil, err
	}
	return os.DirFS(filepath.Join(clone, "datasets", "sample")), nil
}

const sampleSource = "a file of the site"
