package figure

import (
	"fmt"
	"slices"
)

// A scaled panel can be drawn with the axes of another of its kind.
type scaled interface {
	panel
	// words are the caption and the alt text, which may depend on the axes.
	words() (caption, alt string)
	// spans are the ends of the axes that should agree between panels, each under the name of what it measures; an axis
	// that the caller has fixed is none of them.
	spans() map[string]span
	// within is the same panel with other ends for those axes.
	within(map[string]span) scaled
}

type span struct{ low, high float64 }

func (s span) and(t span) span { return span{min(s.low, t.low), max(s.high, t.high)} }

// sameAxes widens the axes of figures of one kind to hold the data of all, where they measure the same.
func sameAxes(figs []Figure) []Figure {
	kind := func(p panel) string { return fmt.Sprintf("%T", p) }
	widest := map[string]map[string]span{}
	for _, f := range figs {
		p, ok := f.panel.(scaled)
		if !ok {
			continue
		}
		all := widest[kind(p)]
		if all == nil {
			all = map[string]span{}
			widest[kind(p)] = all
		}
		for name, s := range p.spans() {
			if other, ok := all[name]; ok {
				s = s.and(other)
			}
			all[name] = s
		}
	}
	figs = slices.Clone(figs)
	for i, f := range figs {
		p, ok := f.panel.(scaled)
		if !ok {
			continue
		}
		mine := p.spans()
		for name := range mine {
			mine[name] = widest[kind(p)][name]
		}
		q := p.within(mine)
		caption, alt := p.words()
		newCaption, newAlt := q.words()
		if f.Caption == caption {
			f.Caption = newCaption
		}
		if f.Alt == alt {
			f.Alt = newAlt
		}
		f.panel = q
		figs[i] = f
	}
	return figs
}
