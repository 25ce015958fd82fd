package datasets

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"sync"

	"vaelab/vaelib/words"
)

// A picture is a file's contents as an image of the data set, with what was done to it; or why it is left out.
type picture struct {
	pixels []uint8 // Size × Size
	why    string  // it is left out; "" where it isn't

	cropped, enlarged, turned, transparent bool
}

// decoders are chosen by what a file begins with, and not by image.Decode, which knows what other packages of a program have
// registered: a folder shall give the same data set in every program.
var decoders = []struct {
	start, name string
	config      func(io.Reader) (image.Config, error)
	decode      func(io.Reader) (image.Image, error)
}{
	{"\x89PNG\r\n\x1a\n", "PNG", png.DecodeConfig, png.Decode},
	{"\xff\xd8\xff", "JPEG", jpeg.DecodeConfig, jpeg.Decode},
}

// Large pictures are decoded one after the other, so that several cores don't take several times their memory.
const large = 16e6 // pixels, or bytes of a file

// readPicture makes an image of a file. It takes the memory of the file's pixels only after the file has said how many there are.
func readPicture(folder fs.FS, path string, o PictureOptions, one *sync.Mutex) picture {
	contents, why := readWithin(folder, path, o.limits.file, one)
	if why != "" {
		return picture{why: why}
	}
	for _, d := range decoders {
		if !bytes.HasPrefix(contents, []byte(d.start)) {
			continue
		}
		file := &wanted{r: bytes.NewReader(contents)}
		size, err := d.config(file)
		switch {
		case err != nil:
			return picture{why: brokenPicture(d.name, err, file.more)}
		case size.Width < 1 || size.Height < 1:
			return picture{why: words.Say("it is a %s picture of %d × %d pixels", d.name, size.Width, size.Height)}
		case size.Height > o.limits.pixels/size.Width:
			return picture{why: words.Say("it has %d × %d pixels, and at most %s are read", size.Width, size.Height, megapixels(o.limits.pixels))}
		case size.Width*size.Height > large:
			one.Lock()
			defer one.Unlock()
		}
		file = &wanted{r: bytes.NewReader(contents)}
		img, err := d.decode(file)
		if err != nil {
			return picture{why: brokenPicture(d.name, err, file.more)}
		}
		return square(img, orientationOf(contents), o)
	}
	return picture{why: noPicture(contents[:min(len(contents), looked)])}
}

// readWithin is what a file holds, if that isn't too much.
func readWithin(folder fs.FS, path string, most int64, one *sync.Mutex) (contents []byte, why string) {
	file, err := folder.Open(path)
	if err != nil {
		return nil, words.Say("it can't be opened: %v", cause(err))
	}
	defer file.Close()
	info, err := file.Stat()
	switch {
	case err == nil && info.Size() > most:
		return nil, words.Say("the file has %d MB, and at most %d are read", info.Size()/1e6, most/1e6)
	case err == nil && info.Size() > large:
		one.Lock()
		defer one.Unlock()
	}
	contents, err = io.ReadAll(io.LimitReader(file, most+1))
	switch {
	case err != nil:
		return nil, words.Say("it can't be read: %v", cause(err))
	case len(contents) == 0:
		return nil, words.Say("the file is empty")
	case int64(len(contents)) > most: // it has grown
		return nil, words.Say("the file has more than the %d MB that are read", most/1e6)
	}
	return contents, ""
}

func megapixels(n int) string { return words.Say("%.3g million", float64(n)/1e6) }

// noPicture says what contents are that no decoder knows.
func noPicture(start []byte) string {
	if is, _ := recognise(start); is != "" {
		return words.Say("it is no PNG or JPEG picture: %s", is)
	}
	return words.Say("it is no PNG or JPEG picture: it starts with the bytes % x", start[:min(len(start), 4)])
}

// wanted reads a file, and notes whether more was wanted than there is: decoders' errors don't always say so.
type wanted struct {
	r    io.Reader
	more bool
}

func (w *wanted) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	w.more = w.more || errors.Is(err, io.EOF)
	return n, err
}

// brokenPicture tells a file that is cut off from one that is damaged, and from one of a kind that Go doesn't decode.
func brokenPicture(kind string, err error, cut bool) string {
	oddPNG, oddJPEG := png.UnsupportedError(""), jpeg.UnsupportedError("")
	switch {
	case cut:
		return words.Say("it is a %s picture that is cut off", kind)
	case errors.As(err, &oddPNG), errors.As(err, &oddJPEG):
		return words.Say("it is a %s picture of a kind that isn't read (%v)", kind, err)
	}
	return words.Say("it is a damaged %s picture (%v)", kind, err)
}

// square is the middle of a picture, upright, in grey, and scaled.
func square(img image.Image, turn orientation, o PictureOptions) picture {
	bounds, opaque := img.Bounds(), true
	if img, ok := img.(interface{ Opaque() bool }); ok {
		opaque = img.Opaque()
	}
	side := min(bounds.Dx(), bounds.Dy())
	left, above := turn.middle(bounds.Dx()-side, bounds.Dy()-side)
	corner := bounds.Min.Add(image.Pt(left, above))
	pixels := averaged(side, o.Size, func(y int, to []uint16) { luminance(img, corner.X, corner.Y+y, to) })
	pixels = turn.upright(pixels, o.Size)
	if o.Invert {
		for i, v := range pixels {
			pixels[i] = 255 - v
		}
	}
	return picture{pixels: pixels, cropped: bounds.Dx() != bounds.Dy(), enlarged: side < o.Size, turned: turn > 1, transparent: !opaque}
}
