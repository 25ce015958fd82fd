package words

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
)

// Env is the environment variable that names the language which a program speaks. A notebook's first cell sets it for its kernel.
const Env = "VAELAB_LANG"

// Language is one that the course speaks. English is the language of its sources; any other is a folder of catalogues beside this
// file, named by its code, and a line in [Languages].
type Language struct {
	Code  string // as in file names and addresses: "zh"
	Name  string // what its speakers call it
	Tag   string // as in HTML's lang: "zh-CN"
	Lab   string // JupyterLab's name for it
	Forms string // how many forms its counted things have, and which, as gettext writes it
	form  func(n int) int
}

// Languages are all that the course speaks. The first is that of its sources.
var Languages = []Language{
	{Code: "en", Name: "English", Tag: "en", Lab: "en", Forms: "nplurals=2; plural=(n != 1);", form: func(n int) int { return btoi(n != 1) }},
	{Code: "zh", Name: "简体中文", Tag: "zh-CN", Lab: "zh_CN", Forms: "nplurals=1; plural=0;", form: func(int) int { return 0 }},
}

// Folder is where what is in a language lies, beside that which is in English: "zh". English has no folder of its own.
func (l Language) Folder() string {
	if l.Code == Languages[0].Code {
		return ""
	}
	return l.Code
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Known is the language with a code, or an error that names those that there are.
func Known(code string) (Language, error) {
	for _, l := range Languages {
		if l.Code == code {
			return l, nil
		}
	}
	return Language{}, Errorf("the course doesn't speak %q: choose one of %s", code, strings.Join(Codes(), ", "))
}

// Codes are those of all languages, each with its name: "zh (简体中文)".
func Codes() (list []string) {
	for _, l := range Languages {
		list = append(list, l.Code+" ("+l.Name+")")
	}
	return list
}

// OfSystem is the language that a system's environment asks for, English where it asks for none that the course speaks, and where
// its terminal can't show another one's letters: the system's own console has no more than 512 of them.
func OfSystem(getenv func(string) string) Language {
	if getenv("TERM") == "linux" {
		return Languages[0]
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		value := getenv(name)
		if value == "" {
			continue
		}
		code, _, _ := strings.Cut(value, "_")
		code, _, _ = strings.Cut(code, ".")
		charset := strings.ToUpper(strings.ReplaceAll(value, "-", ""))
		if l, err := Known(code); err == nil && strings.Contains(charset, "UTF8") {
			return l
		}
		break // the first that is set decides
	}
	return Languages[0]
}

// Clone finds the folder of the course in which the catalogues lie. Package places, which finds it, sets this: words needs no other
// room.
var Clone func() (string, error)

// File is the path of a language's catalogue in a clone: "library", or a notebook's number, "03".
func File(clone, code, name string) string {
	return filepath.Join(clone, "vaelib", "words", code, name+".po")
}

// speech is a language as it is spoken: with what has been read for it.
type speech struct {
	Language
	library *Catalogue // nil for English
	twins   *twins
	trouble error
}

var spoken atomic.Pointer[speech]

// now is what the program speaks: what [Use] has set, else what the environment names. A language that isn't known, or whose
// catalogue can't be read, is English, and [Trouble] says so.
func now() *speech {
	if s := spoken.Load(); s != nil {
		return s
	}
	code := os.Getenv(Env)
	if code == "" {
		code = Languages[0].Code
	}
	spoken.CompareAndSwap(nil, &speech{Language: Languages[0]}) // what goes wrong below is told in English
	s, err := read(code)
	if err != nil {
		s = &speech{Language: Languages[0], trouble: err}
	}
	spoken.Store(s)
	return s
}

func read(code string) (*speech, error) {
	l, err := Known(code)
	if err != nil {
		return nil, err
	}
	s := &speech{Language: l, twins: &twins{}}
	s.library, err = Library(l)
	return s, err
}

// Library is a language's catalogue of all that programs say, for what is written in several languages at once; nil for English.
func Library(l Language) (*Catalogue, error) {
	if l.Folder() == "" {
		return nil, nil
	}
	text, err := textOf(l.Code, "library")
	if err != nil {
		return nil, err
	}
	return ReadCatalogue(text)
}

func entriesOf(code, name string) ([]Entry, error) {
	text, err := textOf(code, name)
	if err != nil {
		return nil, err
	}
	return Entries(text)
}

func textOf(code, name string) ([]byte, error) {
	if Clone == nil {
		return nil, Errorf("no catalogue of %q is known to this program", code)
	}
	clone, err := Clone()
	if err != nil {
		return nil, Errorf("no catalogue of %q is found: %w", code, err)
	}
	text, err := os.ReadFile(File(clone, code, name))
	if err != nil {
		return nil, Errorf("a catalogue of %q can't be read: %w", code, err)
	}
	return text, nil
}

// Use has the program speak a language from here on, whatever the environment names. On an error it goes on as it did.
func Use(code string) error {
	s, err := read(code)
	if err != nil {
		return err
	}
	spoken.Store(s)
	return nil
}

// While has the program speak a language while it does something, and then the one that it spoke before.
func While(l Language, do func() error) error {
	before := Spoken()
	if err := Use(l.Code); err != nil {
		return err
	}
	return errors.Join(do(), Use(before.Code))
}

// Spoken is the language that the program speaks.
func Spoken() Language { return now().Language }

// Trouble is why English is spoken where the environment names another language; nil where all is well.
func Trouble() error { return now().trouble }
