package figure

import (
	"fmt"
	"strconv"
	"strings"
)

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

// failed is a figure that carries an error instead of a drawing.
func failed(o options, err error) Figure {
	return Figure{err: err}.words(o)
}

// count writes "1 image", "10,000 images".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "s") {
		return thousands(n) + " " + noun + "es"
	}
	return thousands(n) + " " + noun + "s"
}

// thousands writes 60000 as 60,000.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// list names the first few things and counts the rest.
func list(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %s more", strings.Join(names[:most], ", "), thousands(len(names)-most))
}
