package words_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"vaelab/vaelib/words"
	"vaelab/vaelib/words/wordstest"
)

const some = `
msgid ""
msgstr ""
"Language: zh_CN\n"

#, go-format
msgid "%s restores %d images"
msgstr "%[2]d 张图像由%[1]s重构"

#, go-format
msgid "%d of %d"
msgstr "%d 之中的 %s"

#, fuzzy, go-format
#| msgid "it rises"
msgid "it falls"
msgstr "上升"

msgctxt "count"
msgid "image"
msgid_plural "images"
msgstr[0] "%s 张图像"

msgid "the decoder"
msgstr "解码器"

msgid "The decoder"
msgstr "译码器"

#, go-format
msgid "%[1]s %[2]s"
msgstr "%[1]s%[2]s"

#, go-format
msgid "no %s: %w"
msgstr "没有%s：%w"
`

func TestSay(t *testing.T) {
	early := words.Errorf("no %s: %w", "picture", fs.ErrNotExist)
	wordstest.Speak(t, some)
	for want, got := range map[string]string{
		"2 张图像由解码器重构": words.Say("%s restores %d images", words.Say("the decoder"), 2), // another order of words
		"1 of 3":      words.Say("%d of %d", 1, 3),                                     // a translation with a broken placeholder isn't shown
		"it falls":    words.Say("it falls"),                                           // nor one that was made for another English text
		"解码器":         words.Text("the decoder"),
		"unknown 5%":  words.Text("unknown 5%"),
		"一。Two. 三。":   words.Sentences("一。", "Two.", "三。"), // a language that has to borrow a sentence
		"%s 张图像":      words.Format("%s 张图像"),
		"1,000 张图像":   words.Count(1000, "image", "images"),
		"3 dogs":      words.Count(3, "dog", "dogs"),
		"一。二。":        words.Sentences("", "一。", "二。"),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if early.Error() != "没有picture：file does not exist" || !errors.Is(early, fs.ErrNotExist) {
		t.Errorf("an error that was made before the language was chosen: %q", early)
	}
	words.Remember(0)
	if both := words.Sentences(words.Say("the decoder"), words.Say("the decoder")); words.English(both) != "the decoder the decoder" {
		t.Errorf("%q is %q in English", both, words.English(both))
	}
	if err := words.Use("xx"); err == nil || !strings.Contains(err.Error(), "zh (简体中文)") || words.Spoken().Code != "zh" {
		t.Errorf("an unknown language: %v, and %s is spoken", err, words.Spoken().Name)
	}
}

func TestSameVerbs(t *testing.T) {
	for _, c := range []struct {
		english, translated string
		same                bool
	}{
		{"%s and %.2f", "%.2[2]f，%[1]s", true}, {"%s and %.2f", "%[2].2f，%[1]s", false}, {"%s and %d", "%s", false}, {"%s", "%s %s", false}, {"100%% of %d", "%d 的 100%%", true},
		{"%.2f", "%.3f", false}, {"%s", "%", false}, {"%d", "%[1]d（%[1]d）", true}, {"%[2]s %[1]s", "%[1]s %[2]s", true}, {"%w", "%v", false},
	} {
		if words.SameVerbs(c.english, c.translated) != c.same {
			t.Errorf("%q and %q: want %v", c.english, c.translated, c.same)
		}
	}
}

// While another language is spoken, its sentences are said; then the one before goes on, whatever comes of them.
func TestWhile(t *testing.T) {
	wordstest.Speak(t, some)
	failed := errors.New("failed")
	if err := words.While(words.Languages[0], func() error {
		if got := words.Say("the decoder"); got != "the decoder" {
			t.Errorf("in English it is %q", got)
		}
		return failed
	}); !errors.Is(err, failed) || words.Say("the decoder") != "解码器" {
		t.Errorf("%v, and %s is spoken", err, words.Spoken().Name)
	}
	if err := words.While(words.Language{Code: "xx"}, func() error { t.Error("it is done"); return nil }); err == nil {
		t.Error("an unknown language is spoken")
	}
}

// A table's place in the text that claims something is known by its English words, whatever the edition says.
func TestEnglish(t *testing.T) {
	root := wordstest.Speak(t, some)
	if err := os.WriteFile(words.File(root, "zh", "03"), []byte(`
#. string
msgctxt "sweep"
msgid "KL weight %v of %s"
msgstr "%[2]s，KL 权重 %[1]v"

#. string
msgctxt "sweep"
msgid "the first"
msgstr "第一个"

#. string
msgctxt "sweep"
msgid ", test"
msgstr "，测试"

#. string
msgctxt "sweep"
msgid "collides, %"
msgstr "碰撞（%）"

#. markdown
msgctxt "text"
msgid "not typed"
msgstr "正文"

#. string
msgctxt "sweep"
msgid "decoder"
msgstr "译码器"
`), 0o644); err != nil {
		t.Fatal(err)
	}
	words.Remember(3)
	said := words.Say("%s restores %d images", words.Say("the decoder"), 2)
	words.Say("The decoder") // alike in this language: the cell's own words keep their English text
	for text, want := range map[string]string{
		said: "the decoder restores 2 images", "译码器": "decoder", "第一个": "the first", "第一个，KL 权重 0.1": "KL weight 0.1 of the first", "正文": "正文", "Adam": "Adam",
		"AE，测试": "AE, test", "碰撞（%）": "collides, %", // a cell has put the one together, the other is no format
	} {
		if got := words.English(text); got != want {
			t.Errorf("%q is %q in English, want %q", text, got, want)
		}
	}
}

func TestOfSystem(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"LANG": "zh_CN.UTF-8"}, "zh"}, {map[string]string{"LANG": "zh_TW.utf8"}, "zh"}, {nil, "en"},
		{map[string]string{"LANG": "de_DE.UTF-8"}, "en"}, {map[string]string{"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"},
		{map[string]string{"LANG": "zh_CN.GB18030"}, "en"},                // a terminal that can't show what would be written
		{map[string]string{"LANG": "zh_CN.UTF-8", "TERM": "linux"}, "en"}, // nor can the system's own console
		{map[string]string{"LANG": "zh_CN.UTF-8", "TERM": "xterm-256color"}, "zh"},
	} {
		if got := words.OfSystem(func(name string) string { return c.env[name] }); got.Code != c.want {
			t.Errorf("%v: %s, want %s", c.env, got.Code, c.want)
		}
	}
}

func BenchmarkReadCatalogue(b *testing.B) {
	text, err := os.ReadFile("zh/library.po")
	if err != nil {
		b.Skip(err)
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := words.ReadCatalogue(text); err != nil {
			b.Fatal(err)
		}
	}
}
