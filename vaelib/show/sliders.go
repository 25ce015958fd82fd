package show

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"vaelab/vaelib/figure"
	"vaelab/vaelib/internal/interrupt"
	"vaelab/vaelib/words"
)

// Slider is a name and the numbers that it goes through: from From to To, starting at At. The zero Slider goes nowhere, and
// [Sliders] ends the cell with an error that says so.
type Slider struct {
	Name         string
	From, To, At float64
	Step         float64 // between two places; 0 for a round number that makes about a hundred

	// Stills are its values in the pictures that are shown where nothing can be moved: each slider's first value
	// belongs to the first picture, and so on. Without them, pictures around At are shown.
	Stills []float64
}

// Sliders shows a figure that follows the hand: while the cell runs, moving a slider draws it anew from the sliders'
// values. The cell ends, and leaves the last picture in the notebook, when its Done button is pressed, the kernel is
// interrupted, or nobody has moved anything for some minutes.
//
//	show.Sliders(func(v []float64) figure.Figure { return bell(v[0], v[1]) },
//		show.Slider{Name: "μ", From: -3, To: 3, At: 1}, show.Slider{Name: "log σ²", From: -4, To: 4})
//
// It gives the values at which the sliders stood last: what a cell does with them, it does when the moving is over.
//
// Sliders need a page that answers. Where none can (a notebook executed by a program, VS Code) a row of
// stills is shown at once; where there is a server but no page answers, after some three seconds. Outside a notebook, their
// texts are printed.
func Sliders(draw func(values []float64) figure.Figure, controls ...Slider) (last []float64) {
	Check(validSliders(draw, controls))
	s := &sliders{figure: draw, controls: controls, limits: patience, pictureID: "picture_" + uniqueID()}
	s.last = s.start()
	window, ok := answers()
	if !ok {
		Check(s.showStills(stillsLine()))
		return s.last
	}
	ctx, stop := interrupt.Context()
	defer stop()
	moving = s
	err := s.follow(ctx, window)
	moving = nil
	Check(err)
	return s.last
}

// rest is how long a hand must rest until the sketch that followed it becomes a picture.
const rest = 200 * time.Millisecond

// sliders is one call of Sliders.
type sliders struct {
	figure   func([]float64) figure.Figure
	controls []Slider
	limits   limits

	pictureID, controlsID string
	last                  []float64     // the values that are drawn
	drawn                 figure.Figure // at those values

	mu      sync.Mutex
	newest  message
	touched int // how many moves have been heard of
}

// follow waits for the page to answer, then draws the newest values until something ends it. Values that arrive while
// a picture is drawn are passed over but for the newest, and what is drawn is a sketch until the hand rests, so that the
// picture never lags behind it.
func (s *sliders) follow(ctx context.Context, window answering) error {
	moves, stills := 0, false
	s.draw(s.last)
	s.show(figure.Figure.PNG)
	resting := time.NewTimer(rest)
	resting.Stop()
	s.controlsID = "sliders_" + uniqueID()
	t := &talk{
		limits: s.limits, block: s.controlsID, hear: s.hear, idle: words.Say("nobody had moved them for a while"),
		controls: func(address, kernel string) string {
			return controlsHTML(s.controlsID, address, kernel, s.controls, s.limits.untouched)
		},
		news: func() (touched bool, why string) {
			m, n := s.latest()
			touched, moves = n != moves, n
			if stills || !slices.Equal(m.values, s.last) {
				stills, s.last = false, m.values
				s.draw(s.last)
				s.show(figure.Figure.Sketch)
				resting.Reset(rest)
			}
			if m.what == "stop" {
				why = words.Say("Done was pressed")
			}
			return touched, why
		},
		lost: func() error {
			stills = true // which stay, unless the last try brings an answer
			return s.showStills(lostLine())
		},
		rested: resting.C, rest: func() { s.show(figure.Figure.PNG) },
	}
	why, err := t.hold(ctx, window)
	if err != nil {
		return err
	}
	if why == "" {
		s.putAway()
		return s.showStills(lostLine())
	}
	if resting.Stop() {
		s.show(figure.Figure.PNG)
	}
	line := words.Say("The sliders stopped at %s, because %s. Run the cell again to move them.", s.at(s.last), why)
	window.put(s.controlsID, noteHTML(line), line)
	window.sync()
	return nil
}

// start is where the sliders stand at first.
func (s *sliders) start() (values []float64) {
	for _, c := range s.controls {
		values = append(values, c.At)
	}
	return values
}

// putAway takes the sliders off the page.
func (s *sliders) putAway() { here.put(s.controlsID, "", "") }

// message is what the page sends: a number that counts up, what happened, and the sliders' values.
type message struct {
	count  int
	what   string // alive, move or stop
	values []float64
}

// hear keeps the newest message, for they may overtake each other, and reports whether this was one.
func (s *sliders) hear(text string) bool {
	m, err := parseMessage(text, s.controls)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil || m.count <= s.newest.count || s.newest.what == "stop" {
		return false
	}
	if m.what == "move" {
		s.touched++
	}
	s.newest = m
	return true
}

func (s *sliders) latest() (m message, touched int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.newest, s.touched
}

func parseMessage(text string, controls []Slider) (m message, err error) {
	fields := strings.Fields(text)
	if len(fields) != 2+len(controls) {
		return m, fmt.Errorf("%d words from the page, want %d: %q", len(fields), 2+len(controls), text)
	}
	if m.count, err = strconv.Atoi(fields[0]); err != nil {
		return m, err
	}
	m.what = fields[1]
	for i, c := range controls {
		v, err := strconv.ParseFloat(fields[2+i], 64)
		if err != nil || math.IsNaN(v) {
			return m, fmt.Errorf("the value %q of slider %q is not a number", fields[2+i], c.Name)
		}
		m.values = append(m.values, max(c.From, min(c.To, v)))
	}
	return m, nil
}

func (s *sliders) draw(values []float64) { s.drawn = s.figure(slices.Clone(values)) }

func (s *sliders) show(as func(figure.Figure) ([]byte, error)) {
	markup, plain, err := render(s.drawn, as)
	if err != nil { // of these values; others may be better
		plain = Sentence(err.Error())
		markup = alertHTML(plain)
	}
	here.put(s.pictureID, markup, plain)
}

// at names the sliders' values: "μ = 0.50, log σ² = −1.00".
func (s *sliders) at(values []float64) string {
	var parts []string
	for i, c := range s.controls {
		parts = append(parts, c.Name+" = "+float(values[i], c.decimals()))
	}
	return strings.Join(parts, words.Say(", "))
}

func validSliders(draw func([]float64) figure.Figure, controls []Slider) error {
	if draw == nil || len(controls) == 0 {
		return words.Errorf("show.Sliders needs a function that draws and at least one show.Slider")
	}
	for _, c := range controls {
		switch {
		case !(c.From < c.To) || math.IsInf(c.To-c.From, 0):
			return words.Errorf("the slider %q goes from %v to %v: the first must be less than the second", c.Name, c.From, c.To)
		case !(c.From <= c.At && c.At <= c.To):
			return words.Errorf("the slider %q starts at %v, outside its range from %v to %v", c.Name, c.At, c.From, c.To)
		case c.Step < 0 || math.IsNaN(c.Step):
			return words.Errorf("the slider %q has steps of %v: they must be above 0, or 0 for round ones", c.Name, c.Step)
		case len(c.Stills) != len(controls[0].Stills):
			return words.Errorf("the slider %q has values for %d stills, the slider %q for %d: give them equally many",
				controls[0].Name, len(controls[0].Stills), c.Name, len(c.Stills))
		}
	}
	return nil
}
