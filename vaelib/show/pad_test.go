package show

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"slices"
	"strings"
	"testing"
	"time"
)

// keeps takes strokes that end in the upper half, by their two ends.
func keeps(s Stroke) (Stroke, error) {
	if s[len(s)-1][1] < 0.5 {
		return nil, errors.New("it ends too low: go on upward")
	}
	return Stroke{s[0], s[len(s)-1]}, nil
}

func square() Pad {
	return Pad{Task: "Draw upward & on.", Alt: `A "square".`, Least: 2, Most: 3, Take: keeps, Instead: "The shipped ones are used.",
		Marks: []Mark{{Name: "start", At: [2]float64{0.5, 0.1}, Radius: 0.02}, {Name: "<wall>", At: [2]float64{0.5, 0.5}, Radius: 0.1, Solid: true}}}
}

// drawnState is what the page's script reads.
type drawnState struct {
	N       int
	Said    string
	Strokes []string
}

// state waits for the drawing's state after an action.
func (w *window) state(t *testing.T, n int) (s drawnState) {
	t.Helper()
	b := w.next(t, html.EscapeString(fmt.Sprintf(`{"n":%d,`, n)))
	_, data, _ := strings.Cut(b.html, `data-state="`)
	data, _, _ = strings.Cut(data, `"`)
	if err := json.Unmarshal([]byte(html.UnescapeString(data)), &s); err != nil {
		t.Fatalf("%v in %s", err, b.html)
	}
	return s
}

type drawn struct {
	strokes []Stroke
	why     string
}

func TestDrawFollowsThePage(t *testing.T) {
	w := newWindow()
	on(t, w)
	ended := make(chan drawn)
	go func() {
		strokes, why := Draw(square())
		ended <- drawn{strokes, why}
	}()
	if s := w.state(t, 0); s.Said != "" || len(s.Strokes) != 0 {
		t.Errorf("before anything is drawn the state is %+v", s)
	}
	pad := w.next(t, "<svg")
	markup, _, _ := strings.Cut(pad.html, "<script>")
	tags := wellFormed(t, markup)
	if tags["svg"]["tabindex"] != "0" || tags["svg"]["data-lm-suppress-shortcuts"] != "true" || tags["svg"]["aria-label"] != `A "square".` {
		t.Errorf("the square is %v", tags["svg"])
	}
	for _, want := range []string{"Draw upward &amp; on.", "&lt;wall&gt;", "5 minutes without a stroke", "touch-action:none", `aria-live="polite"`, "arrow keys"} {
		if !strings.Contains(markup, want) {
			t.Errorf("the pad lacks %q", want)
		}
	}

	for i, c := range []struct{ say, said, strokes string }{
		{"undo", "✗ There is nothing to undo.", ""},
		{"stroke 5000 1000 6000 4000", "✗ It ends too low: go on upward.", ""},
		{"stroke 5000 1000 6000 4000 5000 9000", "✓ Taken (1 of 3).", "500,900 500,100"},
		{"stop", "✗ That is 1, and at least 2 are needed: draw on, or start over and press Done to draw none.", "500,900 500,100"},
		{"stroke -20 0 10020 10000", "✓ Taken (2 of 3).", "500,900 500,100;-2,1000 1002,0"},
		{"undo", "The last one is gone: 1 of 3.", "500,900 500,100"},
		{"over", "All are gone. Begin again.", ""},
		{"stroke 0 0 0 10000", "✓ Taken (1 of 3).", "0,1000 0,0"},
		{"stroke 10000 0 10000 10000", "✓ Taken (2 of 3).", "0,1000 0,0;1000,1000 1000,0"},
	} {
		w.say(fmt.Sprintf("%d %s", i+1, c.say))
		s := w.state(t, i+1)
		if s.Said != c.said || strings.Join(s.Strokes, ";") != c.strokes {
			t.Errorf("after %q the page says %q and shows %q, want %q and %q", c.say, s.Said, s.Strokes, c.said, c.strokes)
		}
		w.say(fmt.Sprintf("%d %s", i+1, c.say)) // sent twice, done once
		w.say("0 alive")
	}
	w.say("10 stop")
	end := w.next(t, "The drawing ended with 2 of 3, because Done was pressed.")
	if end.id != pad.id || strings.Contains(end.html, "<script") {
		t.Error("the pad stays on the page")
	}
	got := <-ended
	if want := []Stroke{{{0, 0}, {0, 1}}, {{1, 0}, {1, 1}}}; got.why != "Done was pressed" || !slices.EqualFunc(got.strokes, want, slices.Equal) {
		t.Errorf("drawn are %v, because %s", got.strokes, got.why)
	}

	// What stays is a picture of its own, with the strokes in it.
	picture := w.blocks[len(w.blocks)-2]
	if picture.id != w.blocks[0].id || !strings.Contains(picture.plain, `A "square". In it are drawn lines: 2 of 3.`) {
		t.Errorf("what stays is %q", picture.plain)
	}
	wellFormed(t, picture.html)
	_, data, _ := strings.Cut(picture.html, "base64,")
	data, _, _ = strings.Cut(data, `"`)
	image, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(image, new(struct{})); err != nil || strings.Count(string(image), "<polyline") != 2 || !strings.Contains(string(image), `points="1000,1000 1000,0"`) {
		t.Errorf("the picture is %s: %v", image, err)
	}
}

