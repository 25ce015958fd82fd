package cells

import (
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
)

var packages = Packages{
	{"crypto/rand", "rand", []string{"Int", "Read", "Text"}},
	{"flag", "flag", []string{"Int", "Parse"}},
	{"fmt", "fmt", []string{"Println", "Sprint"}},
	{"math", "math", []string{"Exp", "Log", "Pi"}},
	{"math/rand", "rand", []string{"Int", "Intn", "NewSource"}},
	{"math/rand/v2", "rand", []string{"Int", "IntN", "N", "NewPCG"}},
	{"strings", "strings", []string{"ToUpper"}},
	{"vaelab/vaelib/kl", "kl", []string{"Normal", "Quadrature"}},
	{"example.com/deep/go-ops/v3", "ops", []string{"Add", "Mul"}},
}

// run gives the programs of cells that are run one after the other and kept.
func run(t *testing.T, cells ...string) (last *Program, n *Notebook) {
	t.Helper()
	n = New(packages)
	for i, text := range cells {
		p, err := n.Cell(i+1, text)
		if err != nil {
			t.Fatalf("cell %d: %v", i+1, err)
		}
		if _, err := parser.ParseFile(token.NewFileSet(), "", p.Source, 0); err != nil {
			t.Fatalf("cell %d is no program: %v\n%s", i+1, err, p.Source)
		}
		n.Keep(p)
		last = p
	}
	return last, n
}

// squeezed is a program's text without line breaks and doubled spaces.
func squeezed(source string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(source), " "), "{ }", "{}")
}

