package cells

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"

	"vaelab/vaelib/words"
)

// Packages are those that cells may import.
type Packages []Package

// Package is one of them.
type Package struct {
	Path    string   `json:"path"`
	Name    string   `json:"name"`
	Exports []string `json:"exports"` // the exported names, sorted
}

func (p Package) exports(name string) bool {
	_, found := slices.BinarySearch(p.Exports, name)
	return found
}

// has says whether all of these names are the package's.
func (p Package) has(names map[string]bool) bool {
	for name := range names {
		if !p.exports(name) {
			return false
		}
	}
	return true
}

// standard says whether a package is of Go's own.
func (p Package) standard() bool {
	first, _, _ := strings.Cut(p.Path, "/")
	return !strings.Contains(first, ".") && first != "vaelab"
}

func (list Packages) find(path string) (Package, bool) {
	i := slices.IndexFunc(list, func(p Package) bool { return p.Path == path })
	if i < 0 {
		return Package{}, false
	}
	return list[i], true
}

// named is the package that somebody most likely means who writes NAME.A and NAME.B: as goimports takes it, one of Go's own
// before others, of three called rand crypto's before the newer of math's, and the shorter path before the longer.
func (list Packages) named(name string, used map[string]bool) (Package, bool) {
	var able Packages
	for _, p := range list {
		if p.Name == name && p.has(used) {
			able = append(able, p)
		}
	}
	if len(able) == 0 {
		return Package{}, false
	}
	rank := func(p Package) int {
		switch {
		case p.Path == "crypto/rand":
			return 0
		case p.Path == "math/rand/v2":
			return 1
		case p.standard():
			return 2
		}
		return 3
	}
	return slices.MinFunc(able, func(a, b Package) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(strings.Count(a.Path, "/"), strings.Count(b.Path, "/")), cmp.Compare(a.Path, b.Path))
	}), true
}

// complete settles the program's imports: those of its cells that are used, and those that are used without.
func (p *Program) complete(packages Packages, main *declaration) error {
	used, loose, err := p.uses(main)
	if err != nil {
		return err
	}
	if p.opened && used["flag"] != nil {
		main.text = strings.Replace(main.text, "{", "{ flag.Parse();", 1)
	}
	wrong := &Error{}
	chosen := declarations{}
	for _, d := range p.kept.sorted(imported) {
		name, path := imports(d)
		pkg, known := packages.find(path)
		if name == "" {
			name = cmp.Or(pkg.Name, nameOf(path))
		}
		switch {
		case name == ".":
			if known && !slices.ContainsFunc(pkg.Exports, func(e string) bool { return loose[e] }) && d.at.cell != p.number {
				continue
			}
		case name == "_":
		case used[name] == nil:
			continue
		default:
			delete(used, name)
		}
		if !known {
			wrong.Lines = append(wrong.Lines, Line{At: d.at, Text: words.Say("package %s isn't part of this site: cells may import %s", path, packages.nearest(path))})
		}
		chosen.add([]*declaration{d})
	}
	if len(wrong.Lines) > 0 {
		return wrong
	}
	for name, names := range used {
		if pkg, found := packages.named(name, names); found {
			chosen.add([]*declaration{importOf(pkg.Path, "", place{})})
		} // else the compiler says what is undefined, and where
	}
	p.chosen = chosen.sorted(imported)
	for _, d := range p.chosen {
		_, path := imports(d)
		p.Imports = append(p.Imports, path)
	}
	slices.Sort(p.Imports)
	return nil
}

// imports is the name that an import gives, "" without one, and its path.
func imports(d *declaration) (name, path string) {
	rest := strings.TrimPrefix(d.text, "import ")
	if before, quoted, named := strings.Cut(rest, " "); named {
		name, rest = before, quoted
	}
	path, err := strconv.Unquote(rest)
	if err != nil {
		path = rest
	}
	return name, path
}

// nearest are the shipped packages in the words of an error: all names would be too many.
func (list Packages) nearest(path string) string {
	last := path[strings.LastIndex(path, "/")+1:]
	var like []string
	for _, p := range list {
		if p.Name == last {
			like = append(like, p.Path)
		}
	}
	if len(like) > 0 {
		return strings.Join(like, ", ")
	}
	gos := 0
	for _, p := range list {
		if p.standard() {
			gos++
		}
	}
	return words.Say("the course's own packages (vaelab/…), %d of Go's and %d others that the course is built from", gos, len(list)-gos)
}

// uses are the names before a dot that the program doesn't declare, each with the names behind the dot: packages. loose are all
// names that it doesn't declare.
func (p *Program) uses(main *declaration) (used map[string]map[string]bool, loose map[string]bool, err error) {
	var text strings.Builder
	text.WriteString("package main\n")
	for k := typed; k <= function; k++ {
		for _, d := range p.kept.sorted(k) {
			text.WriteString(d.text + "\n")
		}
	}
	text.WriteString(main.text + "\n")
	file, err := parser.ParseFile(token.NewFileSet(), "", text.String(), 0)
	if err != nil {
		return nil, nil, err // each part was parsed before
	}
	open := map[*ast.Ident]bool{}
	loose = map[string]bool{}
	for _, id := range file.Unresolved {
		open[id] = true
		loose[id.Name] = true
	}
	used = map[string]map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := s.X.(*ast.Ident); ok && open[id] {
				if used[id.Name] == nil {
					used[id.Name] = map[string]bool{}
				}
				used[id.Name][s.Sel.Name] = true
			}
		}
		return true
	})
	return used, loose, nil
}

// Complete gives the names that may stand at the end of a text such as "kl.Qu": of a package's, or of what is declared; and how
// long the beginning is that they share.
func (n *Notebook) Complete(text string) (matches []string, shared int) {
	word := text[strings.LastIndexFunc(text, func(r rune) bool { return !isNamePart(r) && r != '.' })+1:]
	before, start, dotted := strings.Cut(word, ".")
	found := map[string]bool{}
	if dotted {
		for _, p := range n.reached(before) {
			for _, name := range p.Exports {
				found[name] = strings.HasPrefix(name, start)
			}
		}
	} else {
		start = word
		for k := range n.kept {
			found[k.name] = strings.HasPrefix(k.name, start) && !strings.ContainsAny(k.name, " .")
		}
		for _, p := range n.packages {
			found[p.Name] = found[p.Name] || start != "" && strings.HasPrefix(p.Name, start) && p.Name != "main" && !strings.Contains(p.Path, "internal")
		}
	}
	maps.DeleteFunc(found, func(_ string, is bool) bool { return !is })
	return slices.Sorted(maps.Keys(found)), len(start)
}

// reached are the packages that a name may stand for: the one that is imported by it, else all of that name.
func (n *Notebook) reached(name string) (list Packages) {
	for _, d := range n.kept.sorted(imported) {
		as, path := imports(d)
		pkg, known := n.packages.find(path)
		if known && cmp.Or(as, pkg.Name) == name {
			return Packages{pkg}
		}
	}
	for _, p := range n.packages {
		if p.Name == name {
			list = append(list, p)
		}
	}
	return list
}

func isNamePart(r rune) bool {
	return r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 127
}
