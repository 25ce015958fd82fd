package words

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// twins remembers what has been said in another language by its English text. Whoever has to find a number by the words beside it
// (package claim) asks for them in English, in every edition.
type twins struct {
	mu     sync.Mutex
	wanted bool // nobody asks for them elsewhere
	known  map[string]string
	own    map[string]bool // known from the notebook's cells: what a program says alike, of another English text, doesn't hide it
	typed  []pattern
	parts  []string // all that is known, the longest first; made anew where there is more by now
}

// pattern is a format that a notebook's cells have in its language, such as "KL 权重 %v", with the English one.
type pattern struct {
	between []string // what stands between the arguments, before the first and after the last
	args    []int    // of each, its number
	english string
}

func (t *twins) note(text, english string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.wanted && text != english && !t.own[text] {
		t.known[text] = english
	}
}

// asked reports whether somebody will ask for what is said.
func (t *twins) asked() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.wanted
}

func (t *twins) english(args []any) []any {
	if len(args) == 0 {
		return args
	}
	args = slices.Clone(args)
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, arg := range args {
		if text, ok := arg.(string); ok && t.known[text] != "" {
			args[i] = t.known[text]
		}
	}
	return args
}

// Remember has the program remember what it says by its English text, and reads what the cells of a notebook have in its language.
// Where English is spoken there is nothing to remember.
func Remember(notebook int) {
	s := now()
	if s.library == nil {
		return
	}
	s.twins.mu.Lock()
	defer s.twins.mu.Unlock()
	s.twins.wanted, s.twins.known, s.twins.own, s.twins.parts = true, map[string]string{}, map[string]bool{}, nil
	entries, err := entriesOf(s.Code, fmt.Sprintf("%02d", notebook))
	if err != nil {
		return // a notebook of one's own: there is no text that claims anything
	}
	for _, e := range entries {
		if !slices.Contains(e.Notes, "#. "+string(Typed)) || !e.Translated() {
			continue
		}
		if p, err := patternOf(e.Texts[0], e.ID); err == nil && len(p.args) > 0 {
			s.twins.typed = append(s.twins.typed, p)
		}
		s.twins.known[e.Texts[0]], s.twins.own[e.Texts[0]] = e.ID, true // of a note, its format as it stands
	}
}

// Kind is what a message of a notebook is.
type Kind string

// The kinds of messages of a notebook.
const (
	Prose   Kind = "markdown"
	Comment Kind = "comment"
	Typed   Kind = "string" // in a cell's code
)

// English is the English text of what has been said; what wasn't said in another language stays as it is.
func English(text string) string {
	s := now()
	if s.library == nil {
		return text
	}
	s.twins.mu.Lock()
	defer s.twins.mu.Unlock()
	if english, ok := s.twins.known[text]; ok {
		return english
	}
	for _, p := range s.twins.typed {
		if english, ok := p.apply(text, s.twins.known); ok {
			return english
		}
	}
	return s.twins.pieces(text)
}

// pieces has the English of each part of a text that is known: a cell may have put it together, as in name + ", test".
func (t *twins) pieces(text string) string {
	if len(t.parts) != len(t.known) {
		t.parts = slices.SortedFunc(maps.Keys(t.known), func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	}
	for _, part := range t.parts {
		if strings.Contains(text, part) && strings.ContainsFunc(part, unicode.IsLetter) && utf8.RuneCountInString(part) > 1 {
			text = strings.ReplaceAll(text, part, t.known[part])
		}
	}
	return text
}

func patternOf(format, english string) (p pattern, err error) {
	if !SameVerbs(english, format) {
		return p, fmt.Errorf("%q has other arguments than %q", format, english)
	}
	last, next := 0, 1
	for _, v := range placeholders(format) {
		if v.arg > 0 {
			next = v.arg
		}
		p.between = append(p.between, strings.ReplaceAll(format[last:v.from], "%%", "%"))
		p.args = append(p.args, next)
		last, next = v.to, next+1
	}
	p.between = append(p.between, strings.ReplaceAll(format[last:], "%%", "%"))
	last = 0
	for _, v := range placeholders(english) {
		p.english += english[last:v.from] + "%"
		if v.arg > 0 {
			p.english += fmt.Sprintf("[%d]", v.arg)
		}
		p.english += "s"
		last = v.to
	}
	p.english += english[last:]
	return p, nil
}

// match gives what stands in a text in the place of the arguments, each as short as it can be.
func match(text string, between []string) (found []string, ok bool) {
	text, ok = strings.CutPrefix(text, between[0])
	if !ok || len(between) == 1 {
		return nil, ok && text == ""
	}
	for end := 0; end <= len(text); end++ {
		if rest, ok := match(text[end:], between[1:]); ok {
			return append([]string{text[:end]}, rest...), true
		}
	}
	return nil, false
}

func (p pattern) apply(text string, known map[string]string) (string, bool) {
	found, ok := match(text, p.between)
	if !ok {
		return "", false
	}
	args := make([]any, len(p.args))
	for i, arg := range p.args {
		if arg < 1 || arg > len(args) {
			return "", false
		}
		args[arg-1] = found[i]
		if english, ok := known[found[i]]; ok {
			args[arg-1] = english
		}
	}
	return fmt.Sprintf(p.english, args...), true
}
