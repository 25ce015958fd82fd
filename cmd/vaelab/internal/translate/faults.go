package translate

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"vaelab/vaelib/words"
)

// What a translation has as its English text has it, though maybe in another order.
var (
	claimedNumber = regexp.MustCompile(`(<!--[a-z0-9-]+-->\**)([−-]?[0-9][0-9,]*(?:\.[0-9]+)?)(\**<!--/-->)`)
	comments      = regexp.MustCompile(`<!--[a-z0-9-/]+-->`)
	tags          = regexp.MustCompile(`</?[a-z][a-z0-9]*(?:\s[^<>]*)?>`)
	slots         = regexp.MustCompile(`\{[a-zA-Z]+\}`)
	formulas      = regexp.MustCompile(`(?s)\$\$.*?\$\$|\$[^$\n]+\$`)
	headings      = regexp.MustCompile(`(?m)^#{1,6} `)
	targets       = regexp.MustCompile(`\]\(([^)]+)\)`)
	inText        = regexp.MustCompile(`\\text\{[^}]*\}`)
)

// Faults says in sentences what a catalogue lacks.
func Faults(name string, entries []words.Entry) (faults []string) {
	typed := map[string]string{} // what a cell has in the language, with its English
	for _, e := range entries {
		fault := Broken(e)
		if slices.Contains(e.Notes, "#. "+string(words.Typed)) && e.Translated() {
			if other, known := typed[e.Texts[0]]; known && other != e.ID && fault == "" {
				fault = fmt.Sprintf("it becomes the same as “%s”: claims find their numbers by these words", short(other))
			}
			typed[e.Texts[0]] = e.ID
		}
		if e.Fuzzy {
			fault = "fuzzy, since the English has changed: look at the translation, and take the flag away"
		} else if !e.Translated() {
			fault = "not translated"
		}
		if fault != "" {
			faults = append(faults, fmt.Sprintf("%s: %s: “%s”", name, fault, short(e.ID)))
		}
	}
	return faults
}

// Broken says what a translation lacks of its English text; "" where nothing. A broken one isn't shown.
func Broken(e words.Entry) string {
	for _, text := range e.Texts {
		if e.Format && !words.SameVerbs(e.ID, text) {
			return "the translation has other placeholders than the English"
		}
		if e.Plural != "" && (strings.Count(text, "%") != 1 || !strings.Contains(text, "%s")) {
			return "what is counted has %s where the number stands, once"
		}
		for _, kind := range []struct {
			find *regexp.Regexp
			what string
		}{{comments, "claims"}, {tags, "tags"}, {slots, "names in braces"}, {targets, "links"}, {headings, "headings"}, {formulas, "formulas"}} {
			a, b := all(kind.find, e.ID), all(kind.find, text)
			if !slices.Equal(a, b) {
				return fmt.Sprintf("the translation has other %s than the English: %s, not %s", kind.what, strings.Join(b, " "), strings.Join(a, " "))
			}
		}
		if a, b := numbers(e.ID), numbers(text); !slices.Equal(a, b) {
			return fmt.Sprintf("a number between a claim's comments is another one: %s, not %s", strings.Join(b, " "), strings.Join(a, " "))
		}
	}
	return ""
}

func all(find *regexp.Regexp, text string) []string {
	found := find.FindAllString(text, -1)
	for i, s := range found {
		found[i] = strings.TrimPrefix(inText.ReplaceAllString(s, `\text{}`), "]") // words in a formula are translated
	}
	slices.Sort(found)
	return found
}

func numbers(text string) (list []string) {
	for _, m := range claimedNumber.FindAllStringSubmatch(text, -1) {
		list = append(list, m[2])
	}
	slices.Sort(list)
	return list
}

func short(text string) string {
	if r := []rune(text); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return text
}