// The last stroke ends the cell, and what was drawn another time counts.
func TestDrawEndsWhenItIsWhole(t *testing.T) {
	w := newWindow()
	on(t, w)
	pad := square()
	pad.Before = []Stroke{{{0, 0}, {0, 1}}, {{1, 0}, {1, 1}}}
	ended := make(chan drawn)
	go func() {
		strokes, why := Draw(pad)
		ended <- drawn{strokes, why}
	}()
	if s := w.state(t, 0); s.Said != "2 paths from before. Go on, or press Done." || len(s.Strokes) != 2 {
		t.Errorf("at the beginning the page says %+v", s)
	}
	w.next(t, "<svg")
	w.say("1 stroke 0 0 5000 10000")
	if got := <-ended; got.why != "it is whole" || len(got.strokes) != 3 || len(pad.Before) != 2 {
		t.Errorf("drawn are %v, because %s", got.strokes, got.why)
	}

	pad.Before = append(pad.Before, pad.Before[0]) // as many as there can be: it is the reader who ends it
	go func() {
		strokes, why := Draw(pad)
		ended <- drawn{strokes, why}
	}()
	w.state(t, 0)
	w.next(t, "<svg")
	w.say("1 stroke 0 0 5000 10000")
	if s := w.state(t, 1); s.Said != "✗ There are 3 already: press Done, or undo one." {
		t.Errorf("one more: %q", s.Said)
	}
	w.say("2 stop")
	if got := <-ended; got.why != "Done was pressed" || len(got.strokes) != 3 {
		t.Errorf("drawn are %v, because %s", got.strokes, got.why)
	}
}

func TestDrawEnds(t *testing.T) {
	soon, never := time.Millisecond, time.Hour
	for _, c := range []struct {
		name   string
		limits limits
		why    string
	}{
		{"no answer", limits{soon, soon, never, never}, ""},
		{"no line", limits{-soon, 2 * soon, never, never}, ""},
		{"silence", limits{never, never, 20 * soon, never}, "the page has not answered for a while"},
		{"untouched", limits{never, never, never, 20 * soon}, "nobody had drawn for a while"},
		{"interrupted", limits{never, never, never, never}, "the kernel was interrupted"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWindow()
			on(t, w)
			d := &drawing{pad: square(), limits: c.limits, stateID: "state"}
			ctx, interrupt := context.WithCancel(t.Context())
			defer interrupt()
			ended := make(chan string)
			go func() {
				why, err := d.follow(ctx, w)
				if err != nil {
					t.Error(err)
				}
				ended <- why
			}()
			w.next(t, "<svg")
			if c.why != "" {
				w.say("1 stroke 0 0 0 10000")
				w.state(t, 1)
			}
			if c.name == "interrupted" {
				interrupt()
			}
			if why := <-ended; why != c.why {
				t.Errorf("it ended because %q, want %q", why, c.why)
			}
			last := w.blocks[len(w.blocks)-1]
			if c.why == "" {
				if last.id != "state" || !strings.HasPrefix(last.plain, "Nobody can draw here, because this page doesn't answer.") || !strings.HasSuffix(last.plain, "The shipped ones are used.") {
					t.Errorf("the end is %q", last)
				}
				if pad := w.blocks[len(w.blocks)-2]; pad.id != d.padID || pad.html != "" {
					t.Errorf("the pad's block is %q", pad)
				}
			} else if len(d.strokes) != 1 || !strings.Contains(last.plain, "The drawing ended with 1 of 3, because "+c.why) {
				t.Errorf("%d strokes are kept, and the end is %q", len(d.strokes), last)
			}
		})
	}
}

// A page that answers late finds its square.
func TestDrawAsksTwice(t *testing.T) {
	w := newWindow()
	on(t, w)
	w.asked = func() { w.say("0 alive") }
	d := &drawing{pad: square(), limits: limits{lay: -1, answer: time.Hour, silence: time.Hour, untouched: time.Hour}, stateID: "state"}
	ended := make(chan bool)
	go func() {
		if _, err := d.follow(t.Context(), w); err != nil {
			t.Error(err)
		}
		close(ended)
	}()
	w.state(t, 0)
	w.next(t, "Nobody can draw here, because this page doesn't answer.")
	w.state(t, 0) // in the sentence's place
	w.say("1 stop")
	<-ended
}

