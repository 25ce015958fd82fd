// Package wordstest has a test's program speak another language, and finds what it doesn't say in it.
//
// That language may be a veil: each word of every message is 字 in it. What is still English in the output has been said past package
// words, or was glued from pieces which the catalogue doesn't have. Real translations come and go; the veil is always whole.
package wordstest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/vaelib/places"
	"vaelab/vaelib/words"
)

// language is the one whose catalogue is another one in tests.
const language = "zh"

// Speak has the program speak Chinese by this catalogue until the test ends. It gives the folder that stands for the course's clone:
// programs which the test starts speak alike where [places.RootEnv] names it.
func Speak(t testing.TB, catalogue string) (clone string) {
	t.Helper()
	clone = t.TempDir()
	path := words.File(clone, language, "library")
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(catalogue), 0o644),
		os.WriteFile(filepath.Join(clone, "go.mod"), []byte("module "+places.Module+"\n"), 0o644)); err != nil {
		t.Fatal(err)
	}
	before := words.Clone
	words.Clone = func() (string, error) { return clone, nil }
	t.Cleanup(func() {
		words.Clone = before
		if err := words.Use("en"); err != nil {
			t.Error(err)
		}
	})
	if err := words.Use(language); err != nil {
		t.Fatal(err)
	}
	return clone
}

// Catalogue is one of these texts, by their English ones.
func Catalogue(texts map[string]string) string {
	var po strings.Builder
	for english, text := range texts {
		fmt.Fprintf(&po, "msgid %q\nmsgstr %q\n\n", english, text)
	}
	return po.String()
}
