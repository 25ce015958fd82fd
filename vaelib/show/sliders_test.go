package show

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vaelab/vaelib/figure"
)

// window is a page that a test sits at: it remembers what is put on it, and can answer.
type window struct {
	empty bool   // nobody is there
	asked func() // what happens when it is asked once more

	mu     sync.Mutex
	blocks []block
	hear   func(string)
	shown  chan block
}

func newWindow() *window { return &window{shown: make(chan block, 1000)} }

func (w *window) put(id, html, plain string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.blocks = append(w.blocks, block{id, html, plain})
	w.shown <- block{id, html, plain}
}
func (w *window) sync()            {}
func (w *window) live() bool       { return true }
func (w *window) lost() error      { return nil }
func (w *window) markdown(string)  {}
func (w *window) mayAnswer() bool  { return !w.empty }
func (w *window) say(words string) { w.hear(words) }
func (w *window) ask() {
	if w.asked != nil {
		w.asked()
	}
}
func (w *window) listen(_, _ string, hear func(string)) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.hear = hear
	return "kernel"
}

// next waits for a block whose text contains the words.
func (w *window) next(t *testing.T, words string) block {
	t.Helper()
	late := time.After(time.Minute)
	for {
		select {
		case b := <-w.shown:
			if strings.Contains(b.plain, words) || strings.Contains(b.html, words) {
				return b
			}
		case <-late:
			t.Fatalf("%q never came", words)
		}
	}
}

// atValues draws nothing worth seeing, and says its values.
func atValues(v []float64) figure.Figure {
	return figure.Images([]image.Image{white()}, figure.Caption("drawn at %v", v))
}

func TestSlidersFollowThePage(t *testing.T) {
	w := newWindow()
	on(t, w)
	ended := make(chan []float64)
	go func() {
		ended <- Sliders(atValues, Slider{Name: "μ", From: -3, To: 3, At: 0.5}, Slider{Name: "log σ²", From: -4, To: 4, At: 0})
	}()
	first := w.next(t, "drawn at [0.5 0]")
	controls := w.next(t, "<input")
	if controls.id == first.id {
		t.Fatal("the sliders stand in the picture's block, and would be drawn anew with it")
	}
	markup, _, _ := strings.Cut(controls.html, "<script>")
	tags := wellFormed(t, markup)
	if tags["input"]["max"] != "4" || tags["input"]["step"] != "0.05" || tags["label"]["for"] != tags["input"]["id"] {
		t.Errorf("the last slider is %v, its label %v", tags["input"], tags["label"])
	}
	if tags["input"]["data-lm-suppress-shortcuts"] != "true" || tags["button"]["data-lm-suppress-shortcuts"] != "true" {
		t.Error("JupyterLab would take the keys")
	}

	if !strings.Contains(markup, "5 minutes without a move") {
		t.Error("the page doesn't say when the sliders end by themselves")
	}
	w.say("1 alive 0.5 0")
	w.say("3 move 1.5 -1")
	if b := w.next(t, "drawn at [1.5 -1]"); b.id != first.id {
		t.Error("the picture doesn't take the place of the one before")
	}
	w.say("2 move 1 -0.5") // overtaken on its way
	w.say("4 move 9 -1")   // outside
	w.next(t, "drawn at [3 -1]")
	w.say("nonsense")
	w.say("5 move NaN 1")
	w.say("6 move 1")
	w.say("7 stop 2 -2")
	w.next(t, "drawn at [2 -2]")
	end := w.next(t, "The sliders stopped at μ = 2.00, log σ² = −2.00, because Done was pressed.")
	if end.id != controls.id {
		t.Error("the sliders stay on the page")
	}
	if last := <-ended; len(last) != 2 || last[0] != 2 || last[1] != -2 {
		t.Errorf("the sliders give %v, want where they stood last", last)
	}
	w.say("8 alive 0 0")
	for _, b := range w.blocks {
		for _, never := range []string{"drawn at [1 -0.5]", "NaN", "drawn at [9"} {
			if strings.Contains(b.plain, never) {
				t.Errorf("%s", b.plain)
			}
		}
	}
	if last := w.blocks[len(w.blocks)-1]; last != end {
		t.Errorf("after the end came %q", last.plain)
	}
}

// However many values arrive while one picture is drawn, only the newest is drawn next.
func TestSlidersDrawOnlyTheNewest(t *testing.T) {
	w := newWindow()
	on(t, w)
	begun, goOn := make(chan bool), make(chan bool)
	var drawn []float64
	slow := func(v []float64) figure.Figure {
		drawn = append(drawn, v[0])
		if v[0] == 1 {
			close(begun)
			<-goOn
		}
		return atValues(v)
	}
	ended := make(chan bool)
	go func() {
		Sliders(slow, Slider{Name: "x", From: 0, To: 100, At: 0})
		close(ended)
	}()
	w.next(t, "<input")
	w.say("1 move 1")
	<-begun
	for i := 2; i <= 90; i++ {
		w.say(fmt.Sprintf("%d move %d", i, i))
	}
	close(goOn)
	w.next(t, "drawn at [90]")
	w.say("91 stop 90")
	<-ended
	if want := []float64{0, 1, 90}; !slices.Equal(drawn, want) {
		t.Errorf("drawn at %v, want %v", drawn, want)
	}
}

