package main

import (
	"flag"
	"os"
	"strings"

	"vaelab/cmd/internal/flagwords"
	"vaelab/vaelib/words"
)

// languageFlag is -lang.
type languageFlag struct{ code string }

func (x *languageFlag) declare(f *flag.FlagSet, usage string) {
	f.StringVar(&x.code, "lang", "", usage)
}

// all names the languages that there are.
func all() string { return strings.Join(words.Codes(), words.Say(" or ")) }

// speak has this command, and what it starts, speak the language that the flag names; without the flag it stays at what is settled.
func (x *languageFlag) speak() (words.Language, error) {
	if x.code == "" {
		return words.Spoken(), nil
	}
	l, err := words.Known(x.code)
	if err != nil {
		return l, usage(words.Errorf("-lang: %w", err))
	}
	return l, words.Use(l.Code)
}

// ofSystem are the commands that speak the system's language where nobody has named one: those of a learner at a terminal. What
// others say may be read by programs.
var ofSystem = map[string]bool{"lab": true, "setup": true, "help": true}

// settle chooses the language before anything is said, so that a fault in the flags is told in it, too: the one that -lang names,
// else VAELAB_LANG, else the system's. A wrong -lang is told when it is read; the error is of VAELAB_LANG.
func settle(name string, args []string) error {
	language, named := words.Languages[0], os.Getenv(words.Env)
	asked, _ := flagwords.Value(args, "lang")
	_, known := commands[name]
	if ofSystem[name] || wantsHelp(name, args) || !known {
		language = words.OfSystem(os.Getenv)
	}
	var wrong error
	if l, err := words.Known(asked); err == nil {
		language = l
	} else if l, err := words.Known(named); err == nil {
		language = l
	} else if named != "" {
		wrong = words.Errorf("%s: %w", words.Env, err)
	}
	if words.Use(language.Code) != nil { // outside a clone there are no catalogues, which is told next
		return words.Use(words.Languages[0].Code)
	}
	return wrong
}
