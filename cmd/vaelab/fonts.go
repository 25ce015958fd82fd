package main

import (
	"context"
	"fmt"
	"path/filepath"

	"vaelab/cmd/vaelab/internal/fontcut"
	"vaelab/cmd/vaelab/internal/setup"
)

// fontFlags ask for the fonts in which figures draw Chinese letters to be made anew. Mostly they need not be.
type fontFlags struct {
	letters bool
	source  string
}

// make makes the fonts that are asked for. It says what is lacking if none is.
func (x fontFlags) make(ctx context.Context, layout setup.Layout) error {
	letters, err := fontcut.Letters(layout.Root)
	if err != nil {
		return err
	}
	if !x.letters && x.source == "" {
		lacking, err := fontcut.Lacking(filepath.Join(fontcut.Folder(layout.Root), fontcut.Course), letters)
		if err == nil && lacking != "" {
			fmt.Printf("%s lacks %s, which catalogues have: run go run ./cmd/vaelab notebooks -letters\n", fontcut.Course, lacking)
		}
		return err
	}
	tell := newConsole()
	made, err := ready(ctx, layout, new(backendFlag).wish, setup.Options{Jupyter: true}, tell)
	if err != nil {
		return err
	}
	cutter := fontcut.Cutter{Python: layout.Python()}
	if cutter.FontTools, err = made.FontTools(ctx, tell); err != nil {
		return err
	}
	if x.source != "" {
		if err := cutter.All(ctx, layout.Root, x.source, letters); err != nil {
			return err
		}
	}
	if err := cutter.Course(ctx, layout.Root, letters); err != nil {
		return err
	}
	fmt.Printf("The figures' fonts have the catalogues' %d Chinese letters and marks.\n", len([]rune(letters)))
	return nil
}
