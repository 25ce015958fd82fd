// Package veil helps tests to find what a program says past its catalogue: it has every message veiled, so that whatever English is
// left was never asked of a translator, or is glued from halves.
package veil

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"vaelab/vaelib/places"
	"vaelab/vaelib/words"
)

// Speak has the program speak a language until the test ends, in which all that is said in these folders of the clone is veiled, and
// what package words says itself. It gives a folder that programs which the test starts take for a clone with that language: by
// places.RootEnv.
func Speak(t *testing.T, folders ...string) (clone string) {
	t.Helper()
	root, err := places.Clone()
	if err != nil {
		t.Fatal(err)
	}
	var catalogue strings.Builder
	known := map[string]bool{}
	for _, folder := range append(folders, "vaelib/words") {
		files, err := filepath.Glob(filepath.Join(root, folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("nothing is said in %s: %v", folder, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			if err := read(file, func(call, message, several string) {
				switch {
				case known[call+message]:
				case call == "Count":
					fmt.Fprintf(&catalogue, "msgctxt %q\nmsgid %q\nmsgid_plural %q\nmsgstr[0] \"%%s 字\"\n\n", words.Counted, message, several)
				default:
					fmt.Fprintf(&catalogue, "msgid %q\nmsgstr %q\n\n", message, veiled(message))
				}
				known[call+message] = true
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
	clone = t.TempDir()
	path := words.File(clone, "zh", "library")
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(catalogue.String()), 0o644),
		os.WriteFile(filepath.Join(clone, "go.mod"), []byte("module vaelab\n"), 0o644)); err != nil {
		t.Fatal(err)
	}
	before := words.Clone
	words.Clone = func() (string, error) { return clone, nil }
	t.Cleanup(func() {
		words.Clone = before
		if err := words.Use("en"); err != nil {
			t.Error(err)
		}
	})
	if err := words.Use("zh"); err != nil {
		t.Fatal(err)
	}
	return clone
}

// read finds what a file of Go says through package words.
func read(file string, each func(call, message, several string)) error {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		name := ""
		switch f := call.Fun.(type) {
		case *ast.SelectorExpr:
			if x, ok := f.X.(*ast.Ident); ok && x.Name == "words" {
				name = f.Sel.Name
			}
		case *ast.Ident:
			if parsed.Name.Name == "words" {
				name = f.Name
			}
		}
		message, ok := literal(call.Args[0])
		switch {
		case name == "Count" && len(call.Args) == 3:
			one, _ := literal(call.Args[1])
			several, _ := literal(call.Args[2])
			each(name, one, several)
		case ok && (name == "Say" || name == "Text" || name == "Mark" || name == "Errorf"):
			each("", message, "")
		}
		return true
	})
	return nil
}

// literal is a text that is written out.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.BinaryExpr:
		a, ok := literal(e.X)
		b, ok2 := literal(e.Y)
		return a + b, ok && ok2
	}
	return "", false
}

// part is what a format does with an argument, a place that is filled in, or a word.
var part = regexp.MustCompile(`%[-+# 0-9.]*(?:\[\d+\])?[a-zA-Z%]|\{\w+\}|[A-Za-z]+`)

func veiled(message string) string {
	return part.ReplaceAllStringFunc(message, func(s string) string {
		if strings.IndexByte("%{", s[0]) >= 0 {
			return s
		}
		return "字"
	})
}

var run = regexp.MustCompile(`\b[A-Za-z][a-z’']+,? [A-Za-z][a-z’']+\b`)

// English are the places where a text has two English words together, but for what isn't the program's own, such as a path.
func English(text string, allowed ...string) []string {
	for _, a := range allowed {
		text = strings.ReplaceAll(text, a, "…")
	}
	return run.FindAllString(text, -1)
}
