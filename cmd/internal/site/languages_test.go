package site

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vaelab/cmd/internal/said"
	"vaelab/vaelib/words"
)

// bilingual is a build of a clone that has one notebook in each language, and a catalogue of one sentence.
func bilingual(t *testing.T) *build {
	t.Helper()
	root := t.TempDir()
	for name, text := range map[string]string{
		"notebooks/01_a.ipynb": "{}", "notebooks/solutions/01_a.ipynb": "{}", "notebooks/zh/01_a.ipynb": "{}", "notebooks/zh/solutions/01_a.ipynb": "{}",
		"vaelib/words/zh/library.po": "msgid \"interrupted\"\nmsgstr \"已中断\"\n", "vaelib/words/zh/01.po": "", "vaelib/figure/fonts/some.otf": "letters",
		"packs/zh/jupyterlab.json": `{"File": ["文件"]}`,
	} {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	before := words.Clone
	words.Clone = func() (string, error) { return root, nil }
	t.Cleanup(func() { words.Clone = before })
	return newBuild(Options{Root: root, Packs: filepath.Join(root, "packs"), Work: t.TempDir()}, t.TempDir())
}

func (b *build) made(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(b.out, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestLabInBothLanguages: the Chinese lab's page lies one folder deeper and still finds JupyterLite, begins in Chinese, and has the words of
// the kernel; the English one brings nothing.
func TestLabInBothLanguages(t *testing.T) {
	b := bilingual(t)
	page := `<html><head><link href="../build/a.js"><script data-jupyter-lite-root="..">await import('../config-utils.js')</script></head></html>`
	if err := b.labPages([]byte(page), map[string]any{"settingsUrl": "../build/schemas", "appUrl": "/lab"}); err != nil {
		t.Fatal(err)
	}
	for name, wants := range map[string][]string{
		"lab/index.html": {`<html lang="en"`, `href="../build/a.js"`, `data-jupyter-lite-root=".."`, `import('../config-utils.js')`, `hreflang="zh-CN" href="../zh/lab/index.html"`},
		"zh/lab/index.html": {`<html lang="zh-CN"`, `href="../../build/a.js"`, `data-jupyter-lite-root="../.."`, `import('../../config-utils.js')`,
			`hreflang="en" href="../../lab/index.html"`, `{"interrupted":"已中断"}`},
		"lab/jupyter-lite.json":    {`"settingsUrl": "../build/schemas"`, `"appUrl": "/lab"`},
		"zh/lab/jupyter-lite.json": {`"settingsUrl": "../../build/schemas"`, `"appUrl": "/zh/lab"`, `"locale": "zh_CN"`},
	} {
		text := b.made(t, name)
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %s:\n%s", name, want, text)
			}
		}
	}
	for _, name := range []string{"lab/index.html", "lab/jupyter-lite.json"} {
		if text := b.made(t, name); strings.Contains(text, `id="vaelab-words"`) || strings.Contains(text, "locale") {
			t.Errorf("%s of the English lab has what only the Chinese one needs", name)
		}
	}
	if words.Spoken().Code != "en" {
		t.Errorf("the build goes on in %s", words.Spoken().Code)
	}
	if err := b.labPages([]byte("<p>"), nil); err == nil {
		t.Error("another page than JupyterLite's is taken for one")
	}
}

// TestWhatAnotherLanguageBrings: notebooks in a folder of their own, JupyterLab's texts, and files for programs that speak it.
func TestWhatAnotherLanguageBrings(t *testing.T) {
	b := bilingual(t)
	ctx := context.Background()
	if err := errors.Join(b.contents(ctx), b.translations(), b.catalogues(ctx)); err != nil {
		t.Fatal(err)
	}
	for folder, want := range map[string][]string{"": {"01_a.ipynb", "solutions", "zh"}, "zh": {"zh/01_a.ipynb", "zh/solutions"}, "zh/solutions": {"zh/solutions/01_a.ipynb"}} {
		var list struct{ Content []struct{ Path string } }
		if err := json.Unmarshal([]byte(b.made(t, filepath.Join("api/contents", folder, "all.json"))), &list); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range list.Content {
			got = append(got, e.Path)
		}
		if !slices.Equal(got, want) {
			t.Errorf("the folder %q has %q, want %q", folder, got, want)
		}
	}
	if text := b.made(t, "api/translations/zh_CN.json"); !strings.Contains(text, `{"data":{"jupyterlab":{"File":["文件"]}}`) {
		t.Errorf("JupyterLab's Chinese is %s", text)
	}
	if text := b.made(t, "api/translations/all.json"); !strings.Contains(text, `"zh_CN":{"displayName":"简体中文"`) {
		t.Errorf("JupyterLab's languages are %s", text)
	}
	for _, name := range []string{"vaelib/words/zh/library.po", "vaelib/words/zh/01.po", "vaelib/figure/fonts/some.otf"} {
		if b.manifest.Files[name].File == "" {
			t.Errorf("programs don't find %s", name)
		}
	}
}

// TestWithoutNotebooks: a language without notebooks has no lab, and the site is as if there were none.
func TestWithoutNotebooks(t *testing.T) {
	b := bilingual(t)
	if err := os.RemoveAll(filepath.Join(b.Root, "notebooks", "zh")); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(b.contents(context.Background()), b.catalogues(context.Background())); err != nil {
		t.Fatal(err)
	}
	if len(b.languages()) != 0 || len(b.manifest.Files) != 0 || strings.Contains(b.made(t, "api/contents/all.json"), "zh") {
		t.Error("there is something of a language without notebooks")
	}
}

// TestKernelSaysWholeSentences: what the kernel's scripts show goes through say. Texts with three words or more between quotes that
// nobody says would stay English.
func TestKernelSaysWholeSentences(t *testing.T) {
	others := []string{"vaelab has said what is missing over plain http", "exit status ${code}", "pixels pad drags"} // a key, Go's words, classes
	for name, text := range scriptsOf(t) {
		messages := said.In(text)
		for _, quoted := range quotedIn(text) {
			if len(strings.Fields(quoted)) >= 3 && !slices.Contains(messages, quoted) && !slices.Contains(others, quoted) && sentence.MatchString(quoted) {
				t.Errorf("%s: %q isn't said", name, quoted)
			}
		}
	}
}

var (
	sentence    = regexp.MustCompile(`^[A-Za-z]+(?:[ ,:’'][ A-Za-z’']+)+`)
	lineComment = regexp.MustCompile(`(?m)(?:^|\s)//.*$|(?s)/\*.*?\*/`)
	inQuotes    = regexp.MustCompile("\"((?:[^\"\\\\\n]|\\\\.)*)\"|`([^`]*)`")
)

func scriptsOf(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("kernel/*.js")
	live, err2 := filepath.Glob("pages/assets/live/*.js")
	if err := errors.Join(err, err2); err != nil || len(names) < 10 || len(live) < 5 {
		t.Fatalf("%d and %d scripts, %v", len(names), len(live), err)
	}
	all := map[string]string{}
	for _, name := range append(names, live...) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = lineComment.ReplaceAllString(string(text), " ")
	}
	return all
}

func quotedIn(text string) (list []string) {
	for _, m := range inQuotes.FindAllStringSubmatch(text, -1) {
		list = append(list, strings.TrimSpace(m[1]+m[2]))
	}
	return list
}
