package path

import (
	"bytes"
	_ "embed"
)

//go:embed recorded.json
var recorded []byte

// Recorded are twenty demonstrations in the [Standard] scene, fourteen on the left and six on the right, for who doesn't draw any. They
// look as if a hand had drawn them, but no hand has: a program made them, with a hand's waver (hand_test.go). The list is the
// caller's own.
func Recorded() []Demonstration {
	shown, err := Read(bytes.NewReader(recorded))
	if err != nil {
		panic(err) // the file is part of the program, and a test reads it
	}
	return shown
}
