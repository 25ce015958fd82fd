package notebook

import (
	"go/scanner"
	"go/token"
	"slices"
	"strings"
	"testing"

	"vaelab/vaelib/words"
)

const bilingual = `{"cells": [
 {"cell_type": "code", "id": "wire", "metadata": {}, "source": "!*go mod edit -replace \"a=b\""},
 {"cell_type": "markdown", "id": "text", "metadata": {}, "source": "# One\n\nIt is <!--n-->4<!--/-->.\n\n` + "```\\ncode\\n\\nmore code\\n```" + `\n\n$$1$$"},
 {"cell_type": "code", "id": "code", "metadata": {}, "source": "import (\n\t\"fmt\"\n\t\"vaelab/vaelib/show\"\n)\n\n%%\n// A remark\nshow.Note(\"It is %.2f nats.\", 4) // ← change me\nshow.Note(\"q·log(q/p)\")\nshow.Note(` + "`a \\\"raw\\\" text`" + `)\nf( /* two numbers */ )\n// exercise.X.Hint()\n// return x * 2 // as printed\n_ = \"paths-%.0f-left\""}
], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}`

func TestMessages(t *testing.T) {
	b, err := parse("b.ipynb", []byte(bilingual))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range b.Messages() {
		got = append(got, e.Context+": "+e.ID)
	}
	want := []string{"text: # One", "text: It is <!--n-->4<!--/-->.", "text: ```\ncode\n\nmore code\n```",
		"code: A remark", "code: It is %.2f nats.", "code: ← change me", `code: a "raw" text`, "code: two numbers", "code: as printed"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// An edition has the same cells; what its catalogue doesn't know stays English.
func TestIn(t *testing.T) {
	b, err := parse("b.ipynb", []byte(bilingual))
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := words.ReadCatalogue([]byte(`
msgctxt "text"
msgid "# One"
msgstr "# 一"

msgctxt "code"
msgid "It is %.2f nats."
msgstr "是 %.2f 奈特，\"好\"。"

msgctxt "code"
msgid "a \"raw\" text"
msgstr "一段 \"原样\" 的文字"

msgctxt "code"
msgid "← change me"
msgstr "← 改我"

msgctxt "code"
msgid "as printed"
msgstr "照印"

msgctxt "code"
msgid "two numbers"
msgstr "两个数"

#, fuzzy
msgctxt "code"
msgid "A remark"
msgstr "旧话"
`))
	if err != nil {
		t.Fatal(err)
	}
	twin := b.In(words.Languages[1], catalogue)
	var sources []string
	for _, c := range twin.cells {
		sources = append(sources, strings.Join(c.lines(), "\n"))
	}
	want := []string{"!*go mod edit -replace \"a=b\"\n%env VAELAB_LANG zh",
		"# 一\n\nIt is <!--n-->4<!--/-->.\n\n```\ncode\n\nmore code\n```\n\n$$1$$",
		"import (\n\t\"fmt\"\n\t\"vaelab/vaelib/show\"\n)\n\n%%\n// A remark\nshow.Note(\"是 %.2f 奈特，\\\"好\\\"。\", 4) // ← 改我\nshow.Note(\"q·log(q/p)\")\n" +
			"show.Note(`一段 \"原样\" 的文字`)\nf( /* 两个数 */ )\n// exercise.X.Hint()\n// return x * 2 // 照印\n_ = \"paths-%.0f-left\""}
	if !slices.Equal(sources, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(sources, "\n--\n"), strings.Join(want, "\n--\n"))
	}
	if again := strings.Join(b.cells[2].lines(), "\n"); !strings.Contains(again, "It is %.2f nats.") {
		t.Error("the English notebook has changed with its edition")
	}
}

// Editions have the English notebook's cells, and in them the same code: only comments and texts differ, and the language's line.
func TestEditionsHaveTheSameCode(t *testing.T) {
	pairs, err := Pairs("../../../../notebooks")
	if err != nil || len(pairs) == 0 {
		t.Fatal(pairs, err)
	}
	for _, p := range pairs {
		english, err := Read(p.Source)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range words.Languages[1:] {
			edition, err := Read(p.In(l).Source)
			if err != nil {
				t.Fatal(err)
			}
			if len(edition.cells) != len(english.cells) {
				t.Fatalf("%s has %d cells, the English notebook %d", edition.Path, len(edition.cells), len(english.cells))
			}
			for i, c := range english.cells {
				twin := edition.cells[i]
				if c.id() != twin.id() || c.isCode() != twin.isCode() {
					t.Errorf("%s: the English cell %s is here %s", edition.Path, c.id(), twin.id())
				}
				source := strings.Replace(strings.Join(twin.lines(), "\n"), "\n%env "+words.Env+" "+l.Code, "", 1)
				if c.isCode() && !slices.Equal(tokens(strings.Join(c.lines(), "\n")), tokens(source)) {
					t.Errorf("%s: the code of cell %s is another one", edition.Path, c.id())
				}
			}
		}
	}
}

// tokens are those of some code, but for what its comments and texts say.
func tokens(source string) (list []string) {
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(source)), []byte(source), func(token.Position, string) {}, scanner.ScanComments)
	for {
		_, tok, text := s.Scan()
		switch tok {
		case token.EOF:
			return list
		case token.COMMENT, token.STRING:
			text = ""
		}
		list = append(list, tok.String()+" "+text)
	}
}
