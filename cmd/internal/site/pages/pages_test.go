package pages

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"vaelab/vaelib/exercise"
	"vaelab/vaelib/words"
)

const root = "../../../.."

// course are the pages of the course's notebooks as the clone has them: without outputs, with solutions.
var course = sync.OnceValues(func() (map[string][]byte, error) {
	return Write(Options{Root: root, Executed: filepath.Join(root, "notebooks", "solutions"), Version: "test", LabBytes: 36_000_000})
})

func pagesOf(t *testing.T, files map[string][]byte) map[string]*html.Node {
	t.Helper()
	all := map[string]*html.Node{}
	for name, data := range files {
		if strings.HasSuffix(name, ".html") {
			page, err := html.Parse(bytes.NewReader(data))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			all[name] = page
		}
	}
	return all
}

func made(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := course()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// elsewhere are the only addresses outside of the site: what it is built from.
var elsewhere = []string{"https://github.com/gomlx/gomlx", "https://github.com/gonum/plot", "https://github.com/jupyterlite/jupyterlite",
	"https://github.com/zalandoresearch/fashion-mnist"}

// TestEveryLinkLeadsSomewhere: what a page names is there, and nothing of a page comes from elsewhere.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	files := made(t)
	pages := pagesOf(t, files)
	if len(pages) != 7 {
		t.Fatalf("%d pages, want a front page, five notebooks and a glossary", len(pages))
	}
	ids := map[string][]string{}
	for name, page := range pages {
		for n := range page.Descendants() {
			if id := attr(n, "id"); id != "" {
				if slices.Contains(ids[name], id) {
					t.Errorf("%s has two elements with the id %s", name, id)
				}
				ids[name] = append(ids[name], id)
			}
		}
	}
	for name, page := range pages {
		for n := range page.Descendants() {
			for _, key := range []string{"href", "src"} {
				to := attr(n, key)
				if to == "" || strings.HasPrefix(to, "data:image/svg+xml,") {
					continue
				}
				if strings.Contains(to, "://") {
					if n.Data != "a" || !slices.Contains(elsewhere, to) {
						t.Errorf("%s: <%s> leads outside, to %s", name, n.Data, to)
					}
					continue
				}
				u, err := url.Parse(to)
				if err != nil {
					t.Errorf("%s: %s: %v", name, to, err)
					continue
				}
				target := name
				if u.Path != "" {
					target = path.Join(path.Dir(name), u.Path)
				}
				if target == "lab/index.html" {
					if _, err := os.Stat(filepath.Join(root, "notebooks", u.Query().Get("path"))); err != nil {
						t.Errorf("%s opens a notebook that isn't there: %s", name, to)
					}
					continue
				}
				if _, ok := files[target]; !ok && target != "LICENSES.txt" {
					t.Errorf("%s leads to %s, which isn't there", name, to)
				}
				if u.Fragment != "" && !slices.Contains(ids[target], u.Fragment) {
					t.Errorf("%s leads to %s, and there is no such anchor", name, to)
				}
			}
		}
	}
	for name, data := range files {
		if strings.HasSuffix(name, ".css") && (bytes.Contains(data, []byte("://")) || bytes.Contains(data, []byte(".ttf"))) {
			t.Errorf("%s names an address or a font that isn't shipped", name)
		}
	}
}

