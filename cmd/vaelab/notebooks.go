package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"vaelab/cmd/vaelab/internal/document"
	"vaelab/cmd/vaelab/internal/notebook"
	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/claim"
	"vaelab/vaelib/words"
)

// notebooksFlags are the flags of notebooks.
type notebooksFlags struct {
	check bool
	fonts fontFlags
}

func (x *notebooksFlags) declare(f *flag.FlagSet) {
	f.BoolVar(&x.check, "check", false, words.Text("only check that they are current"))
	f.BoolVar(&x.fonts.letters, "letters", false, words.Text("cut the font of the figures' Chinese letters anew, to those that the catalogues have by now"))
	f.StringVar(&x.fonts.source, "font", "", words.Text("cut both fonts of the figures' Chinese letters anew, from `FILE`, NotoSansCJK-Regular.ttc: needed where catalogues have letters that GB 2312 lacks"))
}

// makeNotebooks makes the learners' notebooks from those with solutions, and both and the documents in the course's other languages; or
// it only checks that they are current.
func makeNotebooks(ctx context.Context, layout setup.Layout, args []string) error {
	var x notebooksFlags
	words, err := parse("notebooks", &x, args)
	if err != nil {
		return err
	}
	if len(words) > 0 {
		return usage(fmt.Errorf("notebooks takes no %q: it makes them all", words[0]))
	}
	if x.check {
		faults, err := staleNotebooks(layout)
		if err == nil && len(faults) > 0 {
			err = fmt.Errorf("%s: run go run ./cmd/vaelab notebooks", strings.Join(inside(layout, faults), "; "))
		}
		return err
	}
	pairs, err := notebook.Pairs(layout.Notebooks())
	if err != nil {
		return err
	}
	changed, told, err := makeCatalogues(layout)
	if err != nil {
		return err
	}
	for i, p := range pairs {
		name, err := quote(layout, p, i+1)
		if err != nil {
			return err
		}
		changed = append(changed, name...)
		names, err := p.Write()
		changed = append(changed, names...)
		if err != nil {
			return err
		}
	}
	names, err := document.Of(layout.Root).Write()
	changed = append(changed, names...)
	if err != nil {
		return err
	}
	for _, name := range inside(layout, changed) {
		fmt.Println("wrote", name)
	}
	fmt.Printf("%d learners' notebooks are current.\n", len(pairs))
	for _, line := range told {
		fmt.Println(line)
	}
	return x.fonts.make(ctx, layout)
}

// quote writes the words of a notebook's claims into their file, and names the file if that changed it.
func quote(layout setup.Layout, p notebook.Pair, number int) (changed []string, err error) {
	file, book, err := claimsAbout(layout, p, number)
	if err != nil {
		return nil, err
	}
	before := file.Bytes()
	if err := quoteAll(p, book, file); err != nil {
		return nil, err
	}
	if bytes.Equal(file.Bytes(), before) {
		return nil, nil
	}
	path := claimsFile(layout, number)
	return []string{path}, os.WriteFile(path, file.Bytes(), 0o644)
}

// quoteAll writes the words of all editions.
func quoteAll(p notebook.Pair, book *notebook.Book, file *claim.Book) error {
	book.Quote(file)
	editions, err := p.Editions()
	for _, e := range editions {
		e.Book.QuoteIn(e.Language, file)
	}
	return err
}

// staleNotebooks says in sentences what is not current in the course's notebooks, documents and catalogues.
func staleNotebooks(layout setup.Layout) ([]string, error) {
	folder := layout.Notebooks()
	pairs, err := notebook.Pairs(folder)
	if err != nil {
		return nil, err
	}
	faults, err := notebook.Orphans(folder)
	if err != nil {
		return nil, err
	}
	for i, p := range pairs {
		stale, err := p.Stale()
		if err != nil {
			return nil, err
		}
		file, book, err := claimsAbout(layout, p, i+1)
		if err != nil {
			return nil, err
		}
		faults = append(append(faults, stale...), book.ClaimFaults(file)...)
		before := file.Bytes()
		if err := quoteAll(p, book, file); err != nil {
			return nil, err
		}
		if !bytes.Equal(before, file.Bytes()) {
			faults = append(faults, fmt.Sprintf("%s quotes what no text says any more", claim.File(i+1)))
		}
	}
	pages, err := document.Of(layout.Root).Stale()
	if err != nil {
		return nil, err
	}
	lacking, err := staleCatalogues(layout)
	return append(append(faults, pages...), lacking...), err
}

// inside shortens paths in texts to those inside the clone.
func inside(layout setup.Layout, texts []string) []string {
	var short []string
	for _, text := range texts {
		short = append(short, strings.ReplaceAll(text, layout.Root+string(filepath.Separator), ""))
	}
	return short
}
