package figure

import (
	"math"
	"strings"
	"unicode/utf8"

	"vaelab/vaelib/words"

	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// letters writes each letter in the first font that has it: gonum's Liberation, else one of the course's Chinese fonts. Lines are as high
// as Liberation's, so that a figure has the same measures in every language.
type letters struct{ text.Plain }

// piece is a part of a line that one font has.
type piece struct {
	face font.Face
	text string
}

// firstNotLatin is where letters begin that Liberation may lack: it has all of Unicode's first two blocks that can be drawn.
const firstNotLatin = '\u0250'

// pieces splits a line by the fonts that have its letters. A letter that no font has is Liberation's box.
func (h letters) pieces(line string, f font.Font) (list []piece) {
	latin := h.Cache().Lookup(f, f.Size)
	if strings.IndexFunc(line, func(r rune) bool { return r >= firstNotLatin }) < 0 {
		return []piece{{latin, line}}
	}
	var buf sfnt.Buffer
	start, face := 0, latin
	for i, r := range line {
		now := latin
		if !has(latin.Face, &buf, r) {
			if other, _ := chinese.with(r); other != nil {
				now.Face = other
			}
		}
		if now.Face != face.Face && i > start {
			list = append(list, piece{face, line[start:i]})
			start = i
		}
		face = now
	}
	return append(list, piece{face, line[start:]})
}

func has(f *opentype.Font, buf *sfnt.Buffer, r rune) bool {
	i, err := f.GlyphIndex(buf, r)
	return i != 0 && err == nil
}

// Box measures a line.
func (h letters) Box(line string, f font.Font) (width, height, depth vg.Length) {
	extents := h.Extents(f)
	for _, p := range h.pieces(line, f) {
		width += p.face.Width(p.text)
	}
	return width, extents.Ascent, extents.Descent
}

// Draw writes what a plot names its axes and ticks with: one line.
func (h letters) Draw(c vg.Canvas, line string, s text.Style, at vg.Point) {
	c.SetColor(s.Color)
	if s.Rotation != 0 {
		c.Push()
		defer c.Pop()
		c.Rotate(s.Rotation)
	}
	sin, cos := math.Sincos(s.Rotation)
	at.X, at.Y = at.Y*vg.Length(sin)+at.X*vg.Length(cos), at.Y*vg.Length(cos)-at.X*vg.Length(sin)
	at.Y += s.Height(line)*vg.Length(s.YAlign) - h.Extents(s.Font).Ascent
	h.fill(c, s.Font, at.Add(vg.Point{X: vg.Length(s.XAlign) * s.Width(line), Y: s.Font.Size}), line)
}

// fill writes a line from at on its baseline, in the canvas's colour, and gives its end.
func (h letters) fill(c vg.Canvas, f font.Font, at vg.Point, line string) vg.Point {
	for _, p := range h.pieces(line, f) {
		c.FillString(p.face, at, p.text)
		if latin := h.Cache().Lookup(f, f.Size); f.Weight >= xfont.WeightBold && p.face.Face != latin.Face {
			c.FillString(p.face, at.Add(vg.Point{X: overstrike * f.Size}), p.text)
		}
		at.X += p.face.Width(p.text)
	}
	return at
}

// overstrike is how far beside itself a Chinese letter is written again to look bold, in units of its size: a bold font would be as large
// as the other once more.
const overstrike = 1. / 32

// drawable says which letter of a text the figures' fonts lack. Captions and alt texts are the page's, not ours.
func drawable(texts ...string) error {
	latin := body.Handler.Cache().Lookup(body.Font, body.Font.Size)
	var buf sfnt.Buffer
	for _, txt := range texts {
		for _, r := range txt {
			if r < utf8.RuneSelf && r >= ' ' || has(latin.Face, &buf, r) {
				continue
			}
			switch f, err := chinese.with(r); {
			case err != nil:
				return words.Errorf("%q, as in %q, is in a font of the course that can't be read: %w", r, txt, err)
			case f == nil:
				return words.Errorf("the figures’ font has no %q, as in %q: write that in the caption instead", r, txt)
			}
		}
	}
	return nil
}
