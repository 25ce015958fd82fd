package pages

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"vaelab/vaelib/words"
	"vaelab/vaelib/words/wordstest"
)

// chinese are the pages in both languages: of notebooks whose headings are translated, and under the veil.
var chinese map[string][]byte

func both(t *testing.T) (files map[string][]byte, pages map[string]*html.Node) {
	t.Helper()
	if chinese == nil {
		executed := t.TempDir()
		wordstest.Veil(t)
		if err := errors.Join(words.Use("en"), standIns(executed)); err != nil {
			t.Fatal(err)
		}
		live := Live{Models: true, Classes: []string{"Trouser"}}
		live.List = live.Keep("models", ".gz", []byte("{}"))
		var err error
		chinese, err = Write(Options{Root: root, Executed: executed, Others: words.Languages[1:2], Version: "test", LabBytes: 36_000_000, Live: live})
		if err != nil {
			t.Fatal(err)
		}
	}
	return chinese, pagesOf(t, chinese)
}

// standIns writes executed notebooks in both languages: the Chinese ones have other headings, and the second of two pictures is another.
func standIns(folder string) error {
	books, err := filepath.Glob(filepath.Join(root, "notebooks", "solutions", "*.ipynb"))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(folder, "zh"), 0o755); err != nil {
		return err
	}
	heading := regexp.MustCompile(`(?m)^(###? )[^\n]*$`)
	for _, name := range books {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		var english, book map[string]any
		if err := errors.Join(json.Unmarshal(text, &english), json.Unmarshal(text, &book)); err != nil {
			return err
		}
		for _, c := range book["cells"].([]any) {
			c := c.(map[string]any)
			if source, ok := c["source"].([]any); ok && c["cell_type"] == "markdown" {
				for i, line := range source {
					source[i] = heading.ReplaceAllString(line.(string), "${1}标题")
				}
			}
		}
		translated, err := withPictures(book, 1, 2)
		if err != nil {
			return err
		}
		if text, err = withPictures(english, 1, 3); err != nil {
			return err
		}
		base := filepath.Base(name)
		if err := errors.Join(os.WriteFile(filepath.Join(folder, base), text, 0o644),
			os.WriteFile(filepath.Join(folder, "zh", base), translated, 0o644)); err != nil {
			return err
		}
	}
	return nil
}

// withPictures is a notebook whose cell “pictures”, if it has one, has shown two pictures, each of one pixel of a grey.
func withPictures(book map[string]any, greys ...uint8) ([]byte, error) {
	var markup string
	for _, grey := range greys {
		var picture bytes.Buffer
		dot := image.NewGray(image.Rect(0, 0, 1, 1))
		dot.SetGray(0, 0, color.Gray{Y: grey})
		if err := png.Encode(&picture, dot); err != nil {
			return nil, err
		}
		markup += `<img alt="文" width="1" height="1" src="data:image/png;base64,` + base64.StdEncoding.EncodeToString(picture.Bytes()) + `"/>`
	}
	for _, c := range book["cells"].([]any) {
		if c := c.(map[string]any); c["id"] == "pictures" {
			c["outputs"] = []any{map[string]any{"output_type": "display_data", "data": map[string]any{"text/html": markup}}}
		}
	}
	return json.Marshal(book)
}

