package words_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/vaelib/words"
)

// What is found message by message is what the whole file has.
func TestFind(t *testing.T) {
	files, err := filepath.Glob("*/*.po")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c, err := words.ReadCatalogue(text)
		if err != nil {
			t.Fatal(err)
		}
		entries, err := words.Entries(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.Context == words.Counted {
				if got, ok := c.Plural(e.ID, 0); ok != e.Translated() || ok && got != e.Texts[0] {
					t.Errorf("%s: %q is counted as %q", file, e.ID, got)
				}
			}
			if got, ok := c.Find(e.Context, e.ID); ok != e.Translated() || ok && got != e.Texts[0] {
				t.Errorf("%s: %q (%s) is %q, want %q", file, e.ID, e.Context, got, e.Texts)
			}
		}
		t.Logf("%s: %d messages", file, len(entries))
	}
}

func TestOddCatalogues(t *testing.T) {
	c, err := words.ReadCatalogue([]byte(strings.Join([]string{
		"# msgid \"in a comment\"\nmsgid \"\"\nmsgstr \"\"\n\"Language: zh\\n\"\n",
		"#: a.go\nmsgid \"plain\"\nmsgstr \"普通\"\n",
		"msgid \"\"\n\"in \"\n\"two lines\"\nmsgstr \"\"\n\"分\"\n\"两行\"\n",
		"msgid \"a \\\"quoted\\\" tab\\t\"\nmsgstr \"引号\"\n",
		"#, fuzzy\n#| msgid \"older\"\nmsgid \"newer\"\nmsgstr \"旧的\"\n",
		"msgctxt \"cell\"\nmsgid \"plain\"\nmsgstr \"格子里的\"\n",
		"msgctxt \"count\"\nmsgid \"image\"\nmsgid_plural \"images\"\nmsgstr[0] \"%s 张\"\n",
		"#~ msgid \"gone\"\n#~ msgstr \"没了\"\n",
		"msgid \"damaged\"\nmsgstr nothing\n",
		"msgid \"last\"\nmsgstr \"最后\"",
	}, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{
		"plain": "普通", "in two lines": "分两行", "a \"quoted\" tab\t": "引号", "newer": "newer", "older": "older", "gone": "gone", "damaged": "damaged", "last": "最后",
		"in a comment": "in a comment", "": "",
	} {
		if got := c.Text(id); got != want {
			t.Errorf("%q is %q, want %q", id, got, want)
		}
	}
	if got, _ := c.Find("cell", "plain"); got != "格子里的" {
		t.Errorf("a cell's message is %q", got)
	}
	if got, ok := c.Plural("image", 0); !ok || got != "%s 张" {
		t.Errorf("images are counted as %q", got)
	}
	if _, err := words.ReadCatalogue([]byte("msgid \"a\"\nmsgstr \"b\"\n\nmsgid nothing\n")); err == nil || !strings.Contains(err.Error(), "line 4") {
		t.Errorf("a damaged file: %v", err)
	}
}
