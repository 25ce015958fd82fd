package figure

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Option changes one thing about a figure. [Title], [Caption] and [Alt] mean something to every figure; an option that means
// nothing to the figure that is given it is an error. A nil Option changes nothing. Several figures, and goroutines, may
// share one.
type Option func(*options)

type options struct {
	title, caption, alt string
	columns             int
	labels              []string
	limit               float64
	epochs              int
	now                 *run.Terms
	nowEpoch            float64
	x, y                axis
	layers              []layer
	spreads             [][2]float64
	thickName           string
	thick               *Route

	given []string // by name, but for those that every figure has
	to    string   // the figure
	takes []string // what means something to it
}

// set is an option by its name.
func set(name string, change func(o *options)) Option {
	return func(o *options) {
		o.given = append(o.given, name)
		change(o)
	}
}

// Title is written above the figure.
func Title(format string, args ...any) Option {
	return func(o *options) { o.title = sprintf(format, args) }
}

// Caption replaces the caption that the figure writes for itself.
func Caption(format string, args ...any) Option {
	return func(o *options) { o.caption = sprintf(format, args) }
}

// Alt replaces the alt text that the figure writes for itself.
func Alt(format string, args ...any) Option {
	return func(o *options) { o.alt = sprintf(format, args) }
}

// Labels are written under the images of Images, one each.
func Labels(labels []string) Option { return set("Labels", func(o *options) { o.labels = labels }) }

// Columns is how many images stand in a line of Images or Rows, where the page is wide enough.
func Columns(n int) Option { return set("Columns", func(o *options) { o.columns = n }) }

// Limit makes a LatentMap's axes run from −r to r, so that maps in different cells can be compared. Maps that
// stand Beside each other get the same axes by themselves.
func Limit(r float64) Option { return set("Limit", func(o *options) { o.limit = r }) }

// Spreads gives LatentMap each code's standard deviations, and draws some of the clouds as ellipses of one σ.
func Spreads(sigmas [][2]float64) Option {
	return set("Spreads", func(o *options) { o.spreads = sigmas })
}

// Epochs makes the axis of Curves as long as the whole training, while only its start is drawn.
func Epochs(n int) Option { return set("Epochs", func(o *options) { o.epochs = n }) }

// Now adds to Curves the epoch under way: how far it is (3.4 means 40 % of the fourth) and its running mean.
func Now(epoch float64, train run.Terms) Option {
	return set("Now", func(o *options) { o.nowEpoch, o.now = epoch, &train })
}

// With changes the title, the caption or the alt text of a figure that is already made, as Beside's.
func (f Figure) With(opts ...Option) Figure {
	o := collect("Figure.With", opts)
	if err := o.misused(); err != nil {
		f.err = cmp.Or(f.err, err)
	}
	return f.words(o)
}

func (f Figure) words(o options) Figure {
	if o.title != "" {
		f.Title = o.title
	}
	if o.caption != "" {
		f.Caption = o.caption
	}
	if o.alt != "" {
		f.Alt = o.alt
	}
	return f
}

// collect reads the options of a figure, which takes some besides Title, Caption and Alt.
func collect(to string, opts []Option, takes ...string) options {
	o := options{to: to, takes: takes}
	for _, opt := range opts {
		if opt != nil {
			opt(&o)
		}
	}
	return o
}

// misused says which option means nothing to the figure.
func (o options) misused() error {
	for _, name := range o.given {
		if !slices.Contains(o.takes, name) {
			takes := append([]string{"Title", "Caption", "Alt"}, o.takes...)
			return words.Errorf("figure.%s means nothing to figure.%s, which takes %s", name, o.to, strings.Join(takes, words.Say(", ")))
		}
	}
	return nil
}

func (o options) validate() error {
	if err := o.misused(); err != nil {
		return err
	}
	switch {
	case o.columns < 0:
		return words.Errorf("figure.Columns(%d): a line holds at least 1 image", o.columns)
	case o.limit < 0 || math.IsNaN(o.limit) || math.IsInf(o.limit, 0):
		return words.Errorf("figure.Limit(%v): the axes need a limit above 0, such as 4", o.limit)
	case o.epochs < 0:
		return words.Errorf("figure.Epochs(%d): training takes at least 1 epoch", o.epochs)
	}
	return nil
}

// sprintf leaves a lone string as it is, so that "50 %" can be written plainly.
func sprintf(format string, args []any) string {
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}