// TestPagesAreWhole: each has a title, one first heading, a language, words for pictures, and all formulas set.
func TestPagesAreWhole(t *testing.T) {
	formulas := 0
	for name, page := range pagesOf(t, made(t)) {
		if n := len(elements(page, "h1")); n != 1 {
			t.Errorf("%s has %d first headings", name, n)
		}
		if n := elements(page, "html"); attr(n[0], "lang") != "en" {
			t.Errorf("%s doesn't say its language", name)
		}
		for _, n := range elements(page, "img") {
			if attr(n, "alt") == "" || attr(n, "width") == "" || attr(n, "height") == "" {
				t.Errorf("%s has a picture without words, width or height: %s", name, attr(n, "src"))
			}
		}
		formulas += len(elements(page, "math"))
		level := 0
		for _, n := range elements(elements(page, "main")[0], "h1", "h2", "h3") {
			now := int(n.Data[1] - '0')
			if now > level+1 {
				t.Errorf("%s: the heading %q leaves a level out", name, textOf(n))
			}
			level = now
		}
		text := textOf(elements(page, "body")[0])
		for _, wrong := range []string{before, after, "$", "SOLUTION", "exercises done", "Kept in", "go mod edit", "\ufffd"} {
			if strings.Contains(text, wrong) {
				t.Errorf("%s shows %q", name, wrong)
			}
		}
	}
	if want := formulasOf(t); formulas != want {
		t.Errorf("%d formulas are set, and the notebooks have %d", formulas, want)
	}
}

