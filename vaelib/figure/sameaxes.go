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
	// spans are the ends of the axes that should agree between panels; none where the caller has fixed them.
	spans() []span
	// within is the same panel with other ends.
	within([]span) scaled
}

type span struct{ low, high float64 }

func (s span) and(t span) span { return span{min(s.low, t.low), max(s.high, t.high)} }

// sameAxes widens the axes of figures of one kind to hold the data of all.
func sameAxes(figs []Figure) []Figure {
	kind := func(p panel) string { return fmt.Sprintf("%T", p) }
	widest := map[string][]span{}
	for _, f := range figs {
		if p, ok := f.panel.(scaled); ok {
			all := widest[kind(p)]
			for i, s := range p.spans() {
				if i == len(all) {
					all = append(all, s)
				}
				all[i] = all[i].and(s)
			}
			widest[kind(p)] = all
		}
	}
	figs = slices.Clone(figs)
	for i, f := range figs {
		p, ok := f.panel.(scaled)
		if !ok || len(p.spans()) == 0 {
			continue
		}
		q := p.within(widest[kind(p)])
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
