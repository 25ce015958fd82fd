package figure

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"math"

	"vaelab/vaelib/internal/atomicfile"
	"vaelab/vaelib/words"

	xdraw "golang.org/x/image/draw"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// Figure is a drawing with its words. The functions of this package make figures; the zero Figure is empty and
// its PNG says so. Several goroutines may draw one at once; see the package comment for what it was made from.
type Figure struct {
	Title   string // drawn above the panel, in bold
	Caption string // one line for the page: what to see
	Alt     string // what the picture shows, for those who can't see it

	panel panel
	err   error
}

// A panel is the drawing inside a figure's card, without title and margin.
type panel interface {
	// size is what the panel takes where so much width is free.
	size(free vg.Length) vg.Point
	// draw fills a canvas of the size that it takes for the same free width.
	draw(c draw.Canvas, free vg.Length)
}

// PageWidth is the widest figure, in CSS pixels: it fits a JupyterLab page beside its prompts.
const PageWidth = 880

const (
	resolution = 2 // pixels of the picture for one of the page
	margin     = vg.Length(14)
	room       = PageWidth - 2*margin
)

var errEmpty = words.Errorf("this figure is empty: make one with figure.Images, figure.LatentMap or figure.Curves")

// Err is what is wrong with the figure's input, or nil.
func (f Figure) Err() error {
	if f.err == nil && f.panel == nil {
		return errEmpty
	}
	return f.err
}

// Size is the figure's size on the page in CSS pixels; its PNG has twice as many. A figure with an error has none.
func (f Figure) Size() (width, height int) {
	if f.Err() != nil {
		return 0, 0
	}
	s := f.inner(room)
	return int(math.Ceil(float64(s.X + 2*margin))), int(math.Ceil(float64(s.Y + 2*margin)))
}

// PNG draws the figure and encodes it.
func (f Figure) PNG() ([]byte, error) { return f.encode(resolution) }

// Save draws the figure into a file, in PNG: whole, or it stays as it was.
func (f Figure) Save(path string) error {
	picture, err := f.PNG()
	if err != nil {
		return err
	}
	return atomicfile.Write(path, func(w io.Writer) error {
		_, err := w.Write(picture)
		return err
	})
}

// Sketch is PNG with one pixel for one of the page: a third of the time, for a picture that follows a hand.
func (f Figure) Sketch() ([]byte, error) { return f.encode(1) }

func (f Figure) encode(resolution int) ([]byte, error) {
	img, err := f.paint(resolution)
	if err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed} // half the time for a tenth more bytes
	if err := encoder.Encode(&buf, img); err != nil {
		return nil, words.Errorf("the figure can't be encoded as PNG: %w", err)
	}
	return buf.Bytes(), nil
}

// Image draws the figure, two pixels for one of the page.
func (f Figure) Image() (image.Image, error) { return f.paint(resolution) }

func (f Figure) paint(resolution int) (image.Image, error) {
	if err := f.Err(); err != nil {
		return nil, err
	}
	w, h := f.Size()
	page := sharp{vgimg.NewWith(vgimg.UseWH(vg.Length(w), vg.Length(h)), vgimg.UseDPI(72*resolution))}
	f.drawInner(draw.Crop(draw.New(page), margin, -margin, margin, -margin), room)
	return page.Image(), nil
}

// inner is the size of title and panel together.
func (f Figure) inner(free vg.Length) vg.Point {
	s := f.panel.size(free)
	s.Y += f.titleHeight()
	return s
}

func (f Figure) titleHeight() vg.Length {
	if f.Title == "" {
		return 0
	}
	return 30
}

func (f Figure) drawInner(c draw.Canvas, free vg.Length) {
	if f.Title != "" {
		write(c, heading, vg.Point{X: c.Min.X, Y: c.Max.Y - 15}, f.Title)
		c.Max.Y -= f.titleHeight()
	}
	f.panel.draw(c, free)
}

// sharp is a canvas that enlarges images without blurring them: each pixel becomes a rectangle of whole pixels.
type sharp struct{ *vgimg.Canvas }

func (s sharp) DrawImage(rect vg.Rectangle, img image.Image) {
	page := s.Image()
	bottom := page.Bounds().Max.Y
	device := func(l vg.Length) int { return int(math.Round(l.Dots(s.DPI()))) }
	to := image.Rect(device(rect.Min.X), bottom-device(rect.Max.Y), device(rect.Max.X), bottom-device(rect.Min.Y))
	xdraw.NearestNeighbor.Scale(page, to, img, img.Bounds(), xdraw.Over, nil)
}

// snap moves a length onto the picture's pixels.
func snap(l vg.Length) vg.Length {
	return vg.Length(math.Round(float64(l)*resolution)) / resolution
}