// formulasOf counts the formulas in the notebooks' texts.
func formulasOf(t *testing.T) (n int) {
	books, err := filepath.Glob(filepath.Join(root, "notebooks", "*.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range books {
		book, err := readNotebook(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range book.Cells {
			if c.Type == "markdown" {
				for _, m := range mathOrCode.FindAllStringSubmatch(string(c.Source), -1) {
					if m[1]+m[2] != "" {
						n++
					}
				}
			}
		}
	}
	return n
}

// TestSolutionsAreFolded: what solves an exercise is in nothing but its own fold, and each exercise has its hints.
func TestSolutionsAreFolded(t *testing.T) {
	exercises, hints := 0, 0
	for name, page := range pagesOf(t, made(t)) {
		outside := elements(page, "body")[0]
		for _, n := range elements(outside, "details") {
			switch class := attr(n, "class"); {
			case class == "solution":
				if attr(n, "open") != "" || len(elements(n, "summary")) == 0 {
					t.Errorf("%s: a solution isn't folded", name)
				}
				remove(n)
			case class == "hint":
				hints++
			}
		}
		for _, n := range elements(outside, "pre") {
			exercises += strings.Count(textOf(n), stub)
		}
		for _, secret := range []string{"return mu + sigma*noise", "return mu, sigma - 1/sigma", "return -0.5 * sum", "best, farthest =", "score > top", "return (1 - r) * u"} {
			if strings.Contains(textOf(outside), secret) {
				t.Errorf("%s gives %q away", name, secret)
			}
		}
	}
	if exercises != 27 || hints < 75 {
		t.Errorf("%d exercises with code and %d hints", exercises, hints)
	}
}

// TestQuizzesAreFolded: each question stands on its notebook's page, and what is true of an option is in nothing but its own fold.
func TestQuizzesAreFolded(t *testing.T) {
	pages := pagesOf(t, made(t))
	for _, q := range exercise.Quizzes() {
		found := 0
		for name, page := range pages {
			body := elements(page, "body")[0]
			if !strings.Contains(textOf(body), strings.ReplaceAll(q.Questions[0].Text, "D_KL", "DKL")) {
				continue
			}
			found++
			var explained []string
			for _, n := range elements(body, "details") {
				if attr(n, "class") == "option" {
					explained = append(explained, textOf(elements(n, "summary")[0])+" "+textOf(elements(n, "p")[0]))
					remove(n)
				}
			}
			for _, question := range q.Questions {
				for k, o := range question.Options {
					verdict := map[bool]string{true: "Right. ", false: "Not so. "}[o.Right]
					if want := string(rune('a'+k)) + ") " + o.Text + " " + verdict + o.Explains; !slices.Contains(explained, want) {
						t.Errorf("%s lacks %q among %q", name, want, explained)
					}
					if strings.Contains(textOf(body), o.Explains) {
						t.Errorf("%s gives %q away", name, o.Explains)
					}
				}
			}
			if text := textOf(body); strings.Contains(text, ".Answer(") || strings.Contains(text, "choose a letter") {
				t.Errorf("%s speaks of cells that it doesn't have", name)
			}
		}
		if found != 1 {
			t.Errorf("%s stands on %d pages", q.ID, found)
		}
	}
}

// TestWhatIsShown: of outputs pictures become files, what only the lab can mean goes, and looks are the stylesheet's.
func TestWhatIsShown(t *testing.T) {
	const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
	c := &common{files: map[string][]byte{}}
	w, err := c.edition(words.Languages[0])
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{
		`<div style="font-size:13px">Loaded: trained before with XLA, 10 epochs on clothes. Kept in /home/x.y/runs/a.</div>`: `<div class="note">Trained with XLA, 10 epochs on clothes.</div>`,
		`<div style="font-size:13px">These are stills, because no page answers here. In JupyterLab, run the cell.</div>`:     ``,
		`<div role="status" style="x"><div>○ KL: not attempted yet</div></div>`:                                              ``,
		`<div role="status"><div>✓ KL: right</div><div>21 of 26 exercises done ○●</div></div>`:                               `<div class="right"><div>✓ KL: right</div></div>`,
		`<table><tr><th style="text-align:right">n</th></tr></table>`:                                                        `<div class="wide"><table><tbody><tr><th scope="col" class="number">n</th></tr></tbody></table></div>`,
	} {
		if got, err := w.shown(in); err != nil || got != want {
			t.Errorf("%s becomes %s, %v", in, got, err)
		}
	}
	got, err := w.shown(`<figure style="margin:0"><img alt="a dot" width="1" height="1" src="data:image/png;base64,` + dot + `"/></figure>`)
	if err != nil || !strings.Contains(got, `src="picture-`) || strings.Contains(got, "data:") || len(w.files) != 1 {
		t.Errorf("a picture becomes %s, %v, %d files", got, err, len(w.files))
	}
	for in, want := range map[string]string{
		`<img src="data:image/png;base64,AA=="/>`:         "no words",
		`<img alt="a" src="https://elsewhere.org/a.png">`: "no PNG in the page",
		`<script>1</script>`:                              "means nothing on a page",
	} {
		if _, err := w.shown(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", in, err)
		}
	}
}

// TestBrokenNotebooks: each gives a sentence that says which notebook, which cell, and what is wrong.
func TestBrokenNotebooks(t *testing.T) {
	title := map[string]any{"cell_type": "markdown", "id": "title", "source": "# 1 · A title\n\n## 1. A section"}
	code := func(source string, outputs ...any) map[string]any {
		return map[string]any{"cell_type": "code", "id": "broken", "source": []string{source}, "outputs": outputs}
	}
	text := func(source string) map[string]any {
		return map[string]any{"cell_type": "markdown", "id": "broken", "source": source}
	}
	for want, cells := range map[string][]any{
		`01_a.ipynb, cell broken: the formula \frac{1 can't be set: `:                         {title, text(`It is $\frac{1$ here.`)},
		"01_a.ipynb, cell broken: the link other.txt leads nowhere":                           {title, text("[a](other.txt)")},
		"01_a.ipynb, cell broken: a solution begins and doesn't end":                          {title, code("// BEGIN SOLUTION\n"), code("exercise.KLGradient.Check(f)")},
		"01_a.ipynb, cell broken: the library has no exercise Nothing":                        {title, code("exercise.Nothing.Predict(1)")},
		"01_a.ipynb, cell broken: a solution is followed by no cell that checks it":           {title, code("// BEGIN SOLUTION\n// END SOLUTION")},
		"01_a.ipynb, cell broken ended with an error when it was executed, so no page is":     {title, code("x", map[string]any{"output_type": "error", "ename": "e"})},
		"01_a.ipynb has no title, or no sections":                                             {text("words")},
		"01_a.ipynb is not a notebook: it has no cells":                                       {},
		`01_a.ipynb, cell broken: the title "Just words" should be a number, ·, and words`:    {text("# Just words")},
		"01_a.ipynb, cell broken: an output has a <script>, which means nothing on a page to": {title, code("x", map[string]any{"output_type": "display_data", "data": map[string]any{"text/html": "<script></script>"}})},
	} {
		folder := t.TempDir()
		file, err := json.Marshal(map[string]any{"cells": cells})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "01_a.ipynb"), file, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Write(Options{Root: root, Executed: folder}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %s, got %v", want, err)
		}
	}
	if _, err := Write(Options{Root: root, Executed: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "no executed notebooks") {
		t.Errorf("an empty folder: %v", err)
	}
}

// TestNothingExecuted: there is still a front page, and it leads to the lab alone.
func TestNothingExecuted(t *testing.T) {
	files, err := Write(Options{Root: root, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	front := string(files["index.html"])
	if strings.Count(front, "lab/index.html?path=") != 6 || strings.Contains(front, ".html\">Read") || files["read/glossary.html"] != nil {
		t.Errorf("the front page is\n%s", front)
	}
}

// TestFrontPageCounts keeps two numbers that are typed.
func TestFrontPageCounts(t *testing.T) {
	front := string(made(t)["index.html"])
	books, err := filepath.Glob(filepath.Join(root, "notebooks", "*.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	notebooks := fmt.Sprintf(`<h2 id="notebooks">%s notebooks</h2>`, []string{"No", "One", "Two", "Three", "Four", "Five", "Six"}[len(books)])
	exercises := fmt.Sprintf("<strong>%d exercises.</strong>", len(exercise.Course()))
	for _, want := range []string{notebooks, exercises} {
		if !strings.Contains(front, want) {
			t.Errorf("the front page doesn't say %s", want)
		}
	}
}

// TestGlossary: terms are in order, each once, and each is used somewhere.
func TestGlossary(t *testing.T) {
	if !slices.IsSortedFunc(glossaryTerms, func(a, b term) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) }) {
		t.Error("the terms aren't in the order of the alphabet")
	}
	for _, n := range elements(pagesOf(t, made(t))["read/glossary.html"], "dd") {
		if !strings.Contains(textOf(n), "In notebook ") {
			t.Errorf("no notebook uses %q", textOf(n.Parent))
		}
	}
}

// TestSmallerPictures: one of few colours becomes smaller and stays what it was, with its palest lines; one of too many stays as it is.
func TestSmallerPictures(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	figure, noise := image.NewRGBA(image.Rect(0, 0, 200, 200)), image.NewRGBA(image.Rect(0, 0, 200, 200))
	for y := range 200 {
		for x := range 200 {
			c := color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}
			switch {
			case x == 50:
				c = color.RGBA{0xE9, 0xE9, 0xE9, 0xFF}
			case chance.IntN(2) == 0:
				c = color.RGBA{0x00, 0x72, 0xB2, 0xFF}
			}
			if x > 190 {
				c = color.RGBA{uint8(y), uint8(y) / 2, uint8(x), 0xFF} // many, and rare
			}
			figure.Set(x, y, c)
			noise.Set(x, y, color.RGBA{uint8(x * 7), uint8(y * 5), uint8(x * y), 0xFF})
		}
	}
	packed := func(m image.Image) []byte {
		var out bytes.Buffer
		if err := png.Encode(&out, m); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	before := packed(figure)
	after := smaller(before)
	if len(after) >= len(before) {
		t.Errorf("%d bytes become %d", len(before), len(after))
	}
	seen, err := png.Decode(bytes.NewReader(after))
	if err != nil {
		t.Fatal(err)
	}
	for y := range 200 {
		for x := range 200 {
			want, got := figure.RGBAAt(x, y), color.RGBAModel.Convert(seen.At(x, y)).(color.RGBA)
			if d := off(want, got); d > 24 || x <= 190 && d > 0 {
				t.Fatalf("at %d, %d there is %v, and was %v", x, y, got, want)
			}
		}
	}
	if p := packed(noise); !bytes.Equal(smaller(p), p) {
		t.Error("a picture of very many colours is changed")
	}
	if !bytes.Equal(smaller([]byte("words")), []byte("words")) {
		t.Error("words are changed")
	}
}
