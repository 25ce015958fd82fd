package show

import (
	"math"
	"strings"
	"testing"

	"vaelab/vaelib/claim"
	"vaelab/vaelib/figure"
)

// claiming opens a book for a test.
func claiming(t *testing.T, file string) {
	t.Helper()
	book, err := claim.Read([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	text = book
	t.Cleanup(func() {
		text = nil
		untrue.id, untrue.found = "", nil
	})
}

const twoClaims = `{"notebook": 9, "claims": [
	{"name": "costs", "says": "about 4 nats", "of": "VAE › restores", "less": "AE › restores", "from": 2, "to": 6, "unit": "nats", "then": 4},
	{"name": "area", "says": "an area of 0.69", "of": "The area is › 1", "from": 0.69, "to": 0.7, "then": 0.691}]}`

// A table, a note and a figure are compared with the text. What holds is not spoken of, and what doesn't gets one line in all.
func TestTextIsComparedWithWhatIsShown(t *testing.T) {
	w := newWindow()
	on(t, w)
	claiming(t, twoClaims)
	table := func(vae any) {
		Table([]string{"model", "restores"}, []any{"AE", 263.5}, []any{"VAE", vae})
	}
	table(267.0)
	Note("The area is %.4f %s.", 0.6908, "nats")
	if len(w.blocks) != 2 {
		t.Fatalf("%d blocks: the text holds, and nothing is to be said", len(w.blocks))
	}
	table("273.0 ± 0.4")
	said := w.blocks[len(w.blocks)-1]
	if want := "The text was written for other settings where it says “about 4 nats” (then 4 nats, here 9.5 nats)."; said.plain != want {
		t.Errorf("said %q, want %q", said.plain, want)
	}
	Note("The area is %.4f %s.", 1.2, "nats")
	grown := w.blocks[len(w.blocks)-1]
	if grown.id != said.id || !strings.Contains(grown.plain, "4 nats") || !strings.Contains(grown.plain, "an area of 0.69") {
		t.Errorf("the line is %q, want one that tells of both", grown)
	}
	before := len(w.blocks)
	table(273.0)
	if len(w.blocks) != before+1 {
		t.Error("what has been said is said again")
	}
}

func TestNothingIsSaidOfTheText(t *testing.T) {
	w := newWindow()
	on(t, w)
	t.Setenv("NBGRADER_EXECUTION", "autograde")
	if Notebook(1) != nil || text != nil {
		t.Error("the text is compared while nbgrader grades")
	}
	claiming(t, twoClaims)
	OtherBudget()
	Note("The area is %.4f.", 5.0)
	if len(w.blocks) != 1 {
		t.Error("the text is compared with the numbers of a small budget")
	}
}

func TestFiguresNumbersAreCompared(t *testing.T) {
	w := newWindow()
	on(t, w)
	claiming(t, `{"claims": [{"name": "half", "says": "by half", "of": "gap › AE › 500", "over": "gap › VAE › 500", "from": 1.3, "to": 1.7, "then": 1.5}]}`)
	path := func(name string, y float64) figure.Option {
		return figure.Path(name, []float64{500, 1000}, []float64{y, 1})
	}
	Figure(figure.Beside(figure.Plot(path("AE", 4), path("VAE", 2), figure.Title("gap")), figure.Plot(path("AE", 1), figure.Title("other"))))
	if said := w.blocks[len(w.blocks)-1]; !strings.Contains(said.plain, "“by half” (then 1.5, here 2)") {
		t.Errorf("said %q", said.plain)
	}
}

func TestLeadingNumber(t *testing.T) {
	for v, want := range map[any]float64{2: 2, 0.5: 0.5, float32(1): 1, "0.87\u00a0± 0.01": 0.87, "−2.285e+10": -2.285e10, "3.67e−05": 3.67e-5,
		"10,000 draws": 10000, "+0.9": 0.9, "1000": 1000} {
		if x, ok := leadingNumber(v); !ok || x != want {
			t.Errorf("%v is read as %v, %v; want %v", v, x, ok, want)
		}
	}
	for _, v := range []any{"–", "", "AE, 2 dimensions", "N(0, 1)", nil, "e"} {
		if x, ok := leadingNumber(v); ok {
			t.Errorf("%v is read as %v, want no number", v, x)
		}
	}
	if _, ok := leadingNumber(math.NaN()); !ok {
		t.Error("NaN is a number that no claim holds of")
	}
}
