//go:build !js

package worker

import (
	"io"
	"os"
)

// Own is where this program, started by [Start], finds its questions, and where its answers go: standard input and output.
func Own() (questions io.Reader, answers io.Writer) {
	answers = os.Stdout
	os.Stdout = os.Stderr // what anything else prints is no answer
	return os.Stdin, answers
}
