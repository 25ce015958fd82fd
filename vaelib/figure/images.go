package figure

import (
	"image"
	"slices"

	"vaelab/vaelib/words"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Row is a line of images with its name on the left; see [Rows]. The zero Row has no images: a figure of it is an error.
type Row struct {
	Label  string
	Images []image.Image
}

// Images is a grid of images in reading order. Labels names each below it; Columns sets how many stand in a line.
func Images(images []image.Image, opts ...Option) Figure {
	o := collect("Images", opts, "Labels", "Columns")
	if o.labels != nil {
		o.labels = words.Texts(o.labels)
	}
	if o.labels != nil && len(o.labels) != len(images) {
		return failed(o, in("Images", words.Errorf("%s but %s: give one to each",
			words.Count(len(images), "image", "images"), words.Count(len(o.labels), "label", "labels"))))
	}
	f := gallery("Images", []Row{{Images: images}}, o)
	f.Caption = o.caption // a grid of images says nothing that its title and labels don't
	return f
}

// Pairs shows each original above what the decoder made of its code.
func Pairs(originals, restored []image.Image, opts ...Option) Figure {
	o := collect("Pairs", opts, "Columns")
	if len(originals) != len(restored) {
		return failed(o, in("Pairs", words.Errorf("%s but %d restored: give one to each",
			words.Count(len(originals), "original", "originals"), len(restored))))
	}
	f := gallery("Pairs", []Row{{words.Say("original"), originals}, {words.Say("restored"), restored}}, o)
	if o.caption == "" && f.err == nil {
		f.Caption = words.Say("Each image above what is left of it after encoding and decoding.")
	}
	return f
}

// Rows shows named lines of images one below the other: what stands in a column belongs together. Lines that are
// too long for the page go on further down, together. A label that is a word of the course, such as a class, is shown in the language that
// is spoken.
func Rows(rows []Row, opts ...Option) Figure {
	rows = slices.Clone(rows)
	for i := range rows {
		rows[i].Label = words.Text(rows[i].Label)
	}
	return gallery("Rows", rows, collect("Rows", opts, "Columns"))
}

func gallery(who string, rows []Row, o options) Figure {
	if len(rows) == 0 || len(rows[0].Images) == 0 {
		return failed(o, in(who, words.Errorf("there are no images to show")))
	}
	var names []string
	for _, r := range rows {
		if len(r.Images) != len(rows[0].Images) {
			return failed(o, in(who, words.Errorf("row %q has %s, row %q has %d: give them equally many",
				rows[0].Label, words.Count(len(rows[0].Images), "image", "images"), r.Label, len(r.Images))))
		}
		if err := sameSize(r.Images, rows[0].Images[0]); err != nil {
			return failed(o, in(who, err))
		}
		if r.Label != "" {
			names = append(names, r.Label)
		}
	}
	g := &galleryPanel{rows: rows, under: o.labels, columns: o.columns}
	alt := words.Say("A grid of %s.", words.Count(len(rows[0].Images), "image", "images"))
	if len(o.labels) > 0 {
		alt = words.Say("%s: %s.", words.Count(len(o.labels), "image", "images"), words.List(o.labels, 20))
	}
	if len(names) > 0 {
		alt = words.Say("%s of %s each: %s.", words.Count(len(rows), "row", "rows"), words.Count(len(rows[0].Images), "image", "images"), words.List(names, 20))
	}
	return finish(o, g, "", alt, append(names, o.labels...)...)
}

func sameSize(images []image.Image, like image.Image) error {
	for i, img := range images {
		switch {
		case img == nil || like == nil:
			return words.Errorf("image %d is nil", i)
		case img.Bounds().Empty():
			return words.Errorf("image %d has no pixels", i)
		case img.Bounds().Size() != like.Bounds().Size():
			a, b := img.Bounds().Size(), like.Bounds().Size()
			return words.Errorf("image %d is %d × %d pixels, others are %d × %d: show images of one size together",
				i, a.X, a.Y, b.X, b.Y)
		}
	}
	if len(images) == 0 {
		return words.Errorf("there are no images to show")
	}
	return nil
}

// galleryPanel lays rows of images out in bands: as many columns as fit, each band holding every row.
type galleryPanel struct {
	rows    []Row
	under   []string
	columns int
}

// layout is where everything goes once the width is known.
type layout struct {
	columns, bands int
	label          vg.Length // room for the rows' names
	image, cell    vg.Point  // an image; an image with its share of room and its label
	gap, bandGap   vg.Length
}

func (g *galleryPanel) layout(free vg.Length) layout {
	n := len(g.rows[0].Images)
	size := g.rows[0].Images[0].Bounds().Size()
	l := layout{gap: 6, columns: g.columns}
	for _, r := range g.rows {
		if r.Label != "" {
			l.label = max(l.label, body.Width(r.Label)+12)
		}
	}
	var widest, line vg.Length
	for _, s := range g.under {
		widest = max(widest, small.Width(s)+4)
		line = 18
	}
	if l.columns == 0 {
		l.columns = evenColumns(n)
	}
	l.columns = min(l.columns, n)
	target := 64
	if l.columns <= 4 {
		target = 112
	}
	for zoom := max(1, resolution*target/size.X); ; zoom-- {
		l.image = vg.Point{X: vg.Length(zoom*size.X) / resolution, Y: vg.Length(zoom*size.Y) / resolution}
		l.cell = vg.Point{X: snap(max(l.image.X, widest)), Y: l.image.Y + line}
		fits := int((free - l.label + l.gap) / (l.cell.X + l.gap))
		if l.columns <= fits {
			break
		}
		// Prefer fewer columns to images too small to see, unless the caller asked for the columns.
		if zoom == 1 || l.image.X <= 28 || (g.columns == 0 && l.cell.X > l.image.X) {
			l.columns = max(1, fits)
			break
		}
	}
	l.bands = (n + l.columns - 1) / l.columns
	if l.bandGap = l.gap; len(g.rows) > 1 {
		l.bandGap = 3 * l.gap
	}
	return l
}

// evenColumns is how many of n images go in a line: all if they are few, else a number that leaves no ragged end.
func evenColumns(n int) int {
	if n <= 12 {
		return n
	}
	for c := 12; c >= 6; c-- {
		if n%c == 0 {
			return c
		}
	}
	return 10
}

func (l layout) bandHeight(rows int) vg.Length {
	return vg.Length(rows)*(l.cell.Y+l.gap) - l.gap
}

func (g *galleryPanel) size(free vg.Length) vg.Point {
	l := g.layout(free)
	return vg.Point{
		X: l.label + vg.Length(l.columns)*(l.cell.X+l.gap) - l.gap,
		Y: vg.Length(l.bands)*(l.bandHeight(len(g.rows))+l.bandGap) - l.bandGap,
	}
}

func (g *galleryPanel) draw(c draw.Canvas, free vg.Length) {
	l := g.layout(free)
	for r, row := range g.rows {
		for i, img := range row.Images {
			band, col := i/l.columns, i%l.columns
			x := snap(c.Min.X + l.label + vg.Length(col)*(l.cell.X+l.gap))
			top := snap(c.Max.Y - vg.Length(band)*(l.bandHeight(len(g.rows))+l.bandGap) - vg.Length(r)*(l.cell.Y+l.gap))
			if col == 0 && row.Label != "" {
				write(c, body, vg.Point{X: c.Min.X, Y: top - l.image.Y/2 - 4}, row.Label)
			}
			at := vg.Point{X: snap(x + (l.cell.X-l.image.X)/2), Y: top - l.image.Y}
			c.DrawImage(vg.Rectangle{Min: at, Max: at.Add(l.image)}, img)
			if len(g.under) > 0 {
				s := g.under[i]
				write(c, small, vg.Point{X: x + (l.cell.X-small.Width(s))/2, Y: at.Y - 13}, s)
			}
		}
	}
}
