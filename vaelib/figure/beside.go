package figure

import (
	"slices"
	"strings"
	"unicode/utf8"

	"vaelab/vaelib/words"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Beside puts figures next to each other, each with its own title, to be compared. Figures of one kind get the
// same axes, so that what differs is the data. What all captions begin with is said once.
func Beside(figs ...Figure) Figure {
	if len(figs) == 0 {
		return Figure{err: in("Beside", words.Errorf("there are no figures to put side by side"))}
	}
	for _, f := range figs {
		if err := f.Err(); err != nil {
			return Figure{err: err}
		}
	}
	figs = sameAxes(figs)
	captions, own := shared(figs)
	var alts []string
	for i, f := range figs {
		name := f.Title
		if name == "" {
			name = words.Say("Panel %d", i+1)
		}
		alts = append(alts, words.Say("%s: %s", name, f.Alt))
		if own[i] != "" {
			captions = append(captions, words.Say("%s: %s", name, own[i]))
		}
	}
	return Figure{
		Caption: words.Sentences(captions...),
		Alt:     words.Say("%s side by side. %s", words.Count(len(figs), "figure", "figures"), words.Sentences(alts...)),
		panel:   besidePanel(figs),
	}
}

// shared splits captions into the sentences that all begin with, and what each says beyond them.
func shared(figs []Figure) (common, own []string) {
	for _, f := range figs {
		own = append(own, f.Caption)
	}
	for own[0] != "" {
		sentence := first(own[0])
		for _, s := range own {
			if first(s) != sentence {
				return common, own
			}
		}
		common = append(common, sentence)
		for i, s := range own {
			own[i] = strings.TrimPrefix(strings.TrimPrefix(s, sentence), " ")
		}
	}
	return common, own
}

// first is a text's first sentence, with its full stop: the one that a space follows, or a Chinese one.
func first(text string) string {
	for i, r := range text {
		if r == '.' && strings.HasPrefix(text[i:], ". ") || r == '。' {
			return text[:i+utf8.RuneLen(r)]
		}
	}
	return text
}

type besidePanel []Figure

const besideGap = vg.Length(28)

// widths shares the room: figures keep their own width if all fit, else they shrink to equal shares, and what a
// narrow one leaves goes to the others.
func (p besidePanel) widths(free vg.Length) []vg.Length {
	rest := free - besideGap*vg.Length(len(p)-1)
	ws := make([]vg.Length, len(p))
	open := make([]int, len(p))
	for i := range p {
		open[i] = i
	}
	for len(open) > 0 {
		share := rest / vg.Length(len(open))
		narrow := slices.IndexFunc(open, func(i int) bool { return p[i].natural(free) <= share })
		if narrow < 0 {
			for _, i := range open {
				ws[i] = share
			}
			break
		}
		i := open[narrow]
		ws[i] = p[i].natural(free)
		rest -= ws[i]
		open = slices.Delete(open, narrow, narrow+1)
	}
	return ws
}

// natural is the width that a figure has by itself.
func (f Figure) natural(free vg.Length) vg.Length {
	return max(f.inner(free).X, heading.Width(f.Title))
}

func (p besidePanel) size(free vg.Length) (s vg.Point) {
	for i, w := range p.widths(free) {
		s.X += p[i].natural(w)
		s.Y = max(s.Y, p[i].inner(w).Y)
	}
	s.X += besideGap * vg.Length(len(p)-1)
	return s
}

func (p besidePanel) draw(c draw.Canvas, free vg.Length) {
	for i, w := range p.widths(free) {
		one := c
		one.Max.X = one.Min.X + p[i].natural(w)
		p[i].drawInner(one, w)
		c.Min.X = one.Max.X + besideGap
	}
}
