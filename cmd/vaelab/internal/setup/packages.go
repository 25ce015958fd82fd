package setup

import (
	"context"
	"os"
	"path/filepath"
)

// Zstandard brings Zstandard's own packer, if it is missing, and gives the folder that Python finds it in.
func (lab *Lab) Zstandard(ctx context.Context, tell Teller) (folder string, err error) {
	return lab.apart(ctx, "zstandard", "zstandard", "Zstandard's packer", tell)
}

// FontTools brings what cuts fonts, if it is missing, and gives the folder that Python finds it in.
func (lab *Lab) FontTools(ctx context.Context, tell Teller) (folder string, err error) {
	return lab.apart(ctx, "fonttools", "fontTools", "fontTools", tell)
}

// apart installs a pinned package, by its name and by that of its module, into a folder of its own.
func (lab *Lab) apart(ctx context.Context, name, module, what string, tell Teller) (folder string, err error) {
	list, pins, err := lab.pins(name + ".txt")
	if err != nil {
		return "", err
	}
	folder = lab.Under(name)
	s := &Step{
		Name: name, Title: what + " " + pinned(pins, name),
		Inputs:   []string{lab.Root, pins},
		Products: []string{filepath.Join(folder, module, "__init__.py")},
		Make: func(ctx context.Context, log *Log) error {
			if err := os.RemoveAll(folder); err != nil {
				return err
			}
			return lab.pip(ctx, log, "install", "--target", folder, "-r", list)
		},
	}
	return folder, lab.buildApart(ctx, s, what, tell)
}
