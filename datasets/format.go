package datasets

import (
	"compress/flate"
	"compress/gzip"
	"errors"
	"io"

	"vaelab/vaelib/words"
)

// ErrFormat is wrapped by every error about bytes that are not the sound IDX file that was expected.
var ErrFormat = words.Errorf("not a whole IDX file")

// FormatError says what bytes are, and what was expected in their place. It wraps [ErrFormat].
type FormatError struct {
	Path     string // of the file in its folder; "" where a reader was read
	Expected string // "an IDX file of images (unsigned bytes in 3 dimensions)"; "a whole IDX file" where it is one, but damaged
	Found    string // "it is a web page", "it is cut off after 2 of its 5 images"
	Help     string // what to do, if that can be told

	cause error // what gzip says
}

func (e *FormatError) Error() string {
	text := words.Say("not %s: %s", e.Expected, e.Found)
	if e.Path != "" {
		text = words.Say("%s: %s", e.Path, text)
	}
	if e.cause != nil {
		text = words.Say("%s (%s)", text, e.cause)
	}
	if e.Help != "" {
		text = words.Say("%s; %s", text, e.Help)
	}
	return text
}

// Is makes every FormatError an ErrFormat.
func (e *FormatError) Is(target error) bool { return target == ErrFormat }

// Unwrap is what gzip says of damaged data.
func (e *FormatError) Unwrap() error { return e.cause }

// PairError is about images and labels that don't belong together. It wraps [ErrFormat].
type PairError struct{ Images, Labels int }

func (e *PairError) Error() string {
	return words.Say("there are %d images but %d labels: do the two files belong together?", e.Images, e.Labels)
}

// Is makes every PairError an ErrFormat.
func (e *PairError) Is(target error) bool { return target == ErrFormat }

// damaged is the error about an IDX file that is not whole.
func damaged(found string) *FormatError {
	return &FormatError{Expected: words.Say("a whole IDX file"), Found: found}
}

// broken tells an end that came too early from gzip data that is damaged and from a disk that can't be read. It says where, as the end
// of a sentence.
func broken(err error, where string) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return damaged(words.Say("it is cut off %s", where))
	case errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.As(err, &corrupt):
		e := damaged(words.Say("its gzip data is damaged %s", where))
		e.cause = err
		return e
	}
	return err
}

// withPath gives a FormatError the name of its file, and puts it before any other error.
func withPath(err error, path string) error {
	if e := (*FormatError)(nil); errors.As(err, &e) && e.Path == "" {
		named := *e
		named.Path = path
		return &named
	}
	return words.Errorf("%s: %w", path, err)
}
