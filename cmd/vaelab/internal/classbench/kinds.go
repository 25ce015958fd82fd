package classbench

import (
	"path"
	"slices"
	"strings"
)

// Kind is what a process is there for.
type Kind string

// The kinds, in a table's order.
const (
	Gopls     Kind = "gopls"
	Kernel    Kind = "kernels"
	Cell      Kind = "cells' programs"
	Computing Kind = "programs that compute"
	Building  Kind = "building"
	Client    Kind = "Jupyter's client"
	Other     Kind = "others"
	Unseen    Kind = "too short to be seen" // the processor's time alone
)

// Kinds are all kinds.
var Kinds = []Kind{Gopls, Kernel, Cell, Computing, Building, Client, Other, Unseen}

// builders are the programs that make a program of a cell's source: GoNB's, Go's, and those of a C compiler that Go calls.
var builders = []string{"go", "goimports", "gofmt", "compile", "link", "asm", "cgo", "vet", "buildid", "pack", "covdata",
	"gcc", "g++", "cc", "cc1", "cc1plus", "as", "ld", "collect2", "pkg-config"}

// behind ends the name of a cell's program, as cellgo builds it.
const behind = ".program"

// kindOf tells a process by its command line, in which zero bytes end the words.
func kindOf(line string) Kind {
	first, _, _ := strings.Cut(line, "\x00")
	name := path.Base(first)
	switch {
	case name == "gopls":
		return Gopls
	case name == "gonb":
		return Kernel
	case name == "vaecompute":
		return Computing
	case strings.HasSuffix(name, behind):
		return Cell
	case strings.HasPrefix(name, "python"):
		return Client
	case slices.Contains(builders, name):
		return Building
	}
	return Other
}
