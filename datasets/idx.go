package datasets

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"math/bits"

	"vaelab/vaelib/words"
)

const (
	magicImages = 0x803
	magicLabels = 0x801
	maxSide     = 4096     // pixels; a larger image is most likely a damaged header
	maxBytes    = 1 << 30  // likewise a larger file
	firstBuffer = 48 << 20 // bytes set aside on the word of a header alone: 60,000 images of 28 × 28 fit
)

// kind is one of the two files that are read.
type kind struct {
	magic uint32
	name  string // of what it holds
}

var (
	imagesFile = kind{magicImages, words.Mark("images")}
	labelsFile = kind{magicLabels, words.Mark("labels")}
)

func (k kind) expected() string {
	return words.Say("an IDX file of %s (unsigned bytes in %s)", words.Text(k.name), dimensions(int(k.magic&0xff)))
}

// ReadIDX reads images and their labels, each from an IDX file that may be compressed with gzip. Labels are
// indices into classes.
func ReadIDX(images, labels io.Reader, classes []string) (Images, error) {
	set, err := ReadIDXImages(images)
	if err != nil {
		return Images{}, words.Errorf("images: %w", err)
	}
	set.Classes = classes
	if set.Labels, err = ReadIDXLabels(labels, len(classes)); err != nil {
		return Images{}, words.Errorf("labels: %w", err)
	}
	if err := set.countsMatch(); err != nil {
		return Images{}, err
	}
	return set, nil
}

// ReadIDXImages reads an IDX file of images to its end. The result has no labels yet.
func ReadIDXImages(r io.Reader) (Images, error) {
	r, err := uncompressed(r)
	if err != nil {
		return Images{}, err
	}
	return parseImages(r)
}

// ReadIDXLabels reads an IDX file of labels to its end. Each label must be below classes; one that isn't is a
// [*LabelError].
func ReadIDXLabels(r io.Reader, classes int) ([]uint8, error) {
	r, err := uncompressed(r)
	if err != nil {
		return nil, err
	}
	return parseLabels(r, classes)
}

func parseImages(r io.Reader) (Images, error) {
	var size struct{ Count, Height, Width uint32 }
	if err := imagesFile.header(r, &size); err != nil {
		return Images{}, err
	}
	if err := withinLimits(size.Count, size.Height, size.Width); err != nil {
		return Images{}, err
	}
	data, err := imagesFile.items(r, int(size.Count), int(size.Height*size.Width))
	if err != nil {
		return Images{}, err
	}
	return Images{Width: int(size.Width), Height: int(size.Height), Pixels: data}, nil
}

// withinLimits reports sizes that no file has, or none that is read here.
func withinLimits(count, height, width uint32) error {
	tooMuch := ""
	switch {
	case count == 0:
		return damaged(words.Say("its header says that it holds 0 images"))
	case height == 0 || width == 0:
		tooMuch = words.Say("a side needs at least 1 pixel")
	case height > maxSide || width > maxSide:
		tooMuch = words.Say("the limit is %d pixels a side", maxSide)
	case uint64(count)*uint64(height)*uint64(width) > maxBytes:
		tooMuch = words.Say("the limit is %d bytes of pixels in all", maxBytes)
	default:
		return nil
	}
	err := damaged(words.Say("its header says %d images of %d × %d pixels, which can't be right: %s", count, height, width, tooMuch))
	n, h, w := bits.ReverseBytes32(count), bits.ReverseBytes32(height), bits.ReverseBytes32(width)
	if h > 0 && w > 0 && h <= maxSide && w <= maxSide && uint64(n)*uint64(h)*uint64(w) <= maxBytes {
		err.Help = words.Say("in the other byte order it would be %d images of %d × %d: were its sizes written little-endian?", n, h, w)
	}
	return err
}

func parseLabels(r io.Reader, classes int) ([]uint8, error) {
	var count uint32
	if err := labelsFile.header(r, &count); err != nil {
		return nil, err
	}
	if count == 0 || count > maxBytes {
		return nil, damaged(words.Say("its header says %d labels, which can't be right: there must be at least 1, and the limit is %d", count, maxBytes))
	}
	labels, err := labelsFile.items(r, int(count), 1)
	if err != nil {
		return nil, err
	}
	return labels, checkLabels(labels, classes)
}

// countsMatch says whether every image has one label.
func (s Images) countsMatch() error {
	if s.Len() != len(s.Labels) {
		return &PairError{s.Len(), len(s.Labels)}
	}
	return nil
}

// uncompressed is the contents of r, which its first two bytes show to be gzip or plain.
func uncompressed(r io.Reader) (io.Reader, error) {
	if r == nil {
		return nil, words.Errorf("there is nothing to read from: the reader is nil")
	}
	buffered := bufio.NewReaderSize(r, 64<<10)
	start, err := buffered.Peek(2)
	switch {
	case errors.Is(err, io.EOF) && len(start) == 0:
		return nil, damaged(words.Say("it is empty"))
	case err != nil && !errors.Is(err, io.EOF):
		return nil, err
	case !bytes.Equal(start, gzipMagic):
		return buffered, nil
	}
	unzipped, err := gzip.NewReader(buffered)
	if err != nil {
		return nil, broken(err, words.Say("in its gzip header"))
	}
	return unzipped, nil
}

var gzipMagic = []byte{0x1f, 0x8b}

// header reads the magic number and then the sizes.
func (k kind) header(r io.Reader, sizes any) error {
	var start [4]byte
	if _, err := io.ReadFull(r, start[:]); err != nil {
		return broken(err, words.Say("in its header"))
	}
	switch got := binary.BigEndian.Uint32(start[:]); got {
	case k.magic:
	case magicImages, magicLabels:
		other := map[uint32]string{magicImages: imagesFile.name, magicLabels: labelsFile.name}[got]
		return &FormatError{Expected: words.Say("a whole IDX file of %s", words.Text(k.name)), Found: words.Say("it holds %s", words.Text(other)),
			Help: words.Say("were the two files swapped?")}
	default:
		return k.foreign(start[:], r)
	}
	if err := binary.Read(r, binary.BigEndian, sizes); err != nil {
		return broken(err, words.Say("in its header"))
	}
	return nil
}

// items reads count items of size bytes and makes sure that nothing follows. Memory grows with what arrives, not
// with what the header promises.
func (k kind) items(r io.Reader, count, size int) ([]uint8, error) {
	total := count * size
	data := make([]uint8, 0, min(total, firstBuffer))
	for len(data) < total {
		if len(data) == cap(data) {
			data = append(make([]uint8, 0, min(total, 2*cap(data))), data...)
		}
		n, err := io.ReadFull(r, data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err != nil {
			return nil, broken(err, words.Say("after %d of its %d %s", len(data)/size, count, words.Text(k.name)))
		}
	}
	var more [1]byte
	switch _, err := io.ReadFull(r, more[:]); {
	case err == nil:
		return nil, damaged(words.Say("it goes on after its %d %s", count, words.Text(k.name)))
	case !errors.Is(err, io.EOF):
		return nil, broken(err, words.Say("at its end"))
	}
	return data, nil
}
