package pages

import (
	"regexp"
	"slices"
	"strconv"

	"vaelab/vaelib/words"
)

// remarks are what the library says about the machine or the person that has executed a notebook, in one language. A page to read
// leaves it out, or says it otherwise.
type remarks struct {
	stills   remark // sliders can't run
	loaded   remark // where a model came from, with the folder that keeps it
	hint     remark // how to have one
	progress remark // how many exercises are done
}

// remark is one of them, as it is found in what a notebook has shown.
type remark struct {
	*regexp.Regexp
	args []int // of its groups, each the number of the argument that it holds
}

// arguments are what a text that is this remark was made of, in their English order; nil where it is another.
func (r remark) arguments(text string) []string {
	m := r.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	list := make([]string, len(r.args))
	for i, arg := range r.args {
		list[arg] = m[i+1]
	}
	return list
}

func remarksIn(l words.Language) (r remarks, err error) {
	if l.Folder() == "" {
		r.stills = remark{Regexp: regexp.MustCompile(`^These are stills, because no page answers here\.`)}
		r.loaded = remark{regexp.MustCompile(`^Loaded: trained before with (.*), (\d+) epochs on (.*)\. Kept in (.*)\.$`), []int{0, 1, 2, 3}}
		r.hint = remark{Regexp: regexp.MustCompile(`^For a hint:`)}
		r.progress = remark{Regexp: regexp.MustCompile(` exercises done `)}
		return r, nil
	}
	said, err := words.Messages(l.Code)
	if err != nil {
		return r, err
	}
	r.stills = translated(said, "These are stills, because no page answers here. In JupyterLab, run the cell, and sliders move the picture.")
	r.loaded = translated(said, "Loaded: trained before with %s, %d epochs on %s. Kept in %s.")
	r.hint = translated(said, "For a hint: %s")
	r.progress = translated(said, "%d of %d exercises done")
	return r, nil
}

// translated finds what a message's translation says at the beginning of a text. Where there is none, nothing is found.
func translated(said []words.Entry, english string) (r remark) {
	r.Regexp = regexp.MustCompile(`[^\s\S]`)
	i := slices.IndexFunc(said, func(e words.Entry) bool { return e.ID == english && e.Translated() })
	if i < 0 {
		return r
	}
	pattern, next := regexp.QuoteMeta(said[i].Texts[0]), 0
	r.Regexp = regexp.MustCompile("^" + verb.ReplaceAllStringFunc(pattern, func(v string) string {
		if m := verb.FindStringSubmatch(v); m[1] != "" {
			next, _ = strconv.Atoi(m[1])
			next--
		}
		r.args = append(r.args, next)
		next++
		return "(.*?)"
	}) + `(?:\s.*)?$`)
	return r
}

// verb is one of fmt's in a format, once it is a pattern, with the number of its argument where it has one.
var verb = regexp.MustCompile(`%(?:\\\[(\d+)\\\])?[-+# 0-9.\\]*[a-z]`)

// trained is what a page says of a model that was loaded: not where it is kept.
func trained(arguments []string) string {
	return words.Say("Trained with %s, %s epochs on %s.", arguments[0], arguments[1], arguments[2])
}
