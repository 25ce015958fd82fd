package setup

import (
	"context"
	"os"
	"path/filepath"
)

// FontTools brings what cuts fonts, if it is missing, and gives the folder that Python finds it in.
func (lab *Lab) FontTools(ctx context.Context, tell Teller) (folder string, err error) {
	list, pins, err := lab.pins("fonttools.txt")
	if err != nil {
		return "", err
	}
	folder = lab.Under("fonttools")
	s := &Step{
		Name: "fonttools", Title: "fontTools " + pinned(pins, "fonttools"),
		Inputs:   []string{lab.Root, pins},
		Products: []string{filepath.Join(folder, "fontTools", "__init__.py")},
		Make: func(ctx context.Context, log *Log) error {
			if err := os.RemoveAll(folder); err != nil {
				return err
			}
			return lab.pip(ctx, log, "install", "--target", folder, "-r", list)
		},
	}
	return folder, lab.buildApart(ctx, s, "fontTools", tell)
}
