package cells

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"strconv"
	"strings"
)

// head stands before a cell's own lines when it is parsed.
const head = "package main\n"

// parse finds what a cell declares, and its main.
func (p *Program) parse(c *cell) error {
	var text strings.Builder
	text.WriteString(head)
	for i, line := range c.lines {
		if i == c.main {
			line = "func main() {"
		}
		text.WriteString(line + "\n")
	}
	if c.main >= 0 {
		text.WriteString("\n}\n")
	}
	s := source{number: p.number, text: text.String(), files: token.NewFileSet()}
	file, err := parser.ParseFile(s.files, "", s.text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return s.tell(err)
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			s.function(p, d)
		case *ast.GenDecl:
			s.general(p, d)
		}
	}
	return nil
}

// source is a cell's text as it is parsed.
type source struct {
	number int
	text   string
	files  *token.FileSet
}

func (s source) of(from, to token.Pos) string {
	return s.text[s.files.Position(from).Offset:s.files.Position(to).Offset]
}

func (s source) textOf(n ast.Node) string { return s.of(n.Pos(), n.End()) }

// place is where in the cell a position lies.
func (s source) place(at token.Pos) place { return place{s.number, s.files.Position(at).Line - 1} }

// tell gives the parser's errors as errors at the cell's lines.
func (s source) tell(err error) error {
	list, ok := err.(scanner.ErrorList)
	if !ok {
		return err
	}
	e := &Error{}
	for _, one := range list {
		e.Lines = append(e.Lines, Line{At: place{s.number, one.Pos.Line - 1}, Column: one.Pos.Column, Text: one.Msg})
	}
	return e
}

func (s source) function(p *Program, d *ast.FuncDecl) {
	name := d.Name.Name
	if d.Recv != nil && len(d.Recv.List) > 0 {
		name = receiver(d.Recv.List[0].Type) + "." + name
	}
	from := d.Pos()
	if d.Doc != nil {
		from = d.Doc.Pos()
	}
	f := &declaration{keys: []key{{function, name}}, text: s.of(from, d.End()), at: s.place(from)}
	if name == "main" && d.Recv == nil {
		p.main = f
		return
	}
	if d.Recv == nil && strings.HasPrefix(name, "init_") {
		f.text = s.of(from, d.Name.Pos()) + "init" + s.of(d.Name.End(), d.End())
	}
	p.declared = append(p.declared, f)
}

// receiver is the name of a method's type.
func receiver(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return receiver(t.X)
	case *ast.ParenExpr:
		return receiver(t.X)
	case *ast.IndexExpr:
		return receiver(t.X)
	case *ast.IndexListExpr:
		return receiver(t.X)
	case *ast.Ident:
		return t.Name
	}
	return "?"
}

func (s source) general(p *Program, d *ast.GenDecl) {
	if d.Tok == token.CONST {
		s.constants(p, d)
		return
	}
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.ImportSpec:
			p.declared = append(p.declared, s.importing(spec))
		case *ast.TypeSpec:
			p.declared = append(p.declared, &declaration{[]key{{typed, spec.Name.Name}}, "type " + s.textOf(spec), s.place(spec.Pos())})
		case *ast.ValueSpec:
			s.variables(p, spec)
		}
	}
}

// variables are kept one by one, so that one can be declared anew, but for those that one value is for.
func (s source) variables(p *Program, spec *ast.ValueSpec) {
	if len(spec.Names) != len(spec.Values) && len(spec.Values) > 0 {
		v := &declaration{text: "var " + s.textOf(spec), at: s.place(spec.Pos())}
		for _, name := range spec.Names {
			if name.Name != "_" {
				v.keys = append(v.keys, key{variable, name.Name})
			}
		}
		if len(v.keys) == 0 {
			v.keys = []key{{variable, unnamed(spec, s)}}
		}
		p.declared = append(p.declared, v)
		return
	}
	for i, name := range spec.Names {
		text := "var " + name.Name
		if spec.Type != nil {
			text += " " + s.textOf(spec.Type)
		}
		at := s.place(name.Pos())
		if i < len(spec.Values) {
			text += " = " + s.textOf(spec.Values[i])
			at = at.up(strings.Count(s.of(name.Pos(), spec.Values[i].Pos()), "\n")) // so that the value's lines are right
		}
		k := key{variable, name.Name}
		if name.Name == "_" {
			k.name = unnamed(spec, s)
		}
		p.declared = append(p.declared, &declaration{[]key{k}, text, at})
	}
}

// unnamed is the key of a variable called _: each is one of its own, and the same line run again is the same one.
func unnamed(spec *ast.ValueSpec, s source) string { return "_ " + s.textOf(spec) }

// constants of one declaration stay together, since iota counts them.
func (s source) constants(p *Program, d *ast.GenDecl) {
	c := &declaration{text: s.textOf(d), at: s.place(d.Pos())}
	for _, spec := range d.Specs {
		for _, name := range spec.(*ast.ValueSpec).Names {
			if name.Name != "_" {
				c.keys = append(c.keys, key{constant, name.Name})
			}
		}
	}
	if len(c.keys) == 0 {
		return
	}
	p.declared = append(p.declared, c)
}

// importing keeps an import by the name that it has in the program.
func (s source) importing(spec *ast.ImportSpec) *declaration {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		path = spec.Path.Value
	}
	name := ""
	if spec.Name != nil {
		name = spec.Name.Name
	}
	return importOf(path, name, s.place(spec.Pos()))
}

func importOf(path, name string, at place) *declaration {
	text, k := strconv.Quote(path), nameOf(path)
	switch name {
	case "":
	case ".", "_": // several may be
		text, k = name+" "+text, name+" "+path
	default:
		text, k = name+" "+text, name
	}
	return &declaration{[]key{{imported, k}}, "import " + text, at}
}

// nameOf is the name that a package most likely has, by its path.
func nameOf(path string) string {
	parts := strings.Split(path, "/")
	last := parts[len(parts)-1]
	if len(parts) > 1 && len(last) > 1 && last[0] == 'v' && strings.Trim(last[1:], "0123456789") == "" {
		last = parts[len(parts)-2]
	}
	last, _, _ = strings.Cut(last, ".")
	return strings.TrimPrefix(last, "go-")
}
