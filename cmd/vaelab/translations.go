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

// makeCatalogues gives the catalogue of each language the messages that there are now. It lists those files that this changes, and says
// how many messages each language has, and how many of them wait for a translator.
func makeCatalogues(layout setup.Layout) (changed, told []string, err error) {
	all, lacking := map[string]int{}, map[string]int{}
	err = eachCatalogue(layout, func(path string, l words.Language, entries []words.Entry) error {
		all[l.Name] += len(entries)
		lacking[l.Name] += len(translate.Faults(path, entries))
		wrote, err := translate.Save(path, l, entries)
		if wrote {
			changed = append(changed, path)
		}
		return err
	})
	for _, l := range words.Languages[1:] {
		told = append(told, fmt.Sprintf("%s: %s messages; %s fuzzy, broken or not translated.", l.Name, words.Thousands(all[l.Name]), words.Thousands(lacking[l.Name])))
	}
	return changed, told, err
}

// staleCatalogues says in sentences what the catalogues lack.
func staleCatalogues(layout setup.Layout) (faults []string, err error) {
	err = eachCatalogue(layout, func(path string, _ words.Language, entries []words.Entry) error {
		faults = append(faults, translate.Faults(filepath.ToSlash(path), entries)...)
		return nil
	})
	return faults, err
}

// eachCatalogue goes through the catalogues that there should be, each with the messages that there are now and what it has for them.
func eachCatalogue(layout setup.Layout, do func(path string, l words.Language, entries []words.Entry) error) error {
	each := func(path func(words.Language) string, messages []words.Entry) error {
		for _, l := range words.Languages[1:] {
			old, err := translate.Open(path(l))
			if err == nil {
				err = do(path(l), l, translate.Merge(old, messages))
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
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
		if err := each(p.Catalogue, book.Messages()); err != nil {
			return err
		}
	}
	documents := document.Of(layout.Root)
	for _, p := range documents.Pages {
		messages, err := documents.Messages(p)
		if err != nil {
			return err
		}
		if err := each(func(l words.Language) string { return documents.Catalogue(p, l) }, messages); err != nil {
			return err
		}
	}
	return each(func(l words.Language) string { return words.File(layout.Root, l.Code, "library") }, library)
}
