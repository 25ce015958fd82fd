package main

import (
	"fmt"
	"path/filepath"

	"vaelab/cmd/vaelab/internal/document"
	"vaelab/cmd/vaelab/internal/notebook"
	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/cmd/vaelab/internal/translate"
	"vaelab/vaelib/words"
)

// makeCatalogues gives the catalogue of each language the messages that there are now, and lists those files that this changes.
func makeCatalogues(layout setup.Layout) (changed []string, err error) {
	err = eachCatalogue(layout, func(path string, l words.Language, messages []words.Entry) error {
		old, err := translate.Open(path)
		if err != nil {
			return err
		}
		wrote, err := translate.Save(path, l, translate.Merge(old, messages))
		if wrote {
			changed = append(changed, path)
		}
		return err
	})
	return changed, err
}

// staleCatalogues says in sentences what the catalogues lack.
func staleCatalogues(layout setup.Layout) (faults []string, err error) {
	err = eachCatalogue(layout, func(path string, _ words.Language, messages []words.Entry) error {
		old, err := translate.Open(path)
		if err != nil {
			return err
		}
		faults = append(faults, translate.Faults(filepath.ToSlash(path), translate.Merge(old, messages))...)
		return nil
	})
	return faults, err
}

// toldCatalogues says how many messages each language has, and how many of them wait for a translator.
func toldCatalogues(layout setup.Layout) (lines []string, err error) {
	all, lacking := map[string]int{}, map[string]int{}
	err = eachCatalogue(layout, func(path string, l words.Language, messages []words.Entry) error {
		entries, err := translate.Open(path)
		all[l.Name] += len(messages)
		lacking[l.Name] += len(translate.Faults(path, translate.Merge(entries, messages)))
		return err
	})
	for _, l := range words.Languages[1:] {
		lines = append(lines, fmt.Sprintf("%s: %s messages; %s fuzzy, broken or not translated.", l.Name, words.Thousands(all[l.Name]), words.Thousands(lacking[l.Name])))
	}
	return lines, err
}

// eachCatalogue goes through the catalogues that there should be, with their messages.
func eachCatalogue(layout setup.Layout, do func(path string, l words.Language, messages []words.Entry) error) error {
	library, err := translate.Library(layout.Root)
	if err != nil {
		return err
	}
	pairs, err := notebook.Pairs(layout.Notebooks())
	if err != nil {
		return err
	}
	for _, p := range pairs {
		book, err := notebook.Read(p.Source)
		if err != nil {
			return err
		}
		for _, l := range words.Languages[1:] {
			if err := do(p.Catalogue(l), l, book.Messages()); err != nil {
				return err
			}
		}
	}
	documents := document.Of(layout.Root)
	for _, p := range documents.Pages {
		messages, err := documents.Messages(p)
		if err != nil {
			return err
		}
		for _, l := range words.Languages[1:] {
			if err := do(documents.Catalogue(p, l), l, messages); err != nil {
				return err
			}
		}
	}
	for _, l := range words.Languages[1:] {
		if err := do(words.File(layout.Root, l.Code, "library"), l, library); err != nil {
			return err
		}
	}
	return nil
}
