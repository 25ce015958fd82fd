package show

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"

	"vaelab/vaelib/internal/interrupt"
	"vaelab/vaelib/words"
)

// Stroke is a line from point to point in a square that is 1 wide and 1 high: x to the right, y upward. What a hand has drawn may
// lead out of the square.
type Stroke [][2]float64

// Mark is a round thing that lies in a [Pad]. The zero Mark is nothing to be seen.
type Mark struct {
	Name   string
	At     [2]float64
	Radius float64
	Solid  bool // filled, as what is in the way; else a ring
}

// Pad is a square on the page that the reader draws strokes into, with [Draw].
type Pad struct {
	Task  string // what is to be drawn, in a sentence
	Alt   string // what lies in the square, for those who don't see it
	Marks []Mark
	Pen   [2]float64 // where the keyboard's pen begins

	Least, Most int      // so many strokes make a drawing: with Least it can be done, with Most it is
	Before      []Stroke // that were drawn another time, and are gone on from

	// Take gives a stroke as it is kept, or says in a sentence why it isn't. It gets finite numbers, MostPoints of them at most.
	Take func(Stroke) (Stroke, error)

	// Keep is told all strokes whenever they have changed and there are some, so that a kernel's restart loses none; nil where that
	// isn't wanted. Its error is said on the page.
	Keep func([]Stroke) error

	Instead string // what is used where nobody can draw, in a sentence
}

// MostPoints is how many points a stroke has at most when the page sends it.
const MostPoints = 500

// Draw lets the reader draw strokes into a square, by mouse, pen, finger or keyboard, while the cell runs. Each goes to pad.Take,
// and the page says at once whether it is taken. The cell ends when there are pad.Most strokes, its Done button is pressed, the
// kernel is interrupted, or nobody has drawn for some minutes; what was drawn stays in the notebook as a picture.
//
// It gives what was taken, that of before included, and the reason why the drawing ended, such as "Done was pressed"; "" where
// nobody can draw, since no page answers. Then one line says so, and pad.Instead.
func Draw(pad Pad) (strokes []Stroke, why string) {
	Check(pad.valid())
	d := &drawing{pad: pad, limits: patience, stateID: "drawn_" + uniqueID()}
	window, ok := answers()
	if !ok {
		line := words.Sentences(words.Say("Nobody can draw here, because no page answers. In JupyterLab, run the cell, and there is a square to draw in."),
			pad.Instead)
		here.put(d.stateID, noteHTML(line), line)
		here.sync()
		return nil, ""
	}
	ctx, stop := interrupt.Context()
	defer stop()
	moving = d
	why, err := d.follow(ctx, window)
	moving = nil
	Check(err)
	if why == "" {
		return nil, ""
	}
	return d.strokes, why
}

// drawing is one call of Draw.
type drawing struct {
	pad    Pad
	limits limits

	stateID, padID string
	strokes        []Stroke
	last           int    // the number of the last action
	said           string // of it

	mu    sync.Mutex
	heard int     // the number of the newest action that has come
	next  *action // that has come and isn't done yet; the page sends one at a time
}

// action is what the reader does. The page numbers them from 1, and sends each until it finds its number in the drawing's state.
type action struct {
	n      int
	what   string // stroke, undo, over or stop
	stroke Stroke
}

// follow does what the page sends until something ends it, and says what; "" where no page has answered.
func (d *drawing) follow(ctx context.Context, window answering) (why string, err error) {
	d.strokes = append(d.strokes, d.pad.Before...)
	if n := len(d.strokes); n > 0 {
		d.said = words.Say("%s from before. Go on, or press Done.", words.Count(n, "path", "paths"))
	}
	d.padID = "pad_" + uniqueID()
	d.show(window)
	hidden := false
	t := &talk{
		limits: d.limits, block: d.padID, hear: d.hear, idle: words.Say("nobody had drawn for a while"),
		controls: func(address, kernel string) string { return d.controlsHTML(address, kernel) },
		news: func() (touched bool, why string) {
			a := d.taken()
			if a == nil { // a sign of life
				if hidden {
					hidden = false
					d.show(window)
				}
				return false, ""
			}
			why = d.do(*a)
			d.show(window)
			return true, why
		},
		lost: func() error {
			hidden = true
			d.showMute(window)
			return nil
		},
	}
	if why, err = t.hold(ctx, window); err != nil {
		return "", err
	}
	if why == "" {
		d.putAway()
		d.showMute(window)
		return "", nil
	}
	markup, plain := d.picture()
	window.put(d.stateID, markup, plain)
	line := words.Say("The drawing ended with %s, because %s. Run the cell again to go on with it.", d.count(), why)
	window.put(d.padID, noteHTML(line), line)
	window.sync()
	return why, nil
}

