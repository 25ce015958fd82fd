package setup

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// JupyterLite makes what a site's notebooks are shown by, if it is missing: the archive of JupyterLite's application and its
// licence, out of the pinned wheel. It gives the folder of the two, app.tgz and LICENSE.
func (lab *Lab) JupyterLite(ctx context.Context, tell Teller) (folder string, err error) {
	list := lab.lockFile("jupyterlite.txt")
	pins, err := os.ReadFile(list)
	if err != nil {
		return "", fmt.Errorf("the clone is not whole: %w: restore it with git checkout", err)
	}
	folder = lab.Under("jupyterlite")
	s := &Step{
		Name: "jupyterlite", Title: "JupyterLite " + pinned(string(pins), "jupyterlite-core"),
		Inputs:   []string{lab.Root, string(pins)},
		Products: []string{filepath.Join(folder, "app.tgz"), filepath.Join(folder, "LICENSE")},
		Make:     func(ctx context.Context, log *Log) error { return lab.unpackLite(ctx, log, list, folder) },
	}
	return folder, lab.buildApart(ctx, s, "JupyterLite", tell)
}

func (l Layout) unpackLite(ctx context.Context, log *Log, list, folder string) error {
	part := folder + ".part"
	if err := os.RemoveAll(part); err != nil {
		return err
	}
	defer os.RemoveAll(part)
	wheel, err := l.wheel(ctx, log, list, part)
	if err != nil {
		return err
	}
	app := "jupyterlite-app-" + pinnedIn(list, "jupyterlite-core") + ".tgz"
	whole := filepath.Join(part, "whole")
	if err := unzipTo(wheel, whole, app, "LICENSE"); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(whole, app), filepath.Join(whole, "app.tgz")); err != nil {
		return err
	}
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	return os.Rename(whole, folder)
}

// pinnedIn is pinned for a lock file.
func pinnedIn(list, name string) string {
	text, err := os.ReadFile(list)
	if err != nil {
		return ""
	}
	return pinned(string(text), name)
}
