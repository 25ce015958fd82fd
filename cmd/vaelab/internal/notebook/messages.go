package notebook

import (
	"go/scanner"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"vaelab/cmd/vaelab/internal/translate"
	"vaelab/vaelib/words"
)

// piece is a part of a cell that a person reads: a block of Markdown, a comment or a text in the code.
type piece struct {
	kind     words.Kind
	text     string // as it is read: of a literal what is between its quotes
	from, to int    // where it stands in the cell's source, a literal's quotes included
}

// Messages are what a translator finds in the notebook: each block of its Markdown, each comment and each text of its code, with the
// cell as context. What a cell says twice is one message.
func (b *Book) Messages() (list []words.Entry) {
	for _, c := range b.cells {
		seen := map[string]bool{}
		for _, p := range c.pieces() {
			if !seen[p.text] {
				seen[p.text] = true
				list = append(list, words.Entry{Notes: []string{"#. " + string(p.kind)}, Context: c.id(), ID: p.text,
					Format: p.kind == words.Typed && verbInText.MatchString(p.text)})
			}
		}
	}
	return list
}

var verbInText = regexp.MustCompile(`%[-+#0-9.]*[a-zA-Z]`)

// In is the notebook in another language, from its translations: the same cells, with the same code. What they lack stays English. The
// first code cell says which language the kernel's programs speak.
func (b *Book) In(language words.Language, texts interface {
	Find(cell, english string) (text string, ok bool)
}) *Book {
	twin := b.copy()
	wired := false
	for _, c := range twin.cells {
		source := strings.Join(c.lines(), "\n")
		pieces := c.pieces()
		for _, p := range slices.Backward(pieces) {
			text, ok := texts.Find(c.id(), p.text)
			if !ok {
				continue
			}
			if p.kind == words.Typed {
				text = literal(source[p.from:p.to], text)
			}
			source = source[:p.from] + text + source[p.to:]
		}
		if c.isCode() && !wired {
			wired = true
			source += "\n%env " + words.Env + " " + language.Code
		}
		c.setLines(strings.Split(source, "\n"))
	}
	return twin
}

// literal writes a text as the literal that it takes the place of: in quotes or in backquotes.
func literal(was, text string) string {
	if was[0] == '`' && !strings.Contains(text, "`") {
		return "`" + text + "`"
	}
	return words.Quoted(text)
}

func (c cell) pieces() []piece {
	source := strings.Join(c.lines(), "\n")
	if c.isCode() {
		return inCode(source)
	}
	return inProse(source)
}

var lettery = regexp.MustCompile(`\p{L}`)

// inProse are the blocks of a text cell.
func inProse(source string) (list []piece) {
	for _, b := range translate.Blocks(source) {
		list = append(list, piece{words.Prose, b.Text, b.From, b.To})
	}
	return list
}

// inCode are a cell's comments, and those of its texts that are words: no import, no name, no answer to a quiz.
func inCode(source string) (list []piece) {
	var s scanner.Scanner
	files := token.NewFileSet()
	file := files.AddFile("", -1, len(source))
	s.Init(file, []byte(source), func(token.Position, string) {}, scanner.ScanComments)
	importing := false
	for {
		pos, tok, text := s.Scan()
		from := file.Offset(pos)
		switch tok {
		case token.EOF:
			return list
		case token.IMPORT:
			importing = true
		case token.RPAREN:
			importing = false
		case token.COMMENT:
			all := strings.TrimSuffix(text[2:], "*/")
			if code, behind, ok := strings.Cut(all, " // "); ok && commented.MatchString(code) {
				all = behind
			}
			said := strings.TrimSpace(all)
			if lettery.MatchString(said) && !commented.MatchString(all) && !strings.HasPrefix(lineOf(source, from), "!") {
				from += strings.Index(text, said)
				list = append(list, piece{words.Comment, said, from, from + len(said)})
			}
		case token.STRING:
			said, err := strconv.Unquote(text)
			if err == nil && !importing && readable(said) && !strings.HasPrefix(lineOf(source, from), "!") {
				list = append(list, piece{words.Typed, said, from, from + len(text)})
			}
		}
	}
}

// commented is a comment that is code: a marker of a solution, a line to be taken in, an older version. Words after its own slashes are
// words.
var commented = regexp.MustCompile(`^ ?(BEGIN|END) SOLUTION$|^ ?[\w.]+\([^)]*\)$|^ ?[\w.]+\.\w+\(.*\)$|:=|^ ?\t|^ ?(for|if|return) .*[({*+].*`)

// readable reports whether a text in the code is made of words: no name, no formula, no format without words.
func readable(text string) bool {
	return !name.MatchString(text) && wordIn.MatchString(mathWords.ReplaceAllString(verbInText.ReplaceAllString(text, " "), " "))
}

var (
	name      = regexp.MustCompile(`^(write me|[a-z0-9_./*%-]*[_./*-][a-z0-9_./*-]*|[a-z]+[A-Z]\w*|#[0-9a-fA-F]+)$`)
	mathWords = regexp.MustCompile(`\b(log|exp|KL)\b`)
	wordIn    = regexp.MustCompile(`\p{L}{2,}`)
)

func lineOf(source string, at int) string {
	return source[strings.LastIndexByte(source[:at], '\n')+1:]
}
