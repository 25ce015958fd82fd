package setup

import (
	"context"
	"os"
	"path/filepath"
)

// Zstandard brings Zstandard's own packer, if it is missing, and gives the folder that Python finds it in.
func (lab *Lab) Zstandard(ctx context.Context, tell Teller) (folder string, err error) {
	list, pins, err := lab.pins("zstandard.txt")
	if err != nil {
		return "", err
	}
	folder = lab.Under("zstandard")
	s := &Step{
		Name: "zstandard", Title: "Zstandard's packer " + pinned(pins, "zstandard"),
		Inputs:   []string{lab.Root, pins},
		Products: []string{filepath.Join(folder, "zstandard", "__init__.py")},
		Make: func(ctx context.Context, log *Log) error {
			if err := os.RemoveAll(folder); err != nil {
				return err
			}
			return lab.pip(ctx, log, "install", "--target", folder, "-r", list)
		},
	}
	return folder, lab.buildApart(ctx, s, "Zstandard's packer", tell)
}
