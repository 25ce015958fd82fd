package words

import (
	"strconv"
	"strings"
)

// placeholder is a verb of fmt's in a format: from where to where it stands, which argument it takes if it says so, and what it does
// with it, flags and decimals included, since decimals are part of what is said. Package regexp would find them, too: but it makes each
// program larger that a page fetches.
type placeholder struct {
	from, to int
	arg      int // 0: the next one; -1: fmt can't use the number, which stands right before the verb, behind flags and decimals
	verb     string
}

// placeholders are a format's, but for %%.
func placeholders(format string) (list []placeholder) {
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		v := placeholder{from: i}
		for i++; i < len(format) && strings.IndexByte("-+# .0123456789[]*", format[i]) >= 0; i++ {
		}
		if i >= len(format) {
			v.to, v.verb = len(format), "!broken"
			return append(list, v)
		}
		if v.to, v.verb = i+1, format[v.from+1:i+1]; v.verb == "%" {
			continue
		}
		if flags, rest, ok := strings.Cut(v.verb, "["); ok {
			number, letter, _ := strings.Cut(rest, "]")
			n, err := strconv.Atoi(number)
			if v.arg, v.verb = n, flags+letter; err != nil || n < 1 || len(letter) != 1 {
				v.arg = -1
			}
		}
		list = append(list, v)
	}
	return list
}

// verbs are what a format does with its arguments, by their numbers.
func verbs(format string) map[int]string {
	found := map[int]string{}
	next := 1
	for _, v := range placeholders(format) {
		if v.arg != 0 {
			next = v.arg
		}
		if old := found[next]; old != "" && old != v.verb {
			v.verb = old + " " + v.verb
		}
		found[next] = v.verb
		next++
	}
	return found
}

// SameVerbs reports whether a translated format takes the same arguments as the English one, each in the same way.
func SameVerbs(english, translated string) bool {
	a, b := verbs(english), verbs(translated)
	if len(a) != len(b) {
		return false
	}
	for arg, verb := range a {
		if b[arg] != verb {
			return false
		}
	}
	return true
}
