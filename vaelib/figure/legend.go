package figure

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// legend names the classes that the data has, outside the data area, where it hides nothing.
type legend []entry

type entry struct {
	class int
	name  string
}

const (
	legendLine = vg.Length(20)
	legendMark = vg.Length(18)
	legendGap  = vg.Length(8) // at least, between columns
)

func newLegend(classes []string, centers []center) (l legend) {
	for i, name := range classes {
		if centers[i].n > 0 {
			l = append(l, entry{i, name})
		}
	}
	return l
}

// column is the width of entries that stand one below the other.
func (l legend) column() (w vg.Length) {
	for _, e := range l {
		w = max(w, legendMark+body.Width(e.name))
	}
	return w
}

// columns splits the entries, which run down the columns, into the fewest lines that fit.
func (l legend) columns(width vg.Length) (columns []legend, lines int, gap vg.Length) {
	for lines = 1; ; lines++ {
		columns = nil
		free := width
		for from := 0; from < len(l); from += lines {
			column := l[from:min(from+lines, len(l))]
			columns = append(columns, column)
			free -= column.column()
		}
		between := vg.Length(max(1, len(columns)-1))
		if gap = min(free/between, 20); gap >= legendGap || lines >= len(l) {
			return columns, lines, gap
		}
	}
}

func (l legend) height(width vg.Length) vg.Length {
	_, lines, _ := l.columns(width)
	return vg.Length(lines) * legendLine
}

// draw starts at the upper left corner.
func (l legend) draw(c draw.Canvas, at vg.Point, width vg.Length) {
	columns, _, gap := l.columns(width)
	for _, column := range columns {
		for i, e := range column {
			y := at.Y - vg.Length(i)*legendLine - legendLine/2
			outlined(c, e.class, vg.Point{X: at.X + 7, Y: y}, 4.5)
			write(c, body, vg.Point{X: at.X + legendMark, Y: y - 4.5}, e.name)
		}
		at.X += column.column() + gap
	}
}
