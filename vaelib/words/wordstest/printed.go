package wordstest

import (
	"io"
	"os"
	"testing"
)

// Printed is what a function writes to the terminal.
func Printed(t testing.TB, show func()) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func(before *os.File) { os.Stdout = before }(os.Stdout)
	os.Stdout = w
	text := make(chan string)
	go func() {
		all, _ := io.ReadAll(r)
		text <- string(all)
	}()
	show()
	w.Close()
	return <-text
}
