package translate

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	scripts "vaelab/cmd/internal/said"
	"vaelab/vaelib/words"
)

// folders are those of a clone in which something is said to people.
var folders = []string{"vaelib", "datasets", "cmd"}

// said are the functions of package words whose first argument is a message.
var said = []string{"Say", "Text", "Mark", "Format", "Errorf"}

// handedOn are the files in which Say shows what was marked elsewhere: by words.Format, and in a page by {{say "…"}}.
var handedOn = []string{"vaelib/run/setting.go", "cmd/internal/site/pages/render.go"}

// static are the fields of exercises that hold whole texts, which package check translates when it shows them.
var static = []string{"Title", "Question", "Hints", "Says", "Another", "Tested", "Called", "Text", "Explains", "Why", "Quantities", "Tags", "Outputs",
	"NotNegative"}

// Library collects the messages of a clone's programs, in the order of their files: of Go what is said through package words and the
// texts of exercises, of JavaScript what is in say("…"), of pages {{say "…"}}, and the words of the start page. A call that says what
// isn't written out in it is an error: no translator would be asked.
func Library(root string) ([]words.Entry, error) {
	c := &collector{at: map[[2]string]int{}}
	for _, folder := range folders {
		err := fs.WalkDir(os.DirFS(root), folder, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "_") || d.Name() == "katex"):
				return fs.SkipDir
			case d.IsDir():
				return nil
			}
			return c.file(root, name)
		})
		if err != nil {
			return nil, err
		}
	}
	return c.list, errors.Join(c.loose...)
}

type collector struct {
	list  []words.Entry
	at    map[[2]string]int
	loose []error
}

func (c *collector) add(file, context, one, several string) {
	if strings.TrimSpace(one) == "" {
		return
	}
	note := "#: " + file
	if i, known := c.at[[2]string{context, one}]; known {
		if !slices.Contains(c.list[i].Notes, note) {
			c.list[i].Notes = append(c.list[i].Notes, note)
		}
		return
	}
	c.at[[2]string{context, one}] = len(c.list)
	c.list = append(c.list, words.Entry{Notes: []string{note}, Context: context, ID: one, Plural: several})
}

var inPage = regexp.MustCompile("{{-?\\s*say\\s+(\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`)")

func (c *collector) file(root, name string) error {
	full := filepath.Join(root, filepath.FromSlash(name))
	switch {
	case strings.HasSuffix(name, "_test.go"):
		return nil
	case strings.HasSuffix(name, ".go"):
		return c.program(full, name)
	case strings.HasSuffix(name, ".js"), strings.HasSuffix(name, ".html"), name == "cmd/vaelab/internal/start/words.json":
	default:
		return nil
	}
	text, err := os.ReadFile(full)
	if err != nil {
		return err
	}
	switch path.Ext(name) {
	case ".js":
		for _, message := range scripts.In(string(text)) {
			c.add(name, "", message, "")
		}
	case ".html":
		for _, m := range inPage.FindAllStringSubmatch(string(text), -1) {
			message, err := strconv.Unquote(m[1])
			if err != nil {
				return fmt.Errorf("%s: %s is no text: %w", name, m[1], err)
			}
			c.add(name, "", message, "")
		}
	case ".json":
		var page any
		if err := json.Unmarshal(text, &page); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		c.values(name, page)
	}
	return nil
}

// values are the texts in a file of JSON, in an order that doesn't change.
func (c *collector) values(name string, v any) {
	switch v := v.(type) {
	case string:
		c.add(name, "", v, "")
	case []any:
		for _, one := range v {
			c.values(name, one)
		}
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			c.values(name, v[k])
		}
	}
}

// program collects what a file of Go says.
func (c *collector) program(full, name string) error {
	file, err := parser.ParseFile(token.NewFileSet(), full, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	exercises := strings.HasPrefix(name, "vaelib/exercise/") || name == "vaelib/check/confusion.go"
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			c.call(name, file.Name.Name, n, exercises)
		case *ast.CompositeLit:
			if exercises {
				c.fields(name, n)
			}
		case *ast.ValueSpec:
			if t, ok := n.Type.(*ast.Ident); ok && t.Name == "Confusion" {
				for _, v := range n.Values {
					c.whole(name, v)
				}
			}
		}
		return true
	})
	return nil
}

// fields are the texts in what an exercise is made of. A term's Text is a formula, and a tag is known by its first field.
func (c *collector) fields(name string, made *ast.CompositeLit) {
	if t, ok := made.Type.(*ast.Ident); ok && t.Name == "tag" && len(made.Elts) > 0 {
		c.whole(name, made.Elts[0])
	}
	term := slices.ContainsFunc(made.Elts, func(e ast.Expr) bool { return key(e) == "Coefficient" })
	for _, e := range made.Elts {
		if k := key(e); slices.Contains(static, k) && !(term && k == "Text") {
			c.whole(name, e.(*ast.KeyValueExpr).Value)
		}
	}
}

// key is the name of the field that an element of a struct is for; empty where none is named.
func key(e ast.Expr) string {
	if kv, ok := e.(*ast.KeyValueExpr); ok {
		if k, ok := kv.Key.(*ast.Ident); ok {
			return k.Name
		}
	}
	return ""
}

// whole are the texts that an expression is made of, if it is a text or a list of them.
func (c *collector) whole(name string, e ast.Expr) {
	if text, ok := constant(e); ok {
		c.add(name, "", text, "")
	} else if list, ok := e.(*ast.CompositeLit); ok {
		for _, one := range list.Elts {
			if text, ok := constant(one); ok {
				c.add(name, "", text, "")
			}
		}
	}
}

func (c *collector) call(name, inside string, call *ast.CallExpr, exercises bool) {
	function := ""
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok && x.Name == "words" {
			function = f.Sel.Name
		}
	case *ast.Ident:
		if inside == "words" {
			function = f.Name
		}
		if exercises && (f.Name == "right" || f.Name == "wrong") {
			for _, a := range call.Args {
				c.whole(name, a)
			}
		}
	}
	switch {
	case function == "Count" && len(call.Args) == 3:
		c.message(name, function, words.Counted, call.Args[1:]...)
	case slices.Contains(said, function) && len(call.Args) > 0:
		c.message(name, function, "", call.Args[0])
	}
}

// message adds what a call says: a text, or of what is counted one and several.
func (c *collector) message(name, function, context string, says ...ast.Expr) {
	texts := make([]string, 2)
	for i, e := range says {
		text, written := constant(e)
		if !written {
			if function != "Text" && !slices.Contains(handedOn, name) {
				c.loose = append(c.loose, fmt.Errorf("%s: words.%s is given a text that isn't written out there", name, function))
			}
			return
		}
		texts[i] = text
	}
	c.add(name, context, texts[0], texts[1])
	if i, known := c.at[[2]string{context, texts[0]}]; known && (function == "Say" || function == "Format" || function == "Errorf") {
		c.list[i].Format = true
	}
}

// constant is a text that is written out, in one piece or several.
func constant(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.ParenExpr:
		return constant(e.X)
	case *ast.BinaryExpr:
		a, ok := constant(e.X)
		b, ok2 := constant(e.Y)
		return a + b, ok && ok2 && e.Op == token.ADD
	}
	return "", false
}
