// Package tabsame holds the browser edition against the lab: what its kernel makes of a cell, and what it computes.
package tabsame

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vaelab/cmd/internal/cells"
	"vaelab/cmd/internal/site"
	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/notebook"
)

// beyond is what the course's cells don't do, and a learner's may.
var beyond = []string{
	"const (\n\tA = iota\n\tB\n\tC\n)\n\nconst one, two = 1, 2",
	"type (\n\tDog struct{ name string }\n\tCat struct{}\n)\n\nfunc (d *Dog) Say() string { return d.name }\nfunc (Cat) Say() string { return \"miaow\" }",
	"type List[T any] struct{ items []T }\n\nfunc (l *List[T]) Add(x T) { l.items = append(l.items, x) }\nfunc Map[T, U any](list []T, f func(T) U) (out []U) {\n\tfor _, x := range list {\n\t\tout = append(out, f(x))\n\t}\n\treturn out\n}",
	"var x, y = 1, 2.5\n\nvar (\n\tp, q = pair()\n\tz    string\n)\n\nfunc pair() (int, error) { return 1, nil }",
	"func init_counter() { count = 10 }\n\nvar count int",
	"%%\nfmt.Println(A, B, C, one, two, x, y, p, q, z, count, strings.ToUpper((&Dog{\"rex\"}).Say()), Map([]int{1}, func(i int) string { return fmt.Sprint(i) }))",
	"var x = \"anew\"",
	"func (Cat) Say() string { return \"purr\" }\n\ntype Speaker interface{ Say() string }\n\nvar _ Speaker = Cat{}",
	"%%\nvar s Speaker = Cat{}\nfmt.Println(s.Say(), x)",
	"// area is a function with a comment.\nfunc area(r float64) float64 { return math.Pi * r * r }\n\n%%\nfmt.Println(area(2))",
	"%rm y",
	"import (\n\tm \"math\"\n\t\"math/rand/v2\"\n)\n\n%%\nfmt.Println(m.Sqrt(2), rand.New(rand.NewPCG(1, 2)).IntN(10))",
	"func main() {\n\tfmt.Println(\"written out\")\n}",
	"var 权重 = 4.0\n\nfunc 罚款(均值 float64) float64 { return 权重 * 均值 } // 自己起的名字\n\n%%\nfmt.Println(\"罚款：\", 罚款(2))",
	"%%\ntype local struct{ a, b int }\nfor i := range 3 {\n\tdefer func() { _ = local{i, i} }()\n}",
}

func TestTheCoursesProgramsAreGoNBs(t *testing.T) {
	labtest.Lab(t)
	_, solutions := labtest.Notebooks(t)
	if !labtest.IsLong() {
		solutions = slices.DeleteFunc(solutions, func(path string) bool { return !strings.Contains(path, "02_") })
	}
	for _, path := range solutions {
		book, err := notebook.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		for _, c := range book.Code() {
			texts = append(texts, c.Text)
		}
		t.Run(filepath.Base(path), func(t *testing.T) { compare(t, texts) })
	}
	t.Run("beyond the course", func(t *testing.T) { compare(t, beyond) })
}

var quoted = regexp.MustCompile(`(?m)^\s*(?:import )?(?:[\w.]+ )?"([\w./-]+)"$`)

