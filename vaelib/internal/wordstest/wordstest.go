package wordstest

import (
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

// names are what is the same in every language.
var names = []string{"VAE", "AE", "KL", "ELBO", "XLA", "JupyterLab", "Fréchet", "PNG", "nil", "NaN", "Inf", "Shift", "Enter", "Escape"}

// Speak has the program speak that language until the test ends: with the messages of these rooms, folders of vaelib, and of words.
func Speak(t *testing.T, rooms ...string) {
	t.Helper()
	var c strings.Builder
	for _, room := range append(rooms, "words") {
		files, err := filepath.Glob(filepath.Join(root(t), "vaelib", room, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no files in room %s: %v", room, err)
		}
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") {
				catalogue(t, &c, file)
			}
		}
	}
	clone := t.TempDir()
	path := words.File(clone, "zh", "library")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(c.String()), 0o644); err != nil {
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
}

// root is the clone: the folder with go.mod above the test's.
func root(t *testing.T) string {
	folder, err := os.Getwd()
	for ; err == nil && folder != filepath.Dir(folder); folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
	}
	t.Fatal("the test runs outside the clone:", err)
	return ""
}

// catalogue writes an entry for each message of a file.
func catalogue(t *testing.T, c *strings.Builder, file string) {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		function := ""
		switch f := call.Fun.(type) {
		case *ast.SelectorExpr:
			if x, ok := f.X.(*ast.Ident); ok && x.Name == "words" {
				function = f.Sel.Name
			}
		case *ast.Ident:
			if parsed.Name.Name == "words" {
				function = f.Name
			}
		}
		message, ok := constant(call.Args[0])
		switch {
		case function == "Count" && len(call.Args) == 3:
			one, _ := constant(call.Args[1])
			several, _ := constant(call.Args[2])
			fmt.Fprintf(c, "msgctxt %q\nmsgid %q\nmsgid_plural %q\nmsgstr[0] \"%%s ж\"\n\n", words.Counted, one, several)
		case ok && slices.Contains([]string{"Say", "Text", "Mark", "Errorf"}, function):
			fmt.Fprintf(c, "msgid %q\nmsgstr %q\n\n", message, pseudo(message))
		}
		return true
	})
}

func constant(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.BinaryExpr:
		a, ok := constant(e.X)
		b, ok2 := constant(e.Y)
		return a + b, ok && ok2
	}
	return "", false
}

// part is a verb, a name of the course's code, or a word.
var part = regexp.MustCompile(`\b[a-z]+\.%s|%[-+# 0-9.\[\]]*[a-zA-Z%]|\b[a-z]+\.[A-Z]\w*|\{\w+\}|\pL+(?:['’]\pL+)?`)

func pseudo(message string) string {
	return part.ReplaceAllStringFunc(message, func(s string) string {
		if !wordy(s) {
			return s
		}
		return "ж"
	})
}

// word is an English word, maybe with a name of code that isn't one.
var word = regexp.MustCompile(`\b[a-z]+\.[A-Z]\w*|\{\w+\}|\p{Latin}+(?:['’][a-z]+)?`)

func wordy(s string) bool {
	return len(s) > 2 && !strings.ContainsAny(s, "%.{") && !slices.Contains(names, s)
}

// English are the words of a text that are English still, but for names and those that are allowed: what the test itself gave.
func English(text string, allowed ...string) (list []string) {
	for _, a := range allowed {
		if a != "" {
			text = strings.ReplaceAll(text, a, " ")
		}
	}
	for _, s := range word.FindAllString(text, -1) {
		if wordy(s) {
			list = append(list, s)
		}
	}
	return list
}
