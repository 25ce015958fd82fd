package pages

import (
	"regexp"
	"strings"

	"vaelab/vaelib/words"
)

// remarks are what the library says about the machine or the person that has executed a notebook, in one language. A page to read
// leaves it out, or says it otherwise.
type remarks struct {
	stills   *regexp.Regexp // sliders can't run
	loaded   *regexp.Regexp // where a model came from, with the folder that keeps it
	hint     *regexp.Regexp // how to have one
	progress *regexp.Regexp // how many exercises are done
	language words.Language
}

func remarksIn(l words.Language) (remarks, error) {
	r := remarks{language: l}
	if l.Folder() == "" {
		r.stills = regexp.MustCompile(`^These are stills, because no page answers here\.`)
		r.loaded = regexp.MustCompile(`^Loaded: trained before (with .*)\. Kept in .*\.$`)
		r.hint = regexp.MustCompile(`^For a hint:`)
		r.progress = regexp.MustCompile(` exercises done `)
		return r, nil
	}
	said, err := words.Messages(l.Code)
	if err != nil {
		return r, err
	}
	r.stills = translated(said, `^These are stills, because no page answers here\.`)
	r.loaded = translated(said, `^Loaded: trained before.* Kept in %s\.$`)
	r.hint = translated(said, `^For a hint: %s`)
	r.progress = translated(said, ` exercises done`)
	return r, nil
}

// translated finds what a message's translation says. The message is known by its beginning, or another part: the rest of its words may
// change. Where there is none, nothing is found.
func translated(said []words.Entry, english string) *regexp.Regexp {
	var all []string
	known := regexp.MustCompile(english)
	for _, e := range said {
		if e.Translated() && known.MatchString(e.ID) {
			all = append(all, "^"+verb.ReplaceAllString(regexp.QuoteMeta(e.Texts[0]), "(.*?)")+"$")
		}
	}
	if len(all) == 0 {
		return regexp.MustCompile(`[^\s\S]`)
	}
	return regexp.MustCompile(strings.Join(all, "|"))
}

// verb is one of fmt's in a format, once it is a pattern.
var verb = regexp.MustCompile(`%(?:\\\[\d+\\\])?[-+# 0-9.\\]*[a-z]`)

// lastSentence is the second of two sentences: Chinese writes no space between them.
var lastSentence = regexp.MustCompile(`(。)[^。]*。?$`)

// trained is what a page says of a model that was loaded: not where it is kept.
func (r remarks) trained(found []string) string {
	if r.language.Folder() == "" {
		return words.Say("Trained %s.", found[1])
	}
	sentence := strings.TrimSuffix(found[0], "。")
	return lastSentence.ReplaceAllString(sentence, "$1")
}
