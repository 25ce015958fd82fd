package translate

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Library reads the messages that are written out in a call, in one piece or several, and refuses a call that says anything else.
func TestLibraryOfMessages(t *testing.T) {
	of := func(calls string) (texts []string, err error) {
		root := t.TempDir()
		for _, folder := range folders {
			if err := os.Mkdir(filepath.Join(root, folder), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		file := filepath.Join(root, "vaelib", "x.go")
		if err := os.WriteFile(file, []byte("package x\n\nfunc f() {\n"+calls+"\n}\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		list, err := Library(root)
		for _, e := range list {
			texts = append(texts, e.ID)
		}
		return texts, err
	}
	texts, err := of(`words.Say("one %s", x); words.Errorf("two" + (" of it")); words.Text(x); words.Mark("three"); words.Count(n, "four", "fours"); words.Format("five")`)
	if want := []string{"one %s", "two of it", "three", "four", "five"}; err != nil || !slices.Equal(texts, want) {
		t.Errorf("%q, %v, want %q", texts, err, want)
	}
	for _, call := range []string{`words.Say(x)`, `words.Errorf("a" + x)`, `words.Mark(fmt.Sprint(x))`, `words.Format(x.format)`, `words.Count(n, one, "several")`, `words.Count(n, "one", several)`} {
		if _, err := of(call); err == nil || !strings.Contains(err.Error(), "vaelib/x.go") {
			t.Errorf("%s: %v", call, err)
		}
	}
}

// A message is a whole: one that begins or ends in a space is a piece of a sentence. What stands between two things has to, and a line of
// the terminal may be indented.
func TestMessagesAreWhole(t *testing.T) {
	between := []string{", ", "; ", " and ", " or "}
	messages := ofTheClone(t)
	for text, files := range messages {
		begins := strings.HasPrefix(text, " ") && !strings.HasPrefix(text, "  ")
		if (begins || strings.HasSuffix(text, " ")) && !slices.Contains(between, text) {
			t.Errorf("%s: %q is a piece of a sentence", strings.Join(files, " "), text)
		}
	}
	if len(messages) < 2000 {
		t.Errorf("only %d messages are looked at", len(messages))
	}
}