// compare has GoNB and the browser's kernel make programs of cells, and compares them: which packages they import, and each
// declaration. Nothing of the cells' own is run.
func compare(t *testing.T, texts []string) {
	var list []string
	roots := []string{"fmt", "maps", "math", "math/rand/v2", "slices", "strings", "time", "os", "flag"}
	for i, text := range texts {
		if before, after, ok := strings.Cut(text, "%%\n"); ok {
			texts[i] = before + "%%\nreturn\n" + after
		}
		list = append(list, texts[i], fmt.Sprintf("!*echo program %d; test ! -e main.go || cat main.go", i))
		for _, m := range quoted.FindAllStringSubmatch(text, -1) {
			roots = append(roots, m[1])
		}
	}
	book, out := filepath.Join(t.TempDir(), "cells.ipynb"), t.TempDir()
	labtest.Write(t, book, list...)
	if stdout, stderr, code := labtest.Outcome(t, labtest.Command(t, "exec", book, "-out", out)); code != 0 {
		t.Fatalf("code %d\n%s\n%s", code, stdout, stderr)
	}
	theirs := printed(t, filepath.Join(out, "cells.ipynb"))
	packages, err := site.Described(func(words ...string) ([]byte, error) {
		cmd := exec.Command("go", words...)
		cmd.Dir = labtest.Layout(t).Root
		return cmd.Output()
	}, roots...)
	if err != nil {
		t.Fatal(err)
	}
	ours := cells.New(packages)
	for i, text := range texts {
		p, err := ours.Cell(i+1, text)
		if err != nil {
			t.Fatalf("cell %d: %v\n%s", i, err, text)
		}
		ours.Keep(p)
		if !p.Runs {
			continue // GoNB builds an empty program, or none
		}
		if got, want := parts(t, p.Source), parts(t, theirs[i]); !slices.Equal(got, want) {
			t.Errorf("cell %d:\n%s\n\nthe browser's kernel:\n%s\nGoNB:\n%s", i, text, strings.Join(less(got, want), "\n"), strings.Join(less(want, got), "\n"))
		}
	}
}

// less is what stands in a and not in b.
func less(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

// printed are the programs that a notebook's cells have printed, by cell.
func printed(t *testing.T, path string) map[int]string {
	var book struct {
		Cells []struct {
			Outputs []struct{ Text []string }
		}
	}
	if err := json.Unmarshal([]byte(labtest.Read(t, path)), &book); err != nil {
		t.Fatal(err)
	}
	programs := map[int]string{}
	for _, c := range book.Cells {
		var text string
		for _, o := range c.Outputs {
			text += strings.Join(o.Text, "")
		}
		var n int
		if _, err := fmt.Sscanf(text, "program %d\n", &n); err == nil {
			programs[n] = text[strings.Index(text, "\n")+1:]
		}
	}
	return programs
}

// parts are a program's imports and declarations, each as a line of its own, sorted: their order, comments and layout mean nothing.
func parts(t *testing.T, source string) (list []string) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "main.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatalf("%v\n%s", err, source)
	}
	add := func(node any) {
		var text bytes.Buffer
		if err := format.Node(&text, token.NewFileSet(), node); err != nil {
			t.Fatal(err)
		}
		list = append(list, strings.Join(strings.Fields(text.String()), " "))
	}
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			d.Doc = nil
			if d.Name.Name == "main" && d.Recv == nil {
				d.Body.List = slices.DeleteFunc(d.Body.List, parsesFlags)
			}
			add(d)
		case *ast.GenDecl:
			d.Doc, d.Lparen = nil, token.NoPos
			if d.Tok == token.CONST && counts(d) {
				add(d)
				continue
			}
			for _, s := range d.Specs {
				switch v := s.(type) {
				case *ast.ImportSpec:
					if v.Path.Value == `"flag"` && strings.Count(source, "flag.") == 1 {
						continue // for flag.Parse alone
					}
				case *ast.TypeSpec:
					v.Doc, v.Comment = nil, nil
				case *ast.ValueSpec:
					if v.Doc, v.Comment = nil, nil; d.Tok == token.CONST && len(v.Names) == len(v.Values) {
						for i := range v.Names { // one by one, or side by side
							add(&ast.GenDecl{Tok: d.Tok, Specs: []ast.Spec{&ast.ValueSpec{Names: v.Names[i : i+1], Type: v.Type, Values: v.Values[i : i+1]}}})
						}
						continue
					}
				}
				add(&ast.GenDecl{Tok: d.Tok, Specs: []ast.Spec{s}})
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list) // what has no name, GoNB keeps twice
}

// counts says whether a group's constants depend on each other: one has no value of its own.
func counts(d *ast.GenDecl) bool {
	return slices.ContainsFunc(d.Specs, func(s ast.Spec) bool { return len(s.(*ast.ValueSpec).Values) == 0 })
}

// parsesFlags is flag.Parse(), which GoNB puts before all.
func parsesFlags(s ast.Stmt) bool {
	call, ok := s.(*ast.ExprStmt)
	if !ok {
		return false
	}
	c, ok := call.X.(*ast.CallExpr)
	if !ok {
		return false
	}
	f, ok := c.Fun.(*ast.SelectorExpr)
	return ok && f.Sel.Name == "Parse" && fmt.Sprint(f.X) == "flag"
}
