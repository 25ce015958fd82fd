package setup

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// Zstandard brings Zstandard's own packer, if it is missing, and gives the folder that Python finds it in.
func (lab *Lab) Zstandard(ctx context.Context, tell Teller) (folder string, err error) {
	list := lab.lockFile("zstandard.txt")
	pins, err := os.ReadFile(list)
	if err != nil {
		return "", fmt.Errorf("the clone is not whole: %w: restore it with git checkout", err)
	}
	folder = lab.Under("zstandard")
	s := &Step{
		Name: "zstandard", Title: "Zstandard's packer " + pinned(string(pins), "zstandard"),
		Inputs:   []string{lab.Root, string(pins)},
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
