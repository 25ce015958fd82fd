// Package cells makes a Go program of each cell of a notebook, as the kernel GoNB does, for a kernel that has no go command: it
// runs in a browser's tab.
//
//	notebook := cells.New(packages)
//	program, err := notebook.Cell(3, text)   // a complete main.go; an error is the compiler's of the syntax, at the cell's line
//	…                                        // compile it
//	notebook.Keep(program)                   // only now are its declarations there for later cells
//
// Declarations live on from cell to cell, by their names; a later one of the same name takes the earlier one's place. What is
// below a line %% is the body of main, and is run. Lines that begin with ! or % are the kernel's own. Imports are completed as
// goimports does it, from the packages that there are; those that nothing uses are left out.
//
// Places of the program's text can be told as places in cells: [Program.Tell] does so for what the compiler and a panic say.
//
// It needs nothing but the standard library. A [Notebook] is for one goroutine; a [Program] is a plain value.
package cells
