package translate_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/translate"
	"vaelab/vaelib/words"
)

func message(context, id string) words.Entry { return words.Entry{Context: context, ID: id} }

func translated(e words.Entry, texts ...string) words.Entry {
	e.Texts = texts
	return e
}

// What hasn't changed stays, what has changed is fuzzy, what is gone goes; and a number that only vaelab claims writes is carried over.
func TestMerge(t *testing.T) {
	old := []words.Entry{
		translated(message("a", "It stays as it is."), "照旧。"),
		translated(message("a", "The KL term rises from the first epoch on."), "KL 项从第一轮起上升。"),
		translated(message("b", "It costs <!--price-->4.2<!--/--> nats."), "要花 <!--price-->4.2<!--/--> 奈特。"),
		translated(message("b", "Nobody says this any more, not even in part."), "没人再说。"),
	}
	got := translate.Merge(old, []words.Entry{
		message("a", "It stays as it is."), message("a", "The KL term falls from the first epoch on."), message("b", "It costs <!--price-->5.1<!--/--> nats."),
		message("c", "Quite new."),
	})
	want := []words.Entry{
		translated(message("a", "It stays as it is."), "照旧。"),
		{Context: "a", ID: "The KL term falls from the first epoch on.", Texts: []string{"KL 项从第一轮起上升。"}, Fuzzy: true, Was: "The KL term rises from the first epoch on."},
		translated(message("b", "It costs <!--price-->5.1<!--/--> nats."), "要花 <!--price-->5.1<!--/--> 奈特。"),
		message("c", "Quite new."),
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	if again := translate.Merge(got, want); !reflect.DeepEqual(again, want) {
		t.Errorf("merged once more:\n%+v", again)
	}
}

func TestFaults(t *testing.T) {
	format := translated(words.Entry{ID: "%s has %d", Format: true}, "%d 个")
	typed := func(id, text string) words.Entry {
		return translated(words.Entry{ID: id, Notes: []string{"#. string"}}, text)
	}
	entries := []words.Entry{
		translated(message("", "right"), "正确"),
		message("", "missing"),
		{ID: "fuzzy", Texts: []string{"模糊"}, Fuzzy: true, Was: "other"},
		format,
		translated(message("", "a <b>bold</b> word"), "一个粗体的词"),
		translated(message("", "{done} of {all}"), "{all} 之中"),
		translated(message("", "see [here](a.md)"), "见[这里](b.md)"),
		translated(message("", "the sum $x + y$"), "和 $x − y$"),
		translated(message("", "it is <!--n-->4<!--/-->"), "是 <!--n-->5<!--/-->"),
		translated(words.Entry{Context: words.Counted, ID: "image", Plural: "images"}, "图片"),
		typed("reconstruction", "重构项"), typed("reconstruction term", "重构项"),
	}
	faults := translate.Faults("zh.po", entries)
	if len(faults) != 10 { // of 12
		t.Errorf("%d faults:\n%s", len(faults), strings.Join(faults, "\n"))
	}
	for _, part := range []string{"not translated", "the English has changed", "other placeholders", "other tags", "other names in braces", "other links", "other formulas",
		"a number between a claim's comments", "%s where the number stands", "becomes the same"} {
		if !strings.Contains(strings.Join(faults, "\n"), part) {
			t.Errorf("no fault says %q", part)
		}
	}
}

// A catalogue is read as it was written, by this course and by gettext's own tools.
func TestCatalogueOnDisk(t *testing.T) {
	entries := []words.Entry{
		{Notes: []string{"#: a.go"}, ID: "a \"quoted\" tab\t and \\ and\u00a0more", Texts: []string{"引号\"、制表\t和 \\"}},
		{Notes: []string{"#. markdown"}, Context: "cell", ID: "two\nlines\n", Texts: []string{"两\n行\n"}, Fuzzy: true, Was: "two\nrows\n"},
		{Notes: []string{"#: b.go"}, Context: words.Counted, ID: "image", Plural: "images", Texts: []string{"%s 张图片"}},
		{Notes: []string{"#: c.go"}, ID: "%d of %s", Texts: []string{"%[2]s 中的 %[1]d"}, Format: true},
	}
	path := filepath.Join(t.TempDir(), "zh", "some.po")
	for i, want := range []bool{true, false} {
		if changed, err := translate.Save(path, words.Languages[1], entries); err != nil || changed != want {
			t.Fatalf("written %d times: changed %v, %v", i+1, changed, err)
		}
	}
	if got, err := translate.Open(path); err != nil || !reflect.DeepEqual(got, entries) {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := translate.Open(path + ".none"); got != nil || err != nil {
		t.Errorf("a catalogue that isn't there: %v, %v", got, err)
	}
	if err := os.WriteFile(path, []byte("msgid \"a\"\nnonsense\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := translate.Open(path); err == nil || !strings.Contains(err.Error(), "line 2") || !strings.Contains(err.Error(), path) {
		t.Errorf("a broken file: %v", err)
	}
	msgfmt, err := exec.LookPath("msgfmt")
	if err != nil {
		t.Skip("gettext isn't installed")
	}
	files, err := filepath.Glob("../../../../vaelib/words/*/*.po")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if out, err := exec.Command(msgfmt, "--check-format", "--check-domain", "-o", os.DevNull, file).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", file, err, out)
		}
	}
}

// What is fuzzy, missing or broken isn't fit to be shown, in a notebook or on a page.
func TestShown(t *testing.T) {
	path := filepath.Join(t.TempDir(), "03.po")
	if texts, err := translate.Shown(path); texts != nil || err != nil {
		t.Errorf("without a catalogue: %v, %v", texts, err)
	}
	entries := []words.Entry{
		translated(message("a", "whole"), "完整"), message("a", "missing"), {Context: "a", ID: "fuzzy", Texts: []string{"模糊"}, Fuzzy: true},
		translated(words.Entry{Context: "a", ID: "It is %.2f.", Format: true}, "是 %d。"),
	}
	if _, err := translate.Save(path, words.Languages[1], entries); err != nil {
		t.Fatal(err)
	}
	texts, err := translate.Shown(path)
	if want := (translate.Texts{{"a", "whole"}: "完整"}); err != nil || !reflect.DeepEqual(texts, want) {
		t.Errorf("%v, %v; want %v", texts, err, want)
	}
	if _, ok := texts.Find("a", "It is %.2f."); ok {
		t.Error("a translation with another placeholder is shown")
	}
}
