package datasets

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
)

// ErrFormat is wrapped by every error about bytes that are not a whole, sound IDX file.
var ErrFormat = errors.New("not a whole IDX file")

const (
	magicImages = 0x803
	magicLabels = 0x801
	maxSide     = 4096     // pixels; a larger image is a damaged header
	maxBytes    = 1 << 30  // likewise a larger file
	maxPacked   = 3        // times that a file may be compressed
	firstBuffer = 48 << 20 // bytes set aside on the word of a header alone: 60,000 images of 28 × 28 fit
)

// ReadIDX reads images and their labels, each from an IDX file that may be compressed with gzip. Labels are
// indices into classes.
func ReadIDX(images, labels io.Reader, classes []string) (Images, error) {
	set, err := ReadIDXImages(images)
	if err != nil {
		return Images{}, fmt.Errorf("images: %w", err)
	}
	set.Classes = classes
	if set.Labels, err = ReadIDXLabels(labels, len(classes)); err != nil {
		return Images{}, fmt.Errorf("labels: %w", err)
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

// ReadIDXLabels reads an IDX file of labels to its end. Each label must be below classes.
func ReadIDXLabels(r io.Reader, classes int) ([]uint8, error) {
	r, err := uncompressed(r)
	if err != nil {
		return nil, err
	}
	return parseLabels(r, classes)
}

func parseImages(r io.Reader) (Images, error) {
	var size struct{ Count, Height, Width uint32 }
	if err := header(r, magicImages, &size); err != nil {
		return Images{}, err
	}
	pixels := uint64(size.Height) * uint64(size.Width)
	switch {
	case size.Count == 0:
		return Images{}, fmt.Errorf("%w: its header says that it holds 0 images", ErrFormat)
	case size.Height == 0 || size.Width == 0:
		return Images{}, fmt.Errorf("%w: its header says %d images of %d × %d pixels", ErrFormat, size.Count, size.Height, size.Width)
	case size.Height > maxSide || size.Width > maxSide:
		return Images{}, fmt.Errorf("%w: its header says images of %d × %d pixels, and the limit is %d a side: is it damaged? Larger images must be made smaller first",
			ErrFormat, size.Height, size.Width, maxSide)
	case pixels*uint64(size.Count) > maxBytes:
		return Images{}, fmt.Errorf("%w: its header says %d images of %d × %d pixels, %d bytes in all, and the limit is %d: is it damaged? If not, keep fewer images",
			ErrFormat, size.Count, size.Height, size.Width, pixels*uint64(size.Count), maxBytes)
	}
	data, err := items(r, int(size.Count), int(pixels), "images")
	if err != nil {
		return Images{}, err
	}
	return Images{Width: int(size.Width), Height: int(size.Height), Pixels: data}, nil
}

func parseLabels(r io.Reader, classes int) ([]uint8, error) {
	var count uint32
	if err := header(r, magicLabels, &count); err != nil {
		return nil, err
	}
	switch {
	case count == 0:
		return nil, fmt.Errorf("%w: its header says that it holds 0 labels", ErrFormat)
	case count > maxBytes:
		return nil, fmt.Errorf("%w: its header says %d labels, and the limit is %d: is it damaged?", ErrFormat, count, maxBytes)
	}
	labels, err := items(r, int(count), 1, "labels")
	if err != nil {
		return nil, err
	}
	if low, high := slices.Min(labels), slices.Max(labels); low == 1 && int(high) == classes {
		return nil, fmt.Errorf("%w: its labels go from 1 to %d, as those of EMNIST's letters do, but %d classes are numbered from 0: "+
			"give one more class in front, for the label 0", ErrFormat, high, classes)
	}
	for i, label := range labels {
		if int(label) >= classes {
			return nil, fmt.Errorf("%w: label %d (counted from 0) is %d, but there are %d classes",
				ErrFormat, i, label, classes)
		}
	}
	return labels, nil
}

// countsMatch says whether every image has one label.
func (s Images) countsMatch() error {
	if images := len(s.Pixels) / (s.Width * s.Height); images != len(s.Labels) {
		return fmt.Errorf("%w: there are %d images but %d labels: do the two files belong together?",
			ErrFormat, images, len(s.Labels))
	}
	return nil
}

// uncompressed is the contents of r, which its first two bytes show to be gzip or plain. Some servers compress what is
// compressed already: gzip in gzip is unpacked, too.
func uncompressed(r io.Reader) (io.Reader, error) {
	for packed := 0; ; packed++ {
		buffered := bufio.NewReaderSize(r, 64<<10)
		start, err := buffered.Peek(2)
		switch {
		case errors.Is(err, io.EOF) && len(start) == 0:
			return nil, fmt.Errorf("%w: it is empty", ErrFormat)
		case err != nil && !errors.Is(err, io.EOF):
			return nil, broken(err, "at its start")
		case !bytes.Equal(start, []byte{0x1f, 0x8b}):
			return buffered, nil
		case packed == maxPacked:
			return nil, fmt.Errorf("%w: it is compressed more than %d times", ErrFormat, maxPacked)
		}
		if r, err = gzip.NewReader(buffered); err != nil {
			return nil, broken(err, "in its gzip header")
		}
	}
}

// header reads the magic number and then the sizes.
func header(r io.Reader, magic uint32, sizes any) error {
	var start [4]byte
	if n, err := io.ReadFull(r, start[:]); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) && !bytes.HasPrefix([]byte{0, 0, 8, byte(magic)}, start[:n]) {
			return &FormatError{Want: content(magic), Is: what(start[:n])}
		}
		return broken(err, "in its header")
	}
	switch got := binary.BigEndian.Uint32(start[:]); {
	case got == magic:
	case got == magicLabels:
		return fmt.Errorf("%w of images: it holds labels; were the two files swapped?", ErrFormat)
	case got == magicImages:
		return fmt.Errorf("%w of labels: it holds images; were the two files swapped?", ErrFormat)
	default:
		more, err := io.ReadAll(io.LimitReader(r, sniffed))
		if err != nil {
			more = nil // what it starts with is enough
		}
		return &FormatError{Want: content(magic), Is: what(append(start[:], more...))}
	}
	if err := binary.Read(r, binary.BigEndian, sizes); err != nil {
		return broken(err, "in its header")
	}
	return nil
}

// items reads count items of size bytes and makes sure that nothing follows. Memory grows with what arrives, not
// with what the header promises.
func items(r io.Reader, count, size int, kind string) ([]uint8, error) {
	total := count * size
	data := make([]uint8, 0, min(total, firstBuffer))
	for len(data) < total {
		if len(data) == cap(data) {
			data = append(make([]uint8, 0, min(total, 2*cap(data))), data...)
		}
		n, err := io.ReadFull(r, data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err != nil {
			return nil, broken(err, fmt.Sprintf("after %d of its %d %s", len(data)/size, count, kind))
		}
	}
	var more [1]byte
	switch _, err := io.ReadFull(r, more[:]); {
	case err == nil:
		return nil, fmt.Errorf("%w: it goes on after its %d %s", ErrFormat, count, kind)
	case !errors.Is(err, io.EOF):
		return nil, broken(err, "at its end")
	}
	return data, nil
}

// broken tells an end that came too early from gzip data that is damaged and from a disk that can't be read.
func broken(err error, where string) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: it is cut off %s", ErrFormat, where)
	case errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.As(err, &corrupt):
		return fmt.Errorf("%w: its gzip data is damaged %s (%w)", ErrFormat, where, err)
	}
	return err
}
