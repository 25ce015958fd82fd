package notebook

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vaelab/vaelib/claim"
)

// written is a notebook with one text.
func written(t *testing.T, text string) *Book {
	t.Helper()
	content, err := json.Marshal(map[string]any{"cells": []any{
		map[string]any{"cell_type": "markdown", "id": "see-text", "source": text},
		map[string]any{"cell_type": "code", "id": "settings", "source": "func settings(seed uint64) run.Config {\n\tc.Seed = seed\n\treturn c\n}"},
		map[string]any{"cell_type": "code", "id": "sweep", "source": "sweep([]uint64{1, 2, 3})"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	b, err := parse(filepath.Join(t.TempDir(), "05_new.ipynb"), content)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestClaimsAreQuoted(t *testing.T) {
	for text, want := range map[string]string{
		"A line. It restores worse, by about <!--a-->4<!--/--> nats an image, and more.": "It restores worse, by about 4 nats an image",
		"Then it is, at last and by far (<!--a-->1.06<!--/--> times).":                   "… is, at last and by far (1.06 times)",
		"there it is <!--a-->2<!--/-->%.":                                                "there it is 2%",
		"dashed, *<!--a-->rises<!--/-->* from the first epoch to the second":             "dashed, rises from the first",
		"By the way, <!--a-->the smoother of the two<!--/--> walks well":                 "the smoother of the two",
		"from <!--b-->3<!--/--> to <!--a-->**4**<!--/-->\nand on":                        "from 3 to 4",
	} {
		for _, w := range written(t, text).Claims() {
			if w.Name == "a" && w.Quote != want {
				t.Errorf("%q is quoted as %q, want %q", text, w.Quote, want)
			}
		}
	}
}

func TestClaimFaults(t *testing.T) {
	one := func(says string) *claim.Book {
		return &claim.Book{Notebook: 5, Claims: []claim.Claim{{Name: "a", Says: says, Why: "arithmetic"}}}
	}
	for _, c := range []struct {
		text string
		file *claim.Book
		want string
	}{
		{"it is <!--a-->4<!--/-->", one("it is 4"), ""},
		{"**What to see.** it is <!--a-->4<!--/-->", one("What to see. it is 4"), "says “it is 4” for a"},
		{"it is <!--a-->4<!--/-->", one("it is 5"), "says “it is 4” for a, the file of claims “it is 5”"},
		{"it is <!--b-->4<!--/-->", one(""), "claims b, of which notebooks/05.json knows nothing"},
		{"it is 4", one(""), "no text claims a"},
		{"it is <!--a-->4<!--/--> and <!--a-->5<!--/-->", one("it is 4 and 5"), "claims a a second time"},
		{"**What to see.** It is so.", &claim.Book{}, "says what to see, and claims nothing"},
		{"**What to see.** It is so.\n\n<!--nothing measured: a formula-->", &claim.Book{}, ""},
		{"- <!--a-->4<!--/--> it is", one("4 it is"), "at the beginning of a line"},
		{"it is <!--a-->4<!--/-->", &claim.Book{Claims: []claim.Claim{{Name: "a", Says: "it is 4"}}}, "doesn't say why its bounds"},
	} {
		faults := written(t, c.text).ClaimFaults(c.file)
		if c.want == "" && len(faults) > 0 || c.want != "" && !strings.Contains(strings.Join(faults, "\n"), c.want) {
			t.Errorf("%q: faults %q, want %q", c.text, faults, c.want)
		}
	}
}

func TestNumbersAreRenewed(t *testing.T) {
	for _, c := range []struct {
		old   string
		value float64
		want  string
	}{
		{"4", 4.31, "4"}, {"0.87", 0.8651, "0.87"}, {"−2.0", -1.96, "−2.0"}, {"11", -10.66, "11"}, {"3,572", 3601.2, "3,601"},
		{"two", 3, "two"}, {"from 2 to 3", 5, "from 2 to 3"}, {"60", 81, "80"}, {"4", 7, "7"}, {"by 60", 81, "by 60"}, {"z = 0 always collides", 100, "z = 0 always collides"}, {"1,000", 1837, "2,000"}, {"**5**", 6.6, "**7**"}, {"1,000.5", 1234.56, "1,234.6"},
	} {
		b := written(t, "it is <!--a-4-->"+c.old+"<!--/--> here")
		changed := b.Renew("a-4", c.value)
		if got := b.Claims()[0].Text; got != c.want || changed != (c.want != c.old) {
			t.Errorf("%s becomes %s (%v), want %s", c.old, got, changed, c.want)
		}
	}
}

func TestReseeded(t *testing.T) {
	b, ok := written(t, "").Reseeded("other.ipynb", 10)
	if !ok {
		t.Fatal("the notebook has settings")
	}
	text := string(b.Bytes())
	if !strings.Contains(text, `\tc.Seed += 10\n`) || !strings.Contains(text, "[]uint64{11, 12, 13}") {
		t.Errorf("the seeds are as before in %s", text)
	}
}

// An execution's record and pictures are held against the file: what wasn't shown, what isn't so, and a picture that is another one.
func TestUntrueAfterAnExecution(t *testing.T) {
	folder := t.TempDir()
	record := filepath.Join(folder, "claims.jsonl")
	if err := os.WriteFile(record, []byte(`{"Notebook":5,"Name":"a","Value":4}`+"\n"+`{"Notebook":5,"Name":"a","Value":9}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	values, err := Recorded(record)
	if err != nil || !slices.Equal(values["a"], []float64{4, 9}) {
		t.Fatalf("recorded %v, %v", values, err)
	}
	if none, err := Recorded(filepath.Join(folder, "none")); none != nil || err != nil {
		t.Errorf("a notebook that claims nothing has recorded %v, %v", none, err)
	}
	executed := written(t, "")
	executed.cells[1].fields["outputs"] = []any{map[string]any{"data": map[string]any{"text/html": `<img src="data:image/png;base64,` + picture(t, 40) + `"/>`}}}
	pictures, err := executed.Pictures()
	if err != nil || len(pictures["settings"]) != 1 {
		t.Fatalf("pictures %v, %v", pictures, err)
	}
	low, high := 3.0, 5.0
	file := &claim.Book{
		Claims: []claim.Claim{{Name: "a", Says: "about 4", From: &low, To: &high}, {Name: "b", Says: "never"}},
		Looks: []claim.Look{{Name: "same", Cell: "settings", Signature: pictures["settings"][0]}, {Name: "gone", Cell: "settings", Picture: 1},
			{Name: "other", Cell: "settings", Signature: strings.Repeat("00", 256)}},
	}
	faults := Untrue(file, values, pictures)
	for _, want := range []string{"a (“about 4”) is 9, and should be from 3 to 5", "b (“never”): no cell has shown it", "gone (“”): cell settings shows no picture 1", "other (“”): the picture of cell settings is another one"} {
		if !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, want) }) {
			t.Errorf("no %q in %q", want, faults)
		}
	}
	if len(faults) != 4 {
		t.Errorf("%d faults: %q", len(faults), faults)
	}
}

func picture(t *testing.T, shade uint8) string {
	img := image.NewGray(image.Rect(0, 0, 32, 32))
	for i := range img.Pix {
		img.Set(i%32, i/32, color.Gray{Y: shade})
	}
	var text bytes.Buffer
	if err := png.Encode(&text, img); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(text.Bytes())
}