// While a hand moves there are sketches; where it rests, the picture itself, which is what stays in the notebook.
func TestSlidersSketchUntilTheHandRests(t *testing.T) {
	w := newWindow()
	on(t, w)
	ended := make(chan bool)
	go func() {
		Sliders(atValues, Slider{Name: "x", From: 0, To: 10, At: 0})
		close(ended)
	}()
	first := w.next(t, "drawn at [0]")
	w.next(t, "<input")
	w.say("1 move 1")
	sketch, picture := w.next(t, "drawn at [1]"), w.next(t, "drawn at [1]")
	if size, whole := imageWidth(t, sketch.html), imageWidth(t, picture.html); 2*size != whole || whole != imageWidth(t, first.html) {
		t.Errorf("a sketch of %d pixels, then a picture of %d", size, whole)
	}
	w.say("2 move 2")
	w.say("3 stop 2")
	<-ended
	if last := w.blocks[len(w.blocks)-2]; imageWidth(t, last.html) != imageWidth(t, first.html) || !strings.Contains(last.plain, "[2]") {
		t.Errorf("what stays is %q", last.plain)
	}
}

// imageWidth is the width, in its own pixels, of the picture in a block.
func imageWidth(t *testing.T, html string) int {
	t.Helper()
	_, data, _ := strings.Cut(html, "base64,")
	data, _, _ = strings.Cut(data, `"`)
	config, err := png.DecodeConfig(base64.NewDecoder(base64.StdEncoding, strings.NewReader(data)))
	if err != nil {
		t.Fatal(err)
	}
	return config.Width
}

func TestSlidersEnd(t *testing.T) {
	soon, never := time.Millisecond, time.Hour
	for _, c := range []struct {
		name   string
		limits limits
		say    string
		want   string
	}{
		{"no answer", limits{soon, soon, never, never}, "", ""},
		{"no line", limits{-soon, 2 * soon, never, never}, "", ""},
		{"silence", limits{never, never, soon, never}, "1 alive 2", "stopped at x = 2.00, because the page has not answered"},
		{"untouched", limits{never, never, never, soon}, "1 alive 2", "stopped at x = 2.00, because nobody had moved them"},
		{"interrupted", limits{never, never, never, never}, "1 alive 2", "stopped at x = 2.00, because the kernel was interrupted"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWindow()
			on(t, w)
			s := &sliders{figure: atValues, controls: []Slider{Slider{Name: "x", From: 0, To: 10, At: 5}}, limits: c.limits, pictureID: "picture"}
			ctx, interrupt := context.WithCancel(t.Context())
			defer interrupt()
			ended := make(chan bool)
			go func() {
				if err := s.follow(ctx, w); err != nil {
					t.Error(err)
				}
				close(ended)
			}()
			w.next(t, "<input")
			if c.say != "" {
				w.say(c.say)
				w.next(t, "drawn at [2]")
			}
			if c.name == "interrupted" {
				interrupt()
			}
			<-ended
			last := w.blocks[len(w.blocks)-1]
			if c.want == "" { // the controls are gone, and stills stand for the picture
				if last.id != s.pictureID || !strings.Contains(last.plain, "These are stills") {
					t.Errorf("the end is %q", last)
				}
				wellFormed(t, "<div>"+last.html+"</div>")
				last = w.blocks[len(w.blocks)-2]
			}
			if last.id != s.controlsID || strings.Contains(last.html, "<script") || !strings.Contains(last.plain, c.want) {
				t.Errorf("the end is %q", last)
			}
		})
	}
}

// A page that misses the first question gets a second one, with stills before it where the kernel has found no page.
func TestSlidersAskTwice(t *testing.T) {
	for name, lay := range map[string]time.Duration{"no answer": time.Hour, "no line": -1} {
		t.Run(name, func(t *testing.T) {
			w := newWindow()
			on(t, w)
			w.asked = func() { w.say("1 stop 0") }
			s := &sliders{figure: atValues, controls: []Slider{{Name: "x", To: 10}}, last: []float64{0}, pictureID: "picture",
				limits: limits{lay: lay, answer: time.Millisecond, silence: time.Hour, untouched: time.Hour}}
			if lay < 0 {
				s.limits.answer = time.Hour
			}
			if err := s.follow(t.Context(), w); err != nil {
				t.Fatal(err)
			}
			if lay < 0 {
				w.next(t, "These are stills, because this page doesn't answer.")
				w.next(t, "drawn at [0]") // the picture is back
			}
			w.next(t, "stopped at x = 0.00, because Done was pressed")
		})
	}
}