// TestEachPageHasItsTwin: it says its language, and leads to the same page in the other, which has the same anchors: an address with a
// section and a setting means the same there.
func TestEachPageHasItsTwin(t *testing.T) {
	_, pages := both(t)
	if len(pages) != 14 {
		t.Fatalf("%d pages, want seven in each language", len(pages))
	}
	anchors := func(page *html.Node) (ids []string) {
		for n := range page.Descendants() {
			if id := attr(n, "id"); id != "" && id != "vaelab-words" {
				ids = append(ids, id)
			}
		}
		return ids
	}
	for name, page := range pages {
		own, other, twin := "en", "zh-CN", path.Join("zh", name)
		if strings.HasPrefix(name, "zh/") {
			own, other, twin = other, own, strings.TrimPrefix(name, "zh/")
		}
		if tag := attr(elements(page, "html")[0], "lang"); tag != own {
			t.Errorf("%s says that it is in %q", name, tag)
		}
		led := map[string]int{}
		for _, n := range elements(page, "link", "a") {
			if tag := attr(n, "hreflang"); tag != "" {
				to := path.Join(path.Dir(name), attr(n, "href"))
				if want := map[string]string{own: name, other: twin}[tag]; to != want {
					t.Errorf("%s leads to %s for %s, want %s", name, to, tag, want)
				}
				led[n.Data+" "+tag]++
			}
		}
		if led["link "+own] != 1 || led["link "+other] != 1 || led["a "+other] != 1 {
			t.Errorf("%s has these links to languages: %v", name, led)
		}
		if pages[twin] == nil {
			t.Errorf("%s has no twin", name)
		} else if a, b := anchors(page), anchors(pages[twin]); !slices.Equal(a, b) {
			t.Errorf("%s and %s have different anchors:\n%v\n%v", name, twin, a, b)
		}
	}
}

// TestLinksOfBothLanguages: what a page names is there, and a Chinese page leads to Chinese pages and notebooks.
func TestLinksOfBothLanguages(t *testing.T) {
	files, pages := both(t)
	for name, page := range pages {
		for n := range page.Descendants() {
			for _, key := range []string{"href", "src", "content"} {
				to, _, _ := strings.Cut(attr(n, key), "#")
				if to == "" || strings.Contains(to, ":") || key == "content" && attr(n, "name") != "vaelab-models" {
					continue
				}
				if file, query, asks := strings.Cut(to, "?path="); asks {
					if want := path.Join(path.Dir(name), file); !strings.HasSuffix(want, "lab/index.html") || strings.HasPrefix(want, "zh/") != strings.HasPrefix(query, "zh/") ||
						strings.HasPrefix(want, "zh/") != strings.HasPrefix(name, "zh/") {
						t.Errorf("%s opens %s", name, to)
					}
					continue
				}
				target := path.Join(path.Dir(name), to)
				if files[target] == nil && target != "LICENSES.txt" {
					t.Errorf("%s names %s, which isn't there", name, to)
				}
				if strings.HasPrefix(name, "zh/") && strings.HasSuffix(target, ".html") && !strings.HasPrefix(target, "zh/") && attr(n, "hreflang") == "" {
					t.Errorf("%s leads to an English page, %s", name, to)
				}
			}
		}
	}
}

// TestPicturesOfBothLanguages: a picture that both have is there once, at the English pages, and another one beside its own page.
func TestPicturesOfBothLanguages(t *testing.T) {
	_, pages := both(t)
	shown := func(name string) (list []string) {
		for _, n := range elements(pages[name], "img") {
			if attr(n, "alt") == "文" {
				list = append(list, path.Join(path.Dir(name), attr(n, "src")))
			}
		}
		return list
	}
	english, own := shown("read/01_autoencoder_to_vae.html"), shown("zh/read/01_autoencoder_to_vae.html")
	if len(english) != 2 || len(own) != 2 || own[0] != english[0] || path.Dir(own[1]) != "zh/read" {
		t.Errorf("the pictures are %q in English and %q in Chinese", english, own)
	}
}

// TestNothingIsLeftInEnglish: where every message is translated, what isn't from a notebook has no two English words together.
func TestNothingIsLeftInEnglish(t *testing.T) {
	_, pages := both(t)
	for _, name := range []string{"zh/index.html", "zh/read/glossary.html", "zh/read/01_autoencoder_to_vae.html"} {
		page := pages[name]
		for _, n := range elements(page, "h3", "section", "nav", "dl", "ol", "script", "style", "span", "meta") {
			switch class := attr(n, "class"); {
			case n.Parent == nil:
			case n.Data == "script", n.Data == "style", attr(n, "lang") == "en", class == "contents", class == "turn", // titles
				n.Data == "section" && strings.Contains(name, "read/01"), n.Data == "dl" && class == "facts", n.Data == "ol" && class == "books":
				remove(n)
			}
		}
		main := elements(page, "main")[0]
		if strings.Contains(name, "read/01") {
			for _, n := range slices.Collect(main.ChildNodes()) { // the title, and what comes before the first section
				if n.Type == html.ElementNode && attr(n, "class") != "how" {
					remove(n)
				}
			}
		}
		for _, n := range elements(page, "a") {
			if strings.Contains(attr(n, "href"), "_") && name != "zh/index.html" {
				remove(n) // the titles of sections
			}
		}
		if found := wordstest.Phrases(textOf(elements(page, "body")[0]), "vaelab test", "free bits", "free nats"); len(found) > 0 {
			t.Errorf("%s says in English: %q", name, found)
		}
		for n := range page.Descendants() {
			for _, key := range []string{"alt", "aria-label", "title"} {
				if found := wordstest.Phrases(attr(n, key)); len(found) > 0 {
					t.Errorf("%s has the %s %q", name, key, attr(n, key))
				}
			}
		}
	}
}

