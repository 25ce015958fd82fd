package show

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"math"
	"os"
	"strings"
	"testing"

	"vaelab/vaelib/figure"
)

// recorder is a notebook page that remembers.
type recorder struct {
	blocks []block
	synced bool // since the last block
}

type block struct{ id, html, plain string }

func (r *recorder) put(id, html, plain string) {
	r.blocks = append(r.blocks, block{id, html, plain})
	r.synced = false
}
func (r *recorder) markdown(text string) { r.put("", "", text) }

func (r *recorder) sync()       { r.synced = true }
func (r *recorder) live() bool  { return true }
func (r *recorder) lost() error { return nil }

// on shows things on another page for the length of a test.
func on(t *testing.T, p page) {
	before := here
	here = p
	t.Cleanup(func() { here = before })
}

func white() image.Image {
	img := image.NewGray(image.Rect(0, 0, 28, 28))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	return img
}

// wellFormed reads markup as XML would, after closing the one tag that HTML leaves open, and returns its tags and
// the attributes of the last one of each name.
func wellFormed(t *testing.T, markup string) map[string]map[string]string {
	t.Helper()
	tags := map[string]map[string]string{}
	d := xml.NewDecoder(strings.NewReader(markup))
	d.Strict = true
	d.AutoClose = xml.HTMLAutoClose
	d.Entity = xml.HTMLEntity
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return tags
		}
		if err != nil {
			t.Fatalf("%v in %.300s", err, markup)
		}
		if start, ok := token.(xml.StartElement); ok {
			tags[start.Name.Local] = map[string]string{}
			for _, a := range start.Attr {
				tags[start.Name.Local][a.Name.Local] = a.Value
			}
		}
	}
}

const nasty = `<script>alert("x")</script> & 'σ' > 1`

func TestFigureIsOneSelfContainedBlock(t *testing.T) {
	page := &recorder{}
	on(t, page)
	f := figure.Images([]image.Image{white()}, figure.Caption(nasty), figure.Alt(nasty))
	Figure(f)
	if len(page.blocks) != 1 || !page.synced {
		t.Fatalf("%d blocks, synced: %v", len(page.blocks), page.synced)
	}
	tags := wellFormed(t, page.blocks[0].html)
	if tags["script"] != nil {
		t.Error("the caption became markup")
	}
	img := tags["img"]
	if img["alt"] != nasty {
		t.Errorf("alt %q", img["alt"])
	}
	data, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(img["src"], "data:image/png;base64,"))
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if w := fmt.Sprint(picture.Width / 2); img["width"] != w {
		t.Errorf("shown %s wide, drawn %d", img["width"], picture.Width)
	}
	if !strings.Contains(page.blocks[0].plain, nasty) {
		t.Errorf("plain text %q", page.blocks[0].plain)
	}
}

func TestCheckEndsTheCellWithASentence(t *testing.T) {
	code := 0
	exit = func(c int) { code = c }
	t.Cleanup(func() { exit = os.Exit })
	page := &recorder{}
	on(t, page)

	Check(nil)
	if got := Must(7, nil); got != 7 || code != 0 || len(page.blocks) != 0 {
		t.Fatalf("without an error: %v, exit code %d, %d blocks", got, code, len(page.blocks))
	}
	Must(0, errors.New(nasty))
	if code != 1 || len(page.blocks) != 1 || !page.synced {
		t.Fatalf("exit code %d, %d blocks, synced: %v", code, len(page.blocks), page.synced)
	}
	if tags := wellFormed(t, page.blocks[0].html); tags["script"] != nil || tags["div"]["role"] != "alert" {
		t.Errorf("markup %s", page.blocks[0].html)
	}
	code = 0
	Figure(figure.Images(nil))
	if code != 1 || !strings.Contains(page.blocks[1].plain, "there are no images to show") {
		t.Errorf("a figure's error: exit code %d, %q", code, page.blocks[1].plain)
	}
}

func TestSentence(t *testing.T) {
	for in, want := range map[string]string{
		"the disk is full":                     "The disk is full.",
		"KLWeight is -1: it must be 0 or more": "KLWeight is -1: it must be 0 or more.",
		"figure.Images: there are none":        "figure.Images: there are none.",
		"open /x: no such file!":               "Open /x: no such file!",
		"\n":                                   "Something went wrong, and no more is known about it.",
	} {
		if got := Sentence(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestTableDecimals(t *testing.T) {
	for _, c := range []struct {
		column []any
		want   []string
	}{
		{[]any{15.7, 6.61, 0.5}, []string{"15.70", "6.61", "0.50"}},
		{[]any{234.13, 252.1}, []string{"234.1", "252.1"}},
		{[]any{12345.6, -1.0}, []string{"1.235e+04", "−1"}},
		{[]any{12345.6, 2000.4}, []string{"12346", "2000"}},
		{[]any{0.001, 0.0001}, []string{"0.001", "0.0001"}},
		{[]any{0.0, math.NaN()}, []string{"0", "NaN"}},
		{[]any{math.Inf(1), math.Inf(-1), 2.5}, []string{"∞", "−∞", "2.500"}},
		{[]any{1, -2, "3"}, []string{"1", "−2", "3"}},
		{[]any{nil, 1.5}, []string{"–", "1.500"}},
		{[]any{float32(0.1)}, []string{"0.1"}},
	} {
		var rows [][]any
		for _, v := range c.column {
			rows = append(rows, []any{v})
		}
		cells, right, err := lay([]string{"x"}, rows)
		if err != nil || !right[0] {
			t.Errorf("%v: %v, right: %v", c.column, err, right)
		}
		for i, want := range c.want {
			if got := cells[i+1][0]; got != want {
				t.Errorf("%v in %v is written %s, want %s", c.column[i], c.column, got, want)
			}
		}
	}
}

func TestTableChecksItsShape(t *testing.T) {
	if _, _, err := lay(nil, nil); err == nil {
		t.Error("a table without columns")
	}
	if _, _, err := lay([]string{"a", "b"}, [][]any{{1, 2}, {3}}); err == nil || !strings.Contains(err.Error(), "row 2 has 1 values") {
		t.Errorf("a short row: %v", err)
	}
}

func TestTableEscapes(t *testing.T) {
	page := &recorder{}
	on(t, page)
	Table([]string{nasty}, []any{nasty})
	if tags := wellFormed(t, page.blocks[0].html); tags["script"] != nil || tags["td"] == nil || tags["th"] == nil {
		t.Errorf("markup %s", page.blocks[0].html)
	}
}

func ExampleTable() {
	Table([]string{"KL weight", "reconstruction", "KL"}, []any{1, 234.13, 15.7}, []any{4, 252.1, 6.61})
	// Output:
	// KL weight  reconstruction     KL
	//         1           234.1  15.70
	//         4           252.1   6.61
}

func ExampleFigure() {
	codes := [][2]float64{{-1, 0.5}, {1, -0.5}}
	Figure(figure.LatentMap(codes, nil, nil, figure.Title("Two codes"), figure.Caption("Look.")))
	// Output:
	// [figure] Two codes. Scatter plot of 2 codes in the latent plane, both axes from −4.0 to 4.0.
	//          Look.
}

func ExampleNote() {
	Note("Trained on %s.", "XLA on CPU")
	// Output: Trained on XLA on CPU.
}