func TestSlidersWithNobodyThereAreStills(t *testing.T) {
	w := newWindow()
	w.empty = true
	on(t, w)
	last := Sliders(atValues, Slider{Name: "a", From: 0, To: 4, At: 1}, Slider{Name: "b", From: 0, To: 8, At: 2}) // returns
	if len(last) != 2 || last[0] != 1 || last[1] != 2 {
		t.Errorf("the sliders give %v, want where they start", last)
	}
	if len(w.blocks) != 1 || w.hear != nil {
		t.Fatalf("%d blocks, want the stills alone, and no question to the kernel", len(w.blocks))
	}
	for _, want := range []string{"[1 2]", "[3 2]", "[1 6]", "a = 1.00, b = 6.00", "These are stills"} {
		if !strings.Contains(w.blocks[0].plain, want) {
			t.Errorf("no %q in %s", want, w.blocks[0].plain)
		}
	}
}

// A figure that can't be drawn at some values is told there, and the sliders move on.
func TestSlidersOutliveAnError(t *testing.T) {
	w := newWindow()
	on(t, w)
	ended := make(chan bool)
	go func() {
		Sliders(func(v []float64) figure.Figure {
			if v[0] == 0 {
				return figure.Failed(errors.New("σ is 0"))
			}
			return atValues(v)
		}, Slider{Name: "σ", From: 0, To: 1, At: 1})
		close(ended)
	}()
	w.next(t, "<input")
	w.say("1 move 0")
	if b := w.next(t, "σ is 0."); !strings.Contains(b.html, `role="alert"`) {
		t.Errorf("the error is shown as %s", b.html)
	}
	w.say("2 move 0.5")
	w.next(t, "drawn at [0.5]")
	w.say("3 stop 0.5")
	<-ended
}

func ExampleSliders() {
	Sliders(func(v []float64) figure.Figure {
		return figure.Images([]image.Image{white()}, figure.Alt("A square."),
			figure.Caption("The μ part is %.2f nats.", v[0]*v[0]/2))
	}, Slider{Name: "μ", From: -3, To: 3, At: 0, Stills: []float64{0, 2}})
	// Output:
	// [figure] 2 figures side by side. μ = 0.00: A square. μ = 2.00: A square.
	//          μ = 0.00: The μ part is 0.00 nats. μ = 2.00: The μ part is 2.00 nats.
	// These are stills, because no page answers here. In JupyterLab, run the cell, and sliders move the picture.
}

func TestSlidersErrors(t *testing.T) {
	for _, c := range []struct {
		draw     func([]float64) figure.Figure
		controls []Slider
		want     string
	}{
		{nil, []Slider{Slider{Name: "x", From: 0, To: 1, At: 0}}, "a function that draws"},
		{atValues, nil, "at least one show.Slider"},
		{atValues, []Slider{Slider{Name: "x", From: 1, To: 1, At: 1}}, `"x" goes from 1 to 1`},
		{atValues, []Slider{Slider{Name: "x", From: 0, To: 1, At: 2}}, `"x" starts at 2`},
		{atValues, []Slider{{Name: "x", To: 1, Step: -1}}, `"x" has steps of -1`},
		{atValues, []Slider{Slider{Name: "x", From: 0, To: 1, At: 0, Stills: []float64{1}}, Slider{Name: "y", From: 0, To: 1, At: 0}}, `"x" has values for 1 stills, the slider "y" for 0`},
	} {
		if err := validSliders(c.draw, c.controls); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got error %v, want one with %q", err, c.want)
		}
	}
}

func TestSliderSteps(t *testing.T) {
	for _, c := range []struct {
		slider   Slider
		step     float64
		decimals int
	}{
		{Slider{From: -3, To: 3}, 0.05, 2},
		{Slider{From: -4, To: 2}, 0.05, 2},
		{Slider{From: 0, To: 1}, 0.005, 3},
		{Slider{From: 0, To: 100}, 0.5, 1},
		{Slider{From: 0, To: 1000}, 5, 0},
		{Slider{From: 0, To: 20000}, 100, 0},
		{Slider{From: 0, To: 3, Step: 0.25}, 0.25, 2},
		{Slider{From: 0, To: 3, Step: 3}, 3, 0},
	} {
		if s := c.slider; s.step() != c.step || s.decimals() != c.decimals {
			t.Errorf("from %v to %v: steps of %v with %d decimals, want %v with %d", s.From, s.To, s.step(), s.decimals(), c.step, c.decimals)
		}
	}
}