// TestNoGapsInChinese: after a sentence comes the next one, without a space between them.
func TestNoGapsInChinese(t *testing.T) {
	_, pages := both(t)
	gap := regexp.MustCompile(`.{0,20}。 .{0,20}`)
	for name, page := range pages {
		if found := gap.FindAllString(textOf(elements(page, "body")[0]), -1); len(found) > 0 {
			t.Errorf("%s has gaps: %q", name, found)
		}
	}
}

// TestWordsOfScripts: a Chinese page brings what its scripts say, and an English one nothing.
func TestWordsOfScripts(t *testing.T) {
	files, pages := both(t)
	for name, page := range pages {
		var table map[string]string
		for _, n := range elements(page, "script") {
			if attr(n, "id") == "vaelab-words" {
				if err := json.Unmarshal([]byte(textOf(n)), &table); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
		if zh := strings.HasPrefix(name, "zh/"); zh != (len(table) > 0) {
			t.Errorf("%s brings %d words", name, len(table))
		} else if zh && (table["Copied"] != "字" || table["{x} nats"] != "{x} 字" || table["Draw {n}"] != "字 {n}") {
			t.Errorf("%s brings %v", name, table)
		}
	}
	for _, name := range []string{"language", "page"} {
		for file, text := range files {
			if strings.HasPrefix(file, "read/"+name+"-") && !bytes.Contains(text, []byte("//")) {
				t.Errorf("%s is empty", file)
			}
		}
	}
}

// TestBothKindsOfBooks: notebooks that differ from the English ones in their headings give a sentence.
func TestBooksThatDiffer(t *testing.T) {
	folder := t.TempDir()
	write := func(name, source string) {
		text, err := json.Marshal(map[string]any{"cells": []any{map[string]any{"cell_type": "markdown", "id": "title", "source": source}}})
		if err := errors.Join(err, os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o755), os.WriteFile(filepath.Join(folder, name), text, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	write("01_a.ipynb", "# 1 · A title\n\n## 1. A section\n\n## 2. Another")
	write("zh/01_a.ipynb", "# 1 · 标题\n\n## 1. 一节")
	_, err := Write(Options{Root: root, Executed: folder, Others: words.Languages[1:2]})
	if err == nil || !strings.Contains(err.Error(), "1 headings in this language, and 2 in English") {
		t.Errorf("%v", err)
	}
}

// TestTermsInChinese: terms are found without spaces round them, a longer one before a shorter, and Latin ones only as whole words.
func TestTermsInChinese(t *testing.T) {
	terms := newTerms(words.Languages[1])
	for text, want := range map[string]string{
		"编码器给出编码，KL散度是0": "encoder code", "KL 权重与 KL 项": "kl-weight kl-term", "交叉熵不是熵": "cross-entropy entropy",
		"PCA和PCAx": "pca", "证据下界（ELBO）": "elbo", "独热编码": "",
	} {
		root, err := parse("<p>" + text + "</p>")
		if err != nil {
			t.Fatal(err)
		}
		terms.link(root, map[string]bool{})
		var found []string
		for _, n := range elements(root, "a") {
			found = append(found, strings.TrimPrefix(attr(n, "href"), "glossary.html#"))
		}
		if got := strings.Join(found, " "); got != want {
			t.Errorf("%q links %q, want %q", text, got, want)
		}
	}
}
