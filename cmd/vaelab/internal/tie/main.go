// Command tie runs a program that ends when whoever started it ends:
//
//	tie PROGRAM ARGUMENTS…
//
// The kernel, its gopls and its cells are started by others' programs, which leave them behind when they are killed. On
// Linux the system ends a tied program with its parent, at no cost: tie becomes the program. Elsewhere tie stays in
// between and looks after its own parent.
package main

import (
	"fmt"
	"os"

	_ "vaelab/vaelib/places" // knows where the catalogues lie
	"vaelab/vaelib/words"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "tie: give a program to run") // to whoever calls it by hand
		os.Exit(2)
	}
	err := run(os.Args[1:])
	fmt.Fprintln(os.Stderr, words.Say("%s can't be run: %v", os.Args[1], err))
	os.Exit(1)
}
