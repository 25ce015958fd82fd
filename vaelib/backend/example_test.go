package backend_test

import (
	"fmt"

	"vaelab/vaelib/backend"
)

// What computes says its name, in every program and on every page. The pure Go backend is there wherever Go is.
func ExampleOpen() {
	b, err := backend.Open("go")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer b.Close()
	fmt.Println(b.Slow(), b.Words[:7])

	_, err = backend.Open("abacus")
	fmt.Println("asked for by name, nothing else is put in its place:", err != nil)
	// Output:
	// true pure Go
	// asked for by name, nothing else is put in its place: true
}
