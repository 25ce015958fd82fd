package words

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Say writes what people read, in the language that is spoken: format is the English sentence, by which the catalogue knows it, and
// args fill in what fmt's verbs stand for. Another language may take them in its own order, as in "%[2]s". An argument that is
// itself a word to be read has been said before: Say("%s falls", Say("the KL term")).
//
// A sentence is said when it is shown. What is kept in a variable of a package is a text that [Text] translates then.
func Say(format string, args ...any) string {
	if s := now(); s.library != nil {
		return s.say(format, args)
	}
	return fmt.Sprintf(format, args...)
}

// Text is a whole text in the language that is spoken: one that is no format, such as an exercise's question. What no catalogue
// knows stays as it is.
func Text(english string) string {
	s := now()
	if s.library == nil {
		return english
	}
	text, ok := s.library.Find("", english)
	if !ok {
		return english
	}
	s.twins.note(text, english)
	return text
}

// Mark is the text itself. It tells the catalogue's maker of one that [Text] will translate when it is shown.
func Mark(english string) string { return english }

// Format is [Mark] of a text that is a format, for [Say] to show with its arguments.
func Format(english string) string { return english }

// Texts is [Text] of each.
func Texts(english []string) []string {
	list := make([]string, len(english))
	for i, text := range english {
		list[i] = Text(text)
	}
	return list
}

func (s *speech) say(format string, args []any) string {
	text := fmt.Sprintf(s.translated(format), args...)
	if s.twins.asked() {
		s.twins.note(text, fmt.Sprintf(format, s.twins.english(args)...))
	}
	return text
}

// translated is a format in the language, or as it is where the catalogue has none that takes the same arguments.
func (s *speech) translated(format string) string {
	if text, ok := s.library.Find("", format); ok && SameVerbs(format, text) {
		return text
	}
	return format
}

// Errorf is fmt.Errorf with a sentence that is in the language which is spoken when it is read. So errors may be variables of a
// package, and errors.Is and errors.As see through it.
func Errorf(format string, args ...any) error {
	return &sentence{fmt.Errorf(format, args...), format, args}
}

type sentence struct {
	error
	format string
	args   []any
}

func (e *sentence) Error() string {
	s := now()
	if s.library == nil {
		return fmt.Errorf(e.format, e.args...).Error() // and not as it was said when it was made: an argument may be an error
	}
	return fmt.Errorf(s.translated(e.format), e.args...).Error()
}

func (e *sentence) Unwrap() error { return e.error }

// Count writes a number of things: 1 image, 10,000 images. It is given both phrases, of one and of several. A catalogue has
// as many as its language needs, with %s where the number stands.
func Count(n int, one, several string) string {
	s := now()
	number, phrase := Thousands(n), several
	if n == 1 {
		phrase = one
	}
	english := number + " " + phrase
	if s.library == nil {
		return english
	}
	form, ok := s.library.Plural(one, s.form(n))
	if !ok || strings.Count(form, "%") != 1 || !strings.Contains(form, "%s") {
		return english
	}
	text := strings.Replace(form, "%s", number, 1)
	s.twins.note(text, english)
	return text
}

// Sentences are sentences one after the other, with a space between them where the first one ends in a letter or sign that brings none
// of its own: a Chinese full stop does. Empty ones are left out.
func Sentences(list ...string) string {
	said := inARow(list)
	s := now()
	if s.library == nil {
		return said
	}
	english := make([]string, len(list))
	for i, sentence := range list {
		english[i] = English(sentence)
	}
	s.twins.note(said, inARow(english))
	return said
}

func inARow(sentences []string) string {
	var row strings.Builder
	for _, s := range sentences {
		if s == "" {
			continue
		}
		if last, _ := utf8.DecodeLastRuneInString(row.String()); row.Len() > 0 && !wide(last) {
			row.WriteByte(' ')
		}
		row.WriteString(s)
	}
	return row.String()
}
