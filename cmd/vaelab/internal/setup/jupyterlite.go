package setup

import (
	"context"
	"os"
	"path/filepath"
)

// JupyterLite makes what a site's notebooks are shown by, if it is missing: the archive of JupyterLite's application and its
// licence, out of the pinned wheel. It gives the folder of the two, app.tgz and LICENSE.
func (lab *Lab) JupyterLite(ctx context.Context, tell Teller) (folder string, err error) {
	list, pins, err := lab.pins("jupyterlite.txt")
	if err != nil {
		return "", err
	}
	folder, version := lab.Under("jupyterlite"), pinned(pins, "jupyterlite-core")
	s := &Step{
		Name: "jupyterlite", Title: "JupyterLite " + version,
		Inputs:   []string{lab.Root, pins},
		Products: []string{filepath.Join(folder, "app.tgz"), filepath.Join(folder, "LICENSE")},
		Make: func(ctx context.Context, log *Log) error {
			app := "jupyterlite-app-" + version + ".tgz"
			if err := lab.unwheel(ctx, log, list, folder, app, "LICENSE"); err != nil {
				return err
			}
			return os.Rename(filepath.Join(folder, app), filepath.Join(folder, "app.tgz"))
		},
	}
	return folder, lab.buildApart(ctx, s, "JupyterLite", tell)
}
