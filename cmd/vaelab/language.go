package main

import (
	"flag"
	"strings"

	"vaelab/vaelib/words"
)

// languageFlag is -lang.
type languageFlag struct{ code string }

func (x *languageFlag) declare(f *flag.FlagSet, otherwise string) {
	var codes []string
	for _, l := range words.Languages {
		codes = append(codes, l.Code+" ("+l.Name+")")
	}
	f.StringVar(&x.code, "lang", "", "the `LANGUAGE` to speak: "+strings.Join(codes, " or ")+"; without it "+otherwise)
}

// speak has this command, and what it starts, speak the language that the flag names, or another one without it.
func (x *languageFlag) speak(otherwise words.Language) (words.Language, error) {
	l := otherwise
	if x.code != "" {
		var err error
		if l, err = words.Known(x.code); err != nil {
			return l, usage("-lang: %v", err)
		}
	}
	return l, words.Use(l.Code)
}
