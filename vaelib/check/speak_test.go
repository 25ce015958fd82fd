package check

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vaelab/vaelib/words"
)

// speak has the program speak a language whose catalogue has these texts; in one that is counted, %s stands for the number.
func speak(t *testing.T, texts, counted map[string]string) {
	t.Helper()
	var catalogue strings.Builder
	for english, text := range texts {
		fmt.Fprintf(&catalogue, "msgid %q\nmsgstr %q\n\n", english, text)
	}
	for english, text := range counted {
		fmt.Fprintf(&catalogue, "msgctxt \"count\"\nmsgid %q\nmsgid_plural \"\"\nmsgstr[0] %q\n\n", english, text)
	}
	root := t.TempDir()
	path := words.File(root, "zh", "library")
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(catalogue.String()), 0o644)); err != nil {
		t.Fatal(err)
	}
	before := words.Clone
	words.Clone = func() (string, error) { return root, nil }
	t.Cleanup(func() {
		words.Clone = before
		if err := words.Use("en"); err != nil {
			t.Error(err)
		}
	})
	if err := words.Use("zh"); err != nil {
		t.Fatal(err)
	}
}

// speakNothing has the program speak a language in which each word of what this room says, of these texts and of confusions is 字.
// Words that can still be read then haven't been said.
func speakNothing(t *testing.T, static ...string) {
	t.Helper()
	texts, counted := map[string]string{}, map[string]string{}
	for _, folder := range []string{".", "formula", "../words"} {
		said, things := messages(t, folder)
		for _, english := range said {
			texts[english] = wordless(english)
		}
		for _, english := range things {
			counted[english] = "%s 字"
		}
	}
	for _, c := range Confusions() {
		static = append(static, string(c))
	}
	for _, english := range static {
		texts[english] = wordless(english)
	}
	speak(t, texts, counted)
}

var wordOrVerb = regexp.MustCompile(`%[-+# 0-9.\[\]]*[a-zA-Z%]|\pL+(?:[.'’]\pL+)*`)

func wordless(english string) string {
	return wordOrVerb.ReplaceAllStringFunc(english, func(s string) string {
		if s[0] == '%' {
			return s
		}
		return "字"
	})
}

// messages are what the files of a folder say, and what they count.
func messages(t *testing.T, folder string) (said, counted []string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files in %s: %v", folder, err)
	}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			var function string
			switch f := call.Fun.(type) {
			case *ast.SelectorExpr:
				if x, ok := f.X.(*ast.Ident); ok && x.Name == "words" {
					function = f.Sel.Name
				}
			case *ast.Ident:
				if file.Name.Name == "words" {
					function = f.Name
				}
			}
			switch function {
			case "Say", "Mark", "Errorf":
				if text, ok := literal(call.Args[0]); ok {
					said = append(said, text)
				} else {
					t.Errorf("%s: %s is given no text that stands there", path, function)
				}
			case "Count":
				for _, a := range call.Args[1:2] {
					if text, ok := literal(a); ok {
						counted = append(counted, text)
					}
				}
			}
			return true
		})
	}
	return said, counted
}

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

// What stays English anywhere: names of Go, and functions of mathematics.
var (
	names   = regexp.MustCompile(`\b\w+(?:\.\w+)+(?:\([^)]*\))?|\w+\(\)`)
	english = regexp.MustCompile(`[A-Za-z]{2,}`)
	maths   = []string{"log", "exp", "max", "min", "NaN", "ms"}
)

// unsaid are the English words of a text.
func unsaid(text string) (list []string) {
	for _, word := range english.FindAllString(names.ReplaceAllString(text, ""), -1) {
		if !slices.Contains(maths, word) {
			list = append(list, word)
		}
	}
	return list
}
