package figure

// Failed is a figure of what couldn't be drawn: it carries the error to the page, as every other figure would.
func Failed(err error) Figure { return Figure{err: err} }
