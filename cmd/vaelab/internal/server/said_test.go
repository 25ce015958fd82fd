package server

import (
	"os"
	"path/filepath"
	"testing"

	"vaelab/vaelib/words/wordstest"
)

// Why JupyterLab can't be started is told in any language.
func TestErrorsInAnotherLanguage(t *testing.T) {
	wordstest.Veil(t)
	log := filepath.Join(t.TempDir(), "log")
	silent := lastLine(log)
	if err := os.WriteFile(log, []byte("x\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, outside := Port(70000)
	_, start := Start(t.Context(), Options{Python: "/not/there", Log: log, Folder: "/"})
	_, unwritten := Start(t.Context(), Options{Python: "/not/there", Log: filepath.Join(log, "x"), Folder: "/"})
	for _, text := range []string{silent, lastLine(log), outside.Error(), start.Error(), unwritten.Error()} {
		if english := wordstest.Phrases(text, "fork/exec /not/there: no such file or directory", "not a directory", "open "); len(english) > 0 {
			t.Errorf("%q speaks English: %q", text, english)
		}
	}
}
