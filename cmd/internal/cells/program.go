package cells

import (
	"strings"

	"vaelab/vaelib/words"
)

// Program is the program of one cell.
type Program struct {
	Source  string            // main.go
	Imports []string          // the paths of the packages that it imports
	Args    []string          // of its command line
	Env     map[string]string // that its cell and those before have set
	Runs    bool              // it has a main of its own; else there is nothing to run, only to compile
	Said    []string          // what the kernel says of the cell's own lines for it

	number   int
	declared []*declaration
	main     *declaration
	kept     declarations   // afterwards
	opened   bool           // main was, by %%
	chosen   []*declaration // imports
	places   []place        // of each line of Source
}

// place is a line of a cell, from 1. The zero place is none: a line that the kernel has put in.
type place struct{ cell, line int }

// up is the place some lines further down; it may lie outside of what was written.
func (p place) up(lines int) place { return place{p.cell, p.line + lines} }

// compose writes the program: imports, types, constants, variables, functions and main, each by name, as GoNB does.
func (p *Program) compose(packages Packages) error {
	p.Runs = p.main != nil
	main := p.main
	if main == nil {
		main = &declaration{text: "func main() {}"}
	}
	if err := p.complete(packages, main); err != nil {
		return err
	}
	var b strings.Builder
	write := func(text string, at place) {
		for line := range strings.SplitSeq(text, "\n") {
			b.WriteString(line + "\n")
			p.places = append(p.places, at)
			if at != (place{}) {
				at.line++
			}
		}
	}
	write("package main\n", place{})
	for k := imported; k <= function; k++ {
		list := p.chosen
		if k != imported {
			list = p.kept.sorted(k)
		}
		for _, d := range list {
			write(d.text, d.at)
		}
	}
	write(main.text, main.at)
	p.Source = b.String()
	return nil
}

// Error is what keeps a cell from becoming a program, or a program from being compiled.
type Error struct{ Lines []Line }

// Line is one thing that is wrong.
type Line struct {
	At     place
	Column int
	Text   string
}

func (e *Error) Error() string {
	var all []string
	for _, l := range e.Lines {
		all = append(all, l.String())
	}
	return strings.Join(all, "\n")
}

func (l Line) String() string { return words.Say("%s: %s", l.At.tell(l.At.cell, l.Column), l.Text) }

// tell names the place for a reader of the cell here.
func (p place) tell(here, column int) string {
	switch {
	case p == place{}:
		return "main.go"
	case p.cell != here:
		return words.Say("cell %d, line %d", p.cell, p.line)
	case column > 0:
		return words.Say("line %d:%d", p.line, column)
	}
	return words.Say("line %d", p.line)
}
