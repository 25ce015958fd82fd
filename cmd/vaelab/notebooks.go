package main

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"strings"

	"vaelab/cmd/vaelab/internal/notebook"
	"vaelab/cmd/vaelab/internal/setup"
)

// notebooksFlags are the flags of notebooks.
type notebooksFlags struct{ check bool }

func (x *notebooksFlags) declare(f *flag.FlagSet) {
	f.BoolVar(&x.check, "check", false, "only check that they are current")
}

// makeNotebooks makes the learners' notebooks from those with solutions, or only checks that they are current.
func makeNotebooks(_ context.Context, layout setup.Layout, args []string) error {
	var x notebooksFlags
	words, err := parse("notebooks", &x, args)
	if err != nil {
		return err
	}
	if len(words) > 0 {
		return usage("notebooks takes no %q: it makes them all", words[0])
	}
	if x.check {
		faults, err := staleNotebooks(layout.Notebooks())
		if err == nil && len(faults) > 0 {
			err = fmt.Errorf("%s: run go run ./cmd/vaelab notebooks", strings.Join(inside(layout, faults), "; "))
		}
		return err
	}
	pairs, err := notebook.Pairs(layout.Notebooks())
	if err != nil {
		return err
	}
	var changed []string
	for _, p := range pairs {
		names, err := p.Write()
		changed = append(changed, names...)
		if err != nil {
			return err
		}
	}
	for _, name := range inside(layout, changed) {
		fmt.Println("wrote", name)
	}
	fmt.Printf("%d learners' notebooks are current.\n", len(pairs))
	return nil
}

// staleNotebooks says in sentences what is not current in a folder of notebooks.
func staleNotebooks(folder string) ([]string, error) {
	pairs, err := notebook.Pairs(folder)
	if err != nil {
		return nil, err
	}
	faults, err := notebook.Orphans(folder)
	if err != nil {
		return nil, err
	}
	for _, p := range pairs {
		stale, err := p.Stale()
		if err != nil {
			return nil, err
		}
		faults = append(faults, stale...)
	}
	return faults, nil
}

// inside shortens paths in texts to those inside the clone.
func inside(layout setup.Layout, texts []string) []string {
	var short []string
	for _, text := range texts {
		short = append(short, strings.ReplaceAll(text, layout.Root+string(filepath.Separator), ""))
	}
	return short
}
