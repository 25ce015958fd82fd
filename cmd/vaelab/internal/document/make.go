package document

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"vaelab/cmd/vaelab/internal/translate"
	"vaelab/vaelib/words"
)

// made is a page as it should be.
type made struct {
	path, text string
	from       string // what it is made of; nothing for an English page, of which a line is
}

// begins is how a made page begins, for whoever would edit it.
const begins = "<!-- Made by go run ./cmd/vaelab notebooks"

// all are the English pages, with their links to other languages, and those in each other language.
func (s Set) all() (list []made, err error) {
	english := map[Page]string{}
	for _, p := range s.Pages {
		text, err := s.read(p)
		if err != nil {
			return nil, err
		}
		english[p] = withLanguages(text, languages(p, words.Languages[0]))
		list = append(list, made{p.Source(), english[p] + "\n", ""})
	}
	for _, l := range words.Languages[1:] {
		e := edition{s, l, english, map[Page]string{}}
		for _, p := range s.Pages {
			known, err := translate.Shown(s.Catalogue(p, l))
			if err != nil {
				return nil, err
			}
			e.text[p] = replaced(english[p], func(block string) string {
				if text, ok := known.Find("", block); ok {
					return text
				}
				return block
			})
		}
		for _, p := range s.Pages {
			from := p.Source() + " and " + path.Join("vaelib/words", l.Code, string(p)+".po")
			text := withLanguages(e.relinked(p), languages(p, l))
			list = append(list, made{p.In(l), begins + " from " + from + ": change those. -->\n\n" + text + "\n", from})
		}
	}
	return list, nil
}

// Stale says in sentences which pages are not current, or are left of a page that is gone.
func (s Set) Stale() (faults []string, err error) {
	list, err := s.all()
	if err != nil {
		return nil, err
	}
	should := map[string]bool{}
	for _, m := range list {
		should[m.path] = true
		text, err := os.ReadFile(s.path(m.path))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			faults = append(faults, fmt.Sprintf("%s has not been made from %s yet", m.path, m.from))
		case err != nil:
			return nil, err
		case string(text) == m.text:
		case m.from == "":
			faults = append(faults, fmt.Sprintf("%s has not the line with its links to other languages", m.path))
		default:
			faults = append(faults, fmt.Sprintf("%s is not what %s gives%s", m.path, m.from, firstDifference(string(text), m.text)))
		}
	}
	for _, l := range words.Languages[1:] {
		folder := path.Dir(Page("any").In(l))
		files, err := fs.Glob(os.DirFS(s.Root), folder+"/*.md")
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			if text, err := os.ReadFile(s.path(file)); err == nil && !should[file] && strings.HasPrefix(string(text), begins) {
				faults = append(faults, fmt.Sprintf("%s was made of a page that is gone: remove it", file))
			}
		}
	}
	return faults, nil
}

// firstDifference names the first line in which a file differs from what it should be.
func firstDifference(have, want string) string {
	a, b := strings.Split(have, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf(": the first difference is in line %d", i+1)
		}
	}
	return ": one ends before the other"
}

// Write brings all pages up to date, and lists the paths of those that it changed.
func (s Set) Write() (changed []string, err error) {
	list, err := s.all()
	if err != nil {
		return nil, err
	}
	for _, m := range list {
		file := s.path(m.path)
		wrote, err := translate.Write(file, []byte(m.text))
		if err != nil {
			return changed, err
		}
		if wrote {
			changed = append(changed, file)
		}
	}
	return changed, nil
}