func TestDrawWithNobodyThere(t *testing.T) {
	w := newWindow()
	w.empty = true
	on(t, w)
	if strokes, why := Draw(square()); strokes != nil || why != "" {
		t.Errorf("drawn are %v, because %s", strokes, why)
	}
	if len(w.blocks) != 1 || w.hear != nil || strings.Contains(w.blocks[0].html, "<script") {
		t.Errorf("%d blocks, want a line alone, and no question to the kernel", len(w.blocks))
	}
}

func ExampleDraw() {
	strokes, why := Draw(Pad{Task: "Draw a line.", Least: 1, Most: 20, Take: func(s Stroke) (Stroke, error) { return s, nil },
		Instead: "The lines that come with the course are used."})
	fmt.Printf("%d strokes, %q\n", len(strokes), why)
	// Output:
	// Nobody can draw here, because no page answers. In JupyterLab, run the cell, and there is a square to draw in. The lines that come with the course are used.
	// 0 strokes, ""
}

// Whatever a page sends, a stroke has finite points, and not too many, or there is none.
func TestHostilePages(t *testing.T) {
	many := "1 stroke" + strings.Repeat(" 1 1", MostPoints)
	if a, err := parseAction(many); err != nil || len(a.stroke) != MostPoints {
		t.Fatalf("%d points, %v", len(a.stroke), err)
	}
	for _, text := range []string{"", "1", "x stroke 1 1", "-1 undo", "1 stroke", "1 stroke 1", "1 stroke 1 2 3", "1 stroke NaN 1", "1 stroke 1e400 1", "1 stroke 0.5 0.5",
		"1 stroke 99999999999999999999 1", "1 undo 1 1", "1 <script> 1 1", "1 Stop", many + " 1 1", "1 stroke " + strings.Repeat("0", 1<<20) + " 1", strings.Repeat(" ", 1<<20)} {
		if a, err := parseAction(text); err == nil {
			t.Errorf("%.40q is taken as %+v", text, a)
		}
	}
	d := &drawing{}
	for _, text := range []string{"2 undo", "7 stroke 1 1", "9223372036854775807 over"} {
		if d.hear(text); d.taken() != nil {
			t.Errorf("%q is done before what comes before it", text)
		}
	}
	d.hear("1 undo")
	d.hear("2 over")
	if a := d.taken(); a == nil || a.what != "undo" || d.taken() != nil {
		t.Error("the page sends one action at a time, and a second was taken before the first was done")
	}
}

func FuzzParseAction(f *testing.F) {
	f.Add("3 stroke 1 2 -30 40")
	f.Add("0 alive")
	f.Fuzz(func(t *testing.T, text string) {
		a, err := parseAction(text)
		if err == nil && ((a.what == "stroke") != (len(a.stroke) > 0) || len(a.stroke) > MostPoints || a.n < 0) {
			t.Errorf("%q is %+v", text, a)
		}
	})
}

func TestPadErrors(t *testing.T) {
	for want, wrong := range map[string]func(*Pad){
		"Take of its show.Pad is nil":  func(p *Pad) { p.Take = nil },
		"from 0 to 3 strokes":          func(p *Pad) { p.Least = 0 },
		"from 4 to 3 strokes":          func(p *Pad) { p.Least = 4 },
		"begins with 4 strokes, and 3": func(p *Pad) { p.Before = make([]Stroke, 4) },
		`the mark "start"`:             func(p *Pad) { p.Marks[0].Radius = -1 },
	} {
		p := square()
		wrong(&p)
		if err := p.valid(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got error %v, want one with %q", err, want)
		}
	}
}

// What is drawn is kept as it changes: after a stroke that is taken and one that is undone, not after one that isn't taken, and never as
// nothing. An error of keeping is said, and the drawing goes on.
func TestDrawingsAreKeptAsTheyChange(t *testing.T) {
	var kept []int
	full := false
	pad := square()
	pad.Keep = func(s []Stroke) error {
		if full {
			return errors.New("the disk is full: make room")
		}
		kept = append(kept, len(s))
		return nil
	}
	d := &drawing{pad: pad}
	up, down := Stroke{{0.5, 0.1}, {0.5, 0.9}}, Stroke{{0.5, 0.1}, {0.5, 0.2}}
	for i, a := range []action{{what: "undo"}, {what: "stroke", stroke: up}, {what: "stroke", stroke: down}, {what: "stroke", stroke: up}, {what: "undo"}, {what: "undo"}} {
		a.n = i + 1
		d.do(a)
	}
	if want := []int{1, 2, 1}; !slices.Equal(kept, want) {
		t.Errorf("kept %v strokes, want %v", kept, want)
	}
	full = true
	if why := d.do(action{n: 7, what: "stroke", stroke: up}); why != "" || d.said != "✗ The disk is full: make room." || len(d.strokes) != 1 {
		t.Errorf("with a full disk it says %q, and ends for %q", d.said, why)
	}
}
