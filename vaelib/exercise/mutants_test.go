package exercise

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mutation is a change of a solution's source, with what it touches.
type mutation struct {
	from, to int    // the place in the file
	text     string // what stands there instead
	touched  string // the term that is changed, as it was, or all that its operation joins; with or between the two
}

// mutator finds the mutations of a solution.
type mutator struct {
	source string
	fset   *token.FileSet
	f      *ast.FuncDecl
	list   []mutation
}

func (m *mutator) offset(p token.Pos) int   { return m.fset.Position(p).Offset }
func (m *mutator) text(n ast.Node) string   { return m.source[m.offset(n.Pos()):m.offset(n.End())] }
func (m *mutator) put(n ast.Node, s string) { m.putIn(n, n, s) }
func (m *mutator) putIn(n, of ast.Node, s string) {
	touched := m.text(of)
	if of != n && of.Pos() >= n.Pos() && of.End() <= n.End() {
		touched += or + m.text(n)
	}
	m.list = append(m.list, mutation{m.offset(n.Pos()), m.offset(n.End()), s, touched})
}

// or stands between two ways to say what a mutation touched.
const or = " // or // "

var otherSigns = map[token.Token][]string{
	token.ADD: {"-", "*", "/"}, token.SUB: {"+", "*", "/"}, token.MUL: {"+", "-", "/"}, token.QUO: {"*", "+", "-"},
	token.LSS: {">", "<="}, token.GTR: {"<", ">="}, token.LEQ: {">", "<"}, token.GEQ: {"<", ">"}, token.LAND: {"||"},
}

var otherNumbers = map[string][]string{
	"0.5": {"1.0", "2.0", "0.25", "-0.5"}, "1": {"0", "2"}, "2": {"1", "3", "4"}, "0.01": {"0.1", "0.001", "0.02"}, "0.0": {"1.0"}, "1.0": {"0.0", "2.0"},
}

var otherFunctions = map[string][]string{
	"math.Exp": {"math.Log", "math.Sqrt", "math.Abs"}, "math.Log": {"math.Exp", "math.Sqrt", "math.Log10", "math.Abs"}, "math.Sqrt": {"math.Abs", "math.Log"},
	"math.Abs": {"math.Exp", "math.Sqrt"}, "math.Log1p": {"math.Log", "math.Expm1"}, "math.Max": {"math.Min"}, "max": {"min"}, "min": {"max"}, "slices.Max": {"slices.Min"},
}

var otherAssignments = map[token.Token][]string{
	token.ADD_ASSIGN: {"-=", "="}, token.SUB_ASSIGN: {"+=", "="}, token.MUL_ASSIGN: {"/=", "+=", "="}, token.QUO_ASSIGN: {"*=", "-=", "="},
}

// mutations are all that can be done to a solution at one place.
func (m *mutator) mutations() []mutation {
	parameters := map[string][]string{} // names by type
	for _, field := range m.f.Type.Params.List {
		for _, name := range field.Names {
			kind := m.text(field.Type)
			parameters[kind] = append(parameters[kind], name.Name)
		}
	}
	ast.Inspect(m.f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			x, y := m.text(n.X), m.text(n.Y)
			of := ast.Node(n) // a product's sign is of both sides, a sum's of the term after it
			if n.Op == token.ADD || n.Op == token.SUB {
				of = n.Y
			}
			for _, sign := range otherSigns[n.Op] {
				m.putIn(n, of, "(("+x+") "+sign+" ("+y+"))")
			}
			switch n.Op {
			case token.MUL:
				m.put(n, "("+x+")")
				m.put(n, "("+y+")")
			case token.ADD:
				m.putIn(n, n.Y, "("+x+")")
				m.putIn(n, n.X, "("+y+")")
			case token.SUB:
				m.putIn(n, n.Y, "("+x+")")
				m.putIn(n, n.X, "(-("+y+"))")
			case token.QUO:
				m.put(n, "("+x+")")
				m.put(n, "(1/("+y+"))")
			}
			switch n.Op {
			case token.ADD, token.SUB:
				m.putIn(n, n.Y, "("+x+n.Op.String()+"2*("+y+"))")
			case token.MUL, token.QUO:
				m.put(n, "(2*("+x+n.Op.String()+"("+y+")))")
			}
			if n.Op == token.SUB || n.Op == token.QUO {
				m.put(n, "(("+y+") "+n.Op.String()+" ("+x+"))")
			}
		case *ast.BasicLit:
			for _, other := range otherNumbers[n.Value] {
				m.putIn(n, m.around(n), other)
			}
		case *ast.CallExpr:
			for _, other := range otherFunctions[m.text(n.Fun)] {
				m.putIn(n.Fun, n, other)
			}
			if len(n.Args) == 1 && otherFunctions[m.text(n.Fun)] != nil {
				m.put(n, "("+m.text(n.Args[0])+")")
			}
		case *ast.AssignStmt:
			for _, other := range otherAssignments[n.Tok] {
				m.list = append(m.list, mutation{m.offset(n.TokPos), m.offset(n.TokPos) + len(n.Tok.String()), other, m.text(n)})
			}
		case *ast.RangeStmt:
			m.putIn(n.X, n.Body, m.text(n.X)+"[1:]")
			m.putIn(n.X, n.Body, m.text(n.X)+"[:len("+m.text(n.X)+")-1]")
		case *ast.IfStmt:
			for _, other := range []string{"!(" + m.text(n.Cond) + ")", "true", "false"} {
				m.list = append(m.list, mutation{m.offset(n.Cond.Pos()), m.offset(n.Cond.End()), other, m.text(n.Cond) + or + m.text(n)})
			}
		case *ast.Ident:
			for _, names := range parameters {
				if slices.Contains(names, n.Name) {
					for _, other := range names {
						if other != n.Name {
							m.putIn(n, m.around(n), other)
						}
					}
				}
			}
		}
		return true
	})
	return m.list
}

