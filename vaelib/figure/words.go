package figure

import "vaelab/vaelib/words"

// finish puts a figure together: the caller's words win over those written from the data.
// The other texts are those drawn in the picture.
func finish(o options, p panel, caption, alt string, texts ...string) Figure {
	err := o.validate()
	if err == nil {
		err = drawable(o.title)
	}
	if err == nil {
		err = drawable(texts...)
	}
	if err != nil {
		return failed(o, err)
	}
	return Figure{Caption: caption, Alt: alt, panel: p}.words(o)
}

// in says which of the package's functions an error is of.
func in(function string, err error) error { return words.Errorf("figure.%s: %w", function, err) }

// failed is a figure that carries an error instead of a drawing.
func failed(o options, err error) Figure {
	return Figure{err: err}.words(o)
}
