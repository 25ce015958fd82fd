package notebook

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"vaelab/cmd/vaelab/internal/translate"
	"vaelab/vaelib/words"
)

// Pair is a notebook with its solutions, and the learner's notebook that is made from it.
type Pair struct{ Source, Learner string }

// Solutions is the folder, inside the one with the learners' notebooks, that holds the sources.
const Solutions = "solutions"

// In lists the paths of the notebooks in a folder, in order. A folder that isn't there has none.
func In(folder string) ([]string, error) {
	names, err := fs.Glob(os.DirFS(folder), "*.ipynb") // the folder's own path is no pattern
	if err != nil {
		return nil, err
	}
	for i, name := range names {
		names[i] = filepath.Join(folder, name)
	}
	return names, nil
}

// Pairs lists what is to be made in a folder of notebooks.
func Pairs(folder string) ([]Pair, error) {
	sources, err := In(filepath.Join(folder, Solutions))
	if err != nil {
		return nil, err
	}
	var pairs []Pair
	for _, source := range sources {
		pairs = append(pairs, Pair{source, filepath.Join(folder, filepath.Base(source))})
	}
	return pairs, nil
}

// made is a notebook as it should be.
type made struct {
	path, from string // from is what it is made of
	book       *Book
}

// all are the source as it should be, the learner's notebook, and both in each other language that has a catalogue for them.
func (p Pair) all() ([]made, error) {
	source, err := Read(p.Source)
	if err != nil {
		return nil, err
	}
	if err = source.Tidy(); err != nil {
		return nil, err
	}
	list := []made{{p.Source, "", source}}
	add := func(path, from string, solved *Book) error {
		learner, err := solved.Learner()
		if err == nil {
			list = append(list, made{path, from, learner})
		}
		return err
	}
	if err := add(p.Learner, p.Source, source); err != nil {
		return nil, err
	}
	editions, err := p.editionsOf(source)
	if err != nil {
		return nil, err
	}
	for _, e := range editions {
		list = append(list, made{e.Book.Path, p.Source, e.Book})
		if err := add(p.In(e.Language).Learner, p.Source, e.Book); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Edition is a notebook with solutions in another language.
type Edition struct {
	Language words.Language
	Book     *Book
}

// Editions are those that the notebook has in other languages: one for each catalogue.
func (p Pair) Editions() ([]Edition, error) {
	source, err := Read(p.Source)
	if err != nil {
		return nil, err
	}
	return p.editionsOf(source)
}

func (p Pair) editionsOf(source *Book) (list []Edition, err error) {
	for _, l := range words.Languages[1:] {
		texts, err := translate.Shown(p.Catalogue(l))
		if err != nil {
			return nil, err
		}
		if texts != nil {
			twin := source.In(l, texts)
			twin.Path = p.In(l).Source
			list = append(list, Edition{l, twin})
		}
	}
	return list, nil
}

// In is the pair of a language's edition: of another language than the sources', the same names in a folder of its own.
func (p Pair) In(l words.Language) Pair {
	if l.Folder() == "" {
		return p
	}
	folder, name := filepath.Split(p.Learner)
	return Pair{filepath.Join(folder, l.Code, Solutions, name), filepath.Join(folder, l.Code, name)}
}

// Catalogue is the path of the catalogue of a language's edition; it lies in the clone that has the notebooks.
func (p Pair) Catalogue(l words.Language) string {
	folder, name := filepath.Split(p.Learner)
	number, _, _ := strings.Cut(strings.TrimSuffix(name, ".ipynb"), "_")
	return words.File(filepath.Dir(filepath.Clean(folder)), l.Code, number)
}

// Stale says in sentences what is not current; nothing if all is.
func (p Pair) Stale() ([]string, error) {
	list, err := p.all()
	if err != nil {
		return nil, err
	}
	var faults []string
	for _, m := range list {
		text, err := os.ReadFile(m.path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			faults = append(faults, fmt.Sprintf("%s has not been made from %s yet", m.path, m.from))
		case err != nil:
			return nil, err
		case bytes.Equal(text, m.book.Bytes()):
		case m.from == "":
			faults = append(faults, fmt.Sprintf("%s has outputs, or lacks what nbgrader needs%s", m.path, firstDifference(text, m.book)))
		default:
			faults = append(faults, fmt.Sprintf("%s is not what %s gives%s", m.path, m.from, firstDifference(text, m.book)))
		}
	}
	return faults, nil
}

// firstDifference names the first cell in which a file differs from what it should be.
func firstDifference(text []byte, want *Book) string {
	have, err := parse(want.Path, text)
	if err != nil {
		return ": it is not a notebook"
	}
	for i, c := range want.cells {
		if i >= len(have.cells) {
			return fmt.Sprintf(": cell %s is missing", c.id())
		}
		if !bytes.Equal(bookOf(c), bookOf(have.cells[i])) {
			return fmt.Sprintf(": the first difference is in cell %s", c.id())
		}
	}
	if len(have.cells) > len(want.cells) {
		return fmt.Sprintf(": cell %s is too much", have.cells[len(want.cells)].id())
	}
	return ""
}

func bookOf(c cell) []byte { return (&Book{all: c.fields}).Bytes() }

// Write brings all of these files up to date, and lists those that it changed. A notebook that has been made and has outputs is
// somebody's work, and left alone.
func (p Pair) Write() (changed []string, err error) {
	list, err := p.all()
	if err != nil {
		return nil, err
	}
	for _, m := range list {
		if old, err := Read(m.path); err == nil && m.from != "" && old.hasOutputs() {
			return nil, fmt.Errorf("%s has outputs, so somebody works in it: move it away, or restore it with git checkout, and run this again", m.path)
		}
	}
	for _, m := range list {
		wrote, err := translate.Write(m.path, m.book.Bytes())
		if err != nil {
			return changed, err
		}
		if wrote {
			changed = append(changed, m.path)
		}
	}
	return changed, nil
}

// Orphans lists learners' notebooks with exercises whose sources are gone.
func Orphans(folder string) ([]string, error) {
	books, err := In(folder)
	if err != nil {
		return nil, err
	}
	var faults []string
	for _, path := range books {
		b, err := Read(path)
		if err != nil {
			return nil, err
		}
		source := filepath.Join(folder, Solutions, filepath.Base(path))
		_, err = os.Stat(source)
		if errors.Is(err, fs.ErrNotExist) && (b.Exercises() > 0 || strings.Contains(string(b.Bytes()), begin)) {
			faults = append(faults, fmt.Sprintf("%s has exercises, but there is no %s to make it from", path, source))
		}
	}
	return faults, nil
}
