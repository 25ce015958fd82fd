package main

import (
	"bytes"
	"io"
)

// beforeFrames hands on what a process says until Go begins to print the frames of its goroutines. In a process that goes down inside a
// plugin these are many, and would push out what was said before, of which only the end is kept.
type beforeFrames struct {
	to   io.Writer
	line []byte // not ended yet
	over bool
}

// Write implements io.Writer.
func (w *beforeFrames) Write(p []byte) (int, error) {
	for line := range bytes.Lines(p) {
		w.line = append(w.line, line...)
		if !bytes.HasSuffix(line, []byte{'\n'}) {
			break
		}
		w.over = w.over || bytes.HasPrefix(w.line, []byte("goroutine "))
		if !w.over {
			if _, err := w.to.Write(w.line); err != nil {
				return 0, err
			}
		}
		w.line = w.line[:0]
	}
	return len(p), nil
}

// rest hands on a last line without an end.
func (w *beforeFrames) rest() {
	if !w.over {
		_, _ = w.to.Write(w.line)
	}
}
