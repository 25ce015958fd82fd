package labtest

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/notebook"
)

// Unwritten writes, to a path, what can come out differently in a learner's notebook than in the one with solutions: the
// cells whose source differs, those that mention what they declare, and of the others the declarations that these need.
// All else is the same source on the same runs, and would only be tested twice. It gives the number of cells that differ.
func Unwritten(t testing.TB, name, path string) (differ int) {
	t.Helper()
	folder := Layout(t).Notebooks()
	learners := cells(t, filepath.Join(folder, name))
	solved := map[string]string{}
	for _, c := range cells(t, filepath.Join(folder, notebook.Solutions, name)) {
		solved[c.ID] = c.Text
	}
	kept := make([]string, len(learners)) // by cell; "": left out
	needed := map[string]bool{}           // names that a kept cell mentions
	keep := func(i int, source string) {
		kept[i] = source
		for name := range mentioned(source) {
			needed[name] = true
		}
	}
	unwritten := map[string]bool{} // names that are declared otherwise than in the solution
	for i, c := range learners {
		names, isSpecial := declared(c.Text), strings.HasPrefix(c.Text, "!")
		switch {
		case c.Text != solved[c.ID]:
			differ++
			for _, name := range names {
				unwritten[name] = true
			}
			keep(i, c.Text)
		case isSpecial || mentionsAny(c.Text, unwritten):
			keep(i, c.Text)
		}
	}
	for grown := true; grown; {
		grown = false
		for i, c := range learners {
			declarations, _, _ := strings.Cut(c.Text, "%%")
			for _, name := range declared(c.Text) {
				if kept[i] == "" && needed[name] {
					keep(i, declarations)
					grown = true
				}
			}
		}
	}
	var sources []string
	for _, source := range kept {
		if source != "" {
			sources = append(sources, source)
		}
	}
	Write(t, path, sources...)
	return differ
}

// declared are the names that a cell declares for the cells after it, packages that it imports included.
func declared(source string) (names []string) {
	declarations, _, _ := strings.Cut(source, "%%")
	file, _ := parser.ParseFile(token.NewFileSet(), "", "package cell\n"+declarations, parser.SkipObjectResolution) // as far as it goes
	if file == nil {
		return nil
	}
	for _, i := range file.Imports {
		path := strings.Trim(i.Path.Value, `"`)
		name := path[strings.LastIndex(path, "/")+1:]
		if i.Name != nil {
			name = i.Name.Name
		}
		names = append(names, name)
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			names = append(names, d.Name.Name)
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.ValueSpec:
					for _, n := range s.Names {
						names = append(names, n.Name)
					}
				case *ast.TypeSpec:
					names = append(names, s.Name.Name)
				}
			}
		}
	}
	return names
}

// mentioned are all names in a cell's source but those of fields and methods, which stand behind a dot.
func mentioned(source string) map[string]bool {
	names := map[string]bool{}
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(source)), []byte(source), func(token.Position, string) {}, 0)
	for last := token.ILLEGAL; ; {
		_, kind, text := s.Scan()
		switch {
		case kind == token.EOF:
			return names
		case kind == token.IDENT && last != token.PERIOD:
			names[text] = true
		}
		last = kind
	}
}

func mentionsAny(source string, names map[string]bool) bool {
	for name := range mentioned(source) {
		if names[name] {
			return true
		}
	}
	return false
}