// do does an action, and says why it ends the drawing; "" where it doesn't.
func (d *drawing) do(a action) (why string) {
	d.last = a.n
	n := len(d.strokes)
	defer func() {
		if d.pad.Keep == nil || len(d.strokes) == n || len(d.strokes) == 0 {
			return
		}
		if err := d.pad.Keep(d.strokes); err != nil {
			d.said = "✗ " + Sentence(err.Error())
		}
	}()
	switch {
	case a.what == "stop" && (n == 0 || n >= d.pad.Least):
		return words.Say("Done was pressed")
	case a.what == "stop":
		d.said = "✗ " + words.Say("That is %d, and at least %d are needed: draw on, or start over and press Done to draw none.", n, d.pad.Least)
	case a.what == "undo" && n == 0:
		d.said = "✗ " + words.Say("There is nothing to undo.")
	case a.what == "undo":
		d.strokes = d.strokes[:n-1]
		d.said = words.Say("The last one is gone: %s.", d.count())
	case a.what == "over":
		d.strokes = nil
		d.said = words.Say("All are gone. Begin again.")
	case n == d.pad.Most:
		d.said = "✗ " + words.Say("There are %d already: press Done, or undo one.", n)
	default:
		stroke, err := d.pad.Take(a.stroke)
		if err != nil {
			d.said = "✗ " + Sentence(err.Error())
			break
		}
		d.strokes = append(d.strokes, stroke)
		d.said = "✓ " + words.Say("Taken (%s).", d.count())
		if len(d.strokes) == d.pad.Most {
			return words.Say("it is whole")
		}
	}
	return ""
}

// count is "7 of 20".
func (d *drawing) count() string { return words.Say("%d of %d", len(d.strokes), d.pad.Most) }

// putAway takes the pad off the page.
func (d *drawing) putAway() { here.put(d.padID, "", "") }

func (d *drawing) showMute(window answering) {
	line := words.Sentences(words.Say("Nobody can draw here, because this page doesn't answer. Run the cell again to have a square to draw in; "+
		"if there is none then, see “No sliders” in docs/troubleshooting.md."), d.pad.Instead)
	window.put(d.stateID, noteHTML(line), line)
	window.sync()
}

// hear keeps an action that the page sends, and reports whether anything has come that is understood: a sign of life at least.
func (d *drawing) hear(text string) bool {
	a, err := parseAction(text)
	if err != nil {
		return false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if a.what != "alive" && a.n == d.heard+1 && d.next == nil { // else it has come before
		d.heard, d.next = a.n, &a
	}
	return true
}

// taken is the action that is to be done; nil where there is none.
func (d *drawing) taken() *action {
	d.mu.Lock()
	defer d.mu.Unlock()
	a := d.next
	d.next = nil
	return a
}

// grain is the page's unit of length: a ten-thousandth of the square's side. mostWords is what an action has at most.
const (
	grain     = 10000
	mostWords = 2 + 2*MostPoints
)

// parseAction reads what the page sends: an action's number, its name, and for a stroke the points' coordinates, in grains.
func parseAction(text string) (a action, err error) {
	if len(text) > 8*mostWords {
		return a, fmt.Errorf("%d bytes from the page are too many", len(text))
	}
	fields := strings.Fields(text)
	if len(fields) < 2 || len(fields) > mostWords || len(fields)%2 != 0 {
		return a, fmt.Errorf("%d words from the page: want a number, a name, and pairs of coordinates", len(fields))
	}
	if a.n, err = strconv.Atoi(fields[0]); err != nil || a.n < 0 {
		return a, fmt.Errorf("the action's number is %q", fields[0])
	}
	switch a.what = fields[1]; a.what {
	case "alive", "undo", "over", "stop":
		if len(fields) > 2 {
			return a, fmt.Errorf("%d words after %q", len(fields)-2, a.what)
		}
		return a, nil
	case "stroke":
	default:
		return a, fmt.Errorf("the page says %q", a.what)
	}
	if len(fields) == 2 {
		return a, errors.New("a stroke without points")
	}
	for i := 2; i < len(fields); i += 2 {
		x, errX := strconv.Atoi(fields[i])
		y, errY := strconv.Atoi(fields[i+1])
		if err := errors.Join(errX, errY); err != nil {
			return a, fmt.Errorf("a point of the stroke: %w", err)
		}
		a.stroke = append(a.stroke, [2]float64{float64(x) / grain, float64(y) / grain})
	}
	return a, nil
}

func (p Pad) valid() error {
	switch {
	case p.Take == nil:
		return words.Errorf("show.Draw needs a function that takes strokes: Take of its show.Pad is nil")
	case p.Least < 1 || p.Most < p.Least:
		return words.Errorf("the show.Pad wants from %d to %d strokes: the first must be at least 1, and the second no less", p.Least, p.Most)
	case len(p.Before) > p.Most:
		return words.Errorf("the show.Pad begins with %d strokes, and %d are the most", len(p.Before), p.Most)
	}
	for _, m := range p.Marks {
		if sum := m.At[0] + m.At[1] + m.Radius; math.IsNaN(sum) || math.IsInf(sum, 0) || m.Radius < 0 {
			return words.Errorf("the mark %q of the show.Pad lies at %v with the radius %v: they must be finite, the radius not below 0", m.Name, m.At, m.Radius)
		}
	}
	return nil
}