// around is the smallest binary expression, call or statement around a name or a number: what it is a part of.
func (m *mutator) around(n ast.Node) ast.Node {
	best := n
	ast.Inspect(m.f.Body, func(outer ast.Node) bool {
		switch outer := outer.(type) {
		case *ast.BinaryExpr:
			of := ast.Node(outer)
			if outer.Op == token.ADD || outer.Op == token.SUB { // of a sum, the one term
				of = outer.X
				if outer.Y.Pos() <= n.Pos() {
					of = outer.Y
				}
			}
			if of.Pos() <= n.Pos() && n.End() <= of.End() {
				best = of
			}
		case *ast.CallExpr, *ast.AssignStmt, *ast.ReturnStmt:
			if outer.Pos() <= n.Pos() && n.End() <= outer.End() {
				best = outer
			}
		}
		return true
	})
	return best
}

// mutated is a solution after some mutations, by the name that it gets.
func (m *mutator) mutated(name string, mutations ...mutation) string {
	start, end := m.offset(m.f.Pos()), m.offset(m.f.End())
	text := m.source[:end]
	mutations = slices.SortedFunc(slices.Values(mutations), func(a, b mutation) int { return b.from - a.from })
	for _, u := range mutations {
		text = text[:u.from] + u.text + text[u.to:]
	}
	return strings.Replace(text[start:], "func "+m.f.Name.Name+"(", "func "+name+"(", 1)
}

// compiles says whether a function can be compiled; a variable that is no longer used is no error of the answer's.
func compiles(imports types.Importer, code string) bool {
	fset := token.NewFileSet()
	head := "package p\n"
	for _, path := range []string{"math", "slices"} {
		if strings.Contains(code, path+".") {
			head += fmt.Sprintf("import %q\n", path)
		}
	}
	file, err := parser.ParseFile(fset, "p.go", head+code, 0)
	if err != nil {
		return false
	}
	_, err = (&types.Config{Importer: imports}).Check("p", fset, []*ast.File{file}, nil)
	return err == nil
}

// lateness is the notebook of a file's exercise, where that came after the first four: later solutions are mutated last, so that their
// random numbers leave the mutants of earlier ones as they are.
func lateness(file string) int {
	for _, e := range list {
		if e.Notebook > 4 && strings.EqualFold(strings.TrimSuffix(file, ".go"), e.ID) {
			return e.Notebook
		}
	}
	return 0
}

// writeMutants writes a file of tests that holds mutants of all solutions: so many at most of each, with one mutation and with two.
func writeMutants(t *testing.T, path string, singles, doubles int) {
	imports := importer.ForCompiler(token.NewFileSet(), "source", nil)
	rng := rand.New(rand.NewPCG(17, 17))
	var functions, table strings.Builder
	total := 0
	files := value(filepath.Glob("*.go"))
	slices.SortStableFunc(files, func(a, b string) int { return cmp.Compare(lateness(a), lateness(b)) })
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, fset := string(value(os.ReadFile(file))), token.NewFileSet()
		for _, d := range value(parser.ParseFile(fset, file, source, 0)).Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || !strings.HasPrefix(f.Name.Name, "solve") {
				continue
			}
			id := strings.TrimPrefix(f.Name.Name, "solve")
			if id == "Reconstruction" {
				id = "ReconstructionFromLogits"
			}
			if _, ok := subjects[id]; !ok {
				continue
			}
			m := &mutator{source: source, fset: fset, f: f}
			all := m.mutations()
			seen := map[string]bool{}
			add := func(mutations ...mutation) bool {
				name := fmt.Sprintf("mutant%d", total)
				code := m.mutated(name, mutations...)
				if key := strings.ReplaceAll(code, name, ""); seen[key] || !compiles(imports, code) {
					return false
				} else {
					seen[key] = true
				}
				total++
				functions.WriteString(code + "\n\n")
				var changes []string
				for _, u := range mutations {
					changes = append(changes, fmt.Sprintf("{%q, %q, %q}", source[u.from:u.to], u.text, u.touched))
				}
				fmt.Fprintf(&table, "\t\t{%q, %s, []touch{%s}},\n", id, name, strings.Join(changes, ", "))
				return true
			}
			made := 0
			for _, i := range rng.Perm(len(all)) {
				if made < singles && add(all[i]) {
					made++
				}
			}
			made = 0
			for range 400 {
				a, b := all[rng.IntN(len(all))], all[rng.IntN(len(all))]
				if made < doubles && (a.to <= b.from || b.to <= a.from) && add(a, b) {
					made++
				}
			}
		}
	}
	head := "package exercise\n\nimport (\n\t\"math\"\n\t\"slices\"\n)\n\nvar _, _ = math.Pi, slices.Max[[]int]\n\n"
	text := head + "func init() {\n\tmutants = []mutant{\n" + table.String() + "\t}\n}\n\n" + functions.String()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