func TestPrograms(t *testing.T) {
	for _, c := range []struct {
		name, want string // of the last cell's program
		cells      []string
	}{
		{"an expression below %%", `package main import "fmt" func main() { fmt.Println(1) }`, []string{"%%\nfmt.Println(1)"}},
		{"declarations live on, unused imports don't", `package main import "math" func f() float64 { return math.Pi } func main() { f() }`,
			[]string{"import (\n\t\"fmt\"\n\t\"math\"\n)\nfunc f() float64 { return math.Pi }", "%%\nf()"}},
		{"a kept import comes back", `package main import "fmt" func main() { fmt.Println() }`, []string{"import \"fmt\"", "%%\nfmt.Println()"}},
		{"declared anew", `package main var a = 2 func main() { }`, []string{"var a = 1", "var a = 2", "%%"}},
		{"a variable becomes a function", `package main func a() {} func main() {}`, []string{"var a = 1", "func a() {}"}},
		{"one of several variables", `package main var a = 3 var b = 2 func main() {}`, []string{"var a, b = 1, 2", "var a = 3"}},
		{"one of several from one value", `package main var a = 3 func two() (int, int) { return 1, 2 } func main() {}`,
			[]string{"func two() (int, int) { return 1, 2 }\nvar a, b = two()", "var a = 3"}},
		{"a typed group", `package main var a int var b, c = f() var d string = "x" func f() (int, int) { return 1, 2 } func main() {}`,
			[]string{"var (\n\ta int\n\tb, c = f()\n\td string = \"x\"\n)\nfunc f() (int, int) { return 1, 2 }"}},
		{"constants that count", `package main const ( A = iota B C ) func main() {}`, []string{"const (\n\tA = iota\n\tB\n\tC\n)"}},
		{"a constant of a group declared anew takes the group with it", `package main const B = 7 func main() {}`, []string{"const (\n\tA = iota\n\tB\n)", "const B = 7"}},
		{"methods by type", `package main type Cat struct{} type Dog struct{} func (c *Cat) Say() {} func (Dog) Say() {} func main() {}`,
			[]string{"type (\n\tDog struct{}\n\tCat struct{}\n)\nfunc (Dog) Say() {}", "func (c *Cat) Say() {}"}},
		{"generic methods", `package main type L[T any] struct{} func (l *L[T]) Len() int { return 2 } func main() {}`,
			[]string{"type L[T any] struct{}\nfunc (l L[T]) Len() int { return 1 }", "func (l *L[T]) Len() int { return 2 }"}},
		{"several inits", `package main var a int func init() { } func init() { a = 1 } func main() {}`,
			[]string{"func init_a() { }\nvar a int", "func init_b() { a = 1 }"}},
		{"a comment stays with its function", "package main // f does nothing. func f() {} func main() {}", []string{"// f does nothing.\nfunc f() {}"}},
		{"main written out", `package main func main() { println(1) }`, []string{"func main() { println(1) }"}},
		{"main isn't kept", `package main func main() {}`, []string{"%%\nprintln(1)", "// nothing"}},
		{"flags are parsed where there are some", `package main import "flag" import "fmt" var n = flag.Int("n", 1, "") func main() { flag.Parse(); fmt.Println(*n) }`,
			[]string{"var n = flag.Int(\"n\", 1, \"\")", "%% -n 3\nfmt.Println(*n)"}},
		{"the kernel's lines", `package main func main() { println() }`, []string{"!*go mod edit -replace x=y\n%goflags -race\n!ls \\\n-l\n%%\nprintln()"}},
		{"%exec", `package main func f() {} func main() { f() }`, []string{"func f() {}", "%exec f"}},
		{"%rm", `package main var b = 1 func main() {}`, []string{"var a = 1\nvar b = 1", "%rm a"}},
		{"%reset", `package main func main() {}`, []string{"var a = 1\nvar b = 1", "%reset"}},
		{"package is the kernel's", `package main var a = 1 func main() {}`, []string{"package main\nvar a = 1"}},
		{"an alias", `package main import m "math" func main() { _ = m.Pi }`, []string{"import m \"math\"\n%%\n_ = m.Pi"}},
		{"a path that says another name", `package main import "example.com/deep/go-ops/v3" func main() { ops.Add() }`, []string{"import \"example.com/deep/go-ops/v3\"\n%%\nops.Add()"}},
		{"a dot, used and then not", `package main func main() {}`, []string{"import . \"math\"\n%%\n_ = Pi", "%%"}},
		{"rand by what is asked of it", `package main import "math/rand/v2" func main() { rand.IntN(3) }`, []string{"%%\nrand.IntN(3)"}},
		{"rand that is the old one's", `package main import "math/rand" func main() { rand.Intn(3) }`, []string{"%%\nrand.Intn(3)"}},
		{"what is declared is no package", `package main var kl = struct{ Normal int }{} func main() { _ = kl.Normal }`, []string{"var kl = struct{ Normal int }{}\n%%\n_ = kl.Normal"}},
		{"a package of the course", `package main import "vaelab/vaelib/kl" func main() { kl := kl.Normal{}; _ = kl.Mu }`, []string{"%%\nkl := kl.Normal{}; _ = kl.Mu"}},
	} {
		p, _ := run(t, c.cells...)
		if got := squeezed(p.Source); got != squeezed(c.want) {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestMistakesAreToldAtTheCellsLines(t *testing.T) {
	n := New(packages)
	for text, want := range map[string]string{
		"var a = \n%%\nfmt.Println(": "line 3:12: missing ','",
		"%%\nx := 1\nif x {":         "expected '}', found 'EOF'",
		"fmt.Println(1)":             "line 1:1: expected declaration, found fmt",
		"%%\n%%":                     "line 2: a cell has one %%",
		"import \"net/http\"\n%%\nhttp.Get(\"\")":  "line 1: package net/http isn't part of this site",
		"import \"other/kl\"\n%%\n_ = kl.Normal{}": "cells may import vaelab/vaelib/kl",
	} {
		_, err := n.Cell(1, text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, want %q", text, err, want)
		}
	}
	if len(n.kept) > 0 {
		t.Errorf("what failed has left %v", n.Names())
	}
}

func TestPlaces(t *testing.T) {
	_, n := run(t, "import \"fmt\"\n\n// f fails.\nfunc f() {\n\tpanic(1)\n}", "var (\n\ta = 1\n\tb =\n\t\t2\n)")
	p, err := n.Cell(3, "type T struct {\n\tX undefined\n}\n\n%%\nfmt.Println(a)\nf()")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(p.Source, "\n") {
		want := map[string]string{"\tpanic(1)": "cell 1, line 5", "\tX undefined": "line 2:9", "fmt.Println(a)": "line 6:9", "f()": "line 7:9",
			"var a = 1": "cell 2, line 2", "\t\t2": "cell 2, line 4", "func main() {": "line 5:9"}[line]
		if want == "" {
			continue
		}
		if got := p.Tell("/tmp/gonb_1/main.go:" + strconv.Itoa(i+1) + ":9: oh"); got != want+": oh" {
			t.Errorf("%q is told as %q, want %q", line, got, want)
		}
	}
	if got := p.Tell("./main.go:1:1: what the kernel wrote; other.go:3"); got != "./main.go:1:1: what the kernel wrote; other.go:3" {
		t.Errorf("a line of nobody's is told as %q", got)
	}
}

func TestWhatTheKernelSays(t *testing.T) {
	p, n := run(t, "var a = 1\nfunc f() {}", "!ls -l\n%wasm\n%nonsense\n%rm a missing\n%ls\n%env KEY=some value\n%args -x 1")
	said := strings.Join(p.Said, "\n")
	for _, want := range []string{"isn't run: !ls -l", "%wasm does nothing here", "%nonsense is no command", "nothing is called missing", "functions: f"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is missing in\n%s", want, said)
		}
	}
	later, err := n.Cell(3, "%env OTHER=1")
	if err != nil || later.Env["KEY"] != "some value" || later.Env["OTHER"] != "1" || p.Env["OTHER"] != "" {
		t.Errorf("a later cell's environment is %v, %v; its predecessor's %v", later.Env, err, p.Env)
	}
	if p.Env["KEY"] != "some value" || n.env["KEY"] != "some value" || strings.Join(p.Args, " ") != "-x 1" || p.Runs {
		t.Errorf("%+v", p)
	}
}

func TestComplete(t *testing.T) {
	_, n := run(t, "import k \"vaelab/vaelib/kl\"\nvar kitten = 1\n%%\n_ = k.Normal{}")
	for text, want := range map[string]string{
		"x := k.Q": "Quadrature 1", "math.": "Exp Log Pi 0", "kit": "kitten 3", "fm": "fmt 2", "rand.In": "Int IntN Intn 2", "nothing.X": " 1",
	} {
		names, shared := n.Complete(text)
		if got := strings.Join(names, " ") + " " + strconv.Itoa(shared); got != want {
			t.Errorf("%q is completed by %q, want %q", text, got, want)
		}
	}
}
