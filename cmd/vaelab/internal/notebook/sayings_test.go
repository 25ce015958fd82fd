package notebook

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"vaelab/vaelib/words/wordstest"
)

// What exec tells of a cell that fails is in its language, and each of the script's sayings is there.
func TestSayings(t *testing.T) {
	wordstest.Veil(t)
	says := sayings()
	for name, text := range says {
		if text, ok := text.(string); ok && (strings.Contains(text, "program") || len(wordstest.Phrases(text)) > 0) {
			t.Errorf("%s is %q", name, text)
		}
	}
	for _, h := range says["hints"].([]Hint) {
		if len(wordstest.Phrases(h.Says)) > 0 {
			t.Errorf("a hint is %q", h.Says)
		}
	}
	used := regexp.MustCompile(`says\["(\w+)"\]`).FindAllStringSubmatch(script, -1)
	for _, u := range used {
		if says[u[1]] == nil {
			t.Errorf("the script says %q, which nobody tells it", u[1])
		}
		delete(says, u[1])
	}
	if len(used) < 8 {
		t.Errorf("the script says only %q", used)
	}
	for name := range says {
		if !strings.Contains(script, `says["`+name+`"]`) {
			t.Errorf("the script never says %q", name)
		}
	}

	folder := t.TempDir()
	text := filepath.Join(folder, "x.ipynb")
	if err := os.WriteFile(text, []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, unread := Read(text)
	_, missing := Execute(t.Context(), filepath.Join(folder, "y.ipynb"), Options{}, nil)
	_, dir := Execute(t.Context(), folder, Options{}, nil)
	_, itself := Execute(t.Context(), text, Options{Out: folder}, nil)
	for _, err := range []error{unread, missing, dir, itself, &CellError{Notebook: "x", Cell: Cell{Number: 1, Source: "x"}, Text: "x"}} {
		if err == nil || len(wordstest.Phrases(err.Error())) > 0 {
			t.Errorf("an error is %v", err)
		}
	}
}
