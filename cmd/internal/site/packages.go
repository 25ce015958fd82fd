package site

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"slices"
	"strings"

	"vaelab/cmd/internal/cells"
)

// A pack is fetched as a whole, when a cell imports something of it. The first that names a package, or needs it, has it.
var packs = []struct {
	name  string
	roots []string
}{
	{"base", []string{"runtime", "errors", "fmt", "maps", "math", "math/rand/v2", "slices", "sort", "strings", "strconv", "time",
		"vaelab/vaelib/figure", "vaelab/vaelib/kl", "vaelab/vaelib/run", "vaelab/vaelib/show", "vaelab/vaelib/words"}},
	{"exercises", []string{"vaelab/vaelib/check", "vaelab/vaelib/exercise", "vaelab/vaelib/measure"}},
	{"lab", []string{"vaelab/datasets", "vaelab/vaelib/engine", "vaelab/vaelib/exact", "vaelab/vaelib/lab", "vaelab/vaelib/path", "vaelab/vaelib/store", "vaelab/vaelib/study", "vaelab/vaelib/trained"}},
	{"graphs", []string{"github.com/gomlx/compute", "github.com/gomlx/compute/gobackend", "github.com/gomlx/gomlx/core/graph", "github.com/gomlx/gomlx/core/tensors",
		"vaelab/vaelib/backend", "vaelab/vaelib/exercise/losses", "vaelab/vaelib/inference", "vaelab/vaelib/model", "vaelab/vaelib/ownloss", "vaelab/vaelib/training"}},
	{"more", []string{"bufio", "bytes", "cmp", "container/heap", "container/list", "container/ring", "context", "crypto/sha256", "encoding/base64", "encoding/binary",
		"encoding/csv", "encoding/hex", "encoding/json", "flag", "hash/fnv", "html", "image", "image/color", "image/draw", "image/gif", "image/jpeg", "image/png",
		"io", "io/fs", "iter", "log", "math/big", "math/bits", "math/cmplx", "math/rand", "os", "path", "path/filepath", "reflect", "regexp", "runtime/debug",
		"sync", "sync/atomic", "text/tabwriter", "text/template", "unicode", "unicode/utf8", "unique",
		"gonum.org/v1/gonum/floats", "gonum.org/v1/gonum/mat", "gonum.org/v1/gonum/optimize", "gonum.org/v1/gonum/stat", "gonum.org/v1/gonum/stat/distmv", "gonum.org/v1/gonum/stat/distuv",
		"gonum.org/v1/plot", "gonum.org/v1/plot/plotter", "gonum.org/v1/plot/vg", "gonum.org/v1/plot/vg/draw"}},
}

// listed is what go list says of a package.
type listed struct {
	ImportPath, Export string
	Imports            []string
	ImportMap          map[string]string // where the standard library has a copy of its own
	Standard           bool
}

// index is what the page knows of packages.
type index struct {
	Packages cells.Packages    `json:"packages"` // that cells may import
	Packs    []packed          `json:"packs"`
	Paths    []string          `json:"paths"` // of all that are linked, by number
	Link     map[string]linked `json:"link"`
	Export   map[string]piece  `json:"export"`
	Always   []string          `json:"always"` // what every program links
}

type packed struct {
	Name string `json:"name"`
	file
}

type piece struct {
	Pack string `json:"pack"`
	At   int    `json:"at"`
	Size int    `json:"size"`
}

type linked struct {
	piece
	Deps []int `json:"deps"`
}

// packages compiles what cells may import, and packs it.
func (b *build) packages(ctx context.Context) error {
	x := index{Link: map[string]linked{}, Export: map[string]piece{}, Always: []string{"runtime"}}
	all := map[string]listed{}
	number := map[string]int{}
	for _, pack := range packs {
		list, err := b.compiled(ctx, pack.roots)
		if err != nil {
			return err
		}
		var data []byte
		put := func(part []byte) piece {
			p := piece{pack.name, len(data), len(part)}
			data = append(data, part...)
			return p
		}
		for _, l := range list {
			if _, known := all[l.ImportPath]; known || l.Export == "" {
				continue
			}
			all[l.ImportPath] = l
			number[l.ImportPath] = len(x.Paths)
			x.Paths = append(x.Paths, l.ImportPath)
			archive, err := os.ReadFile(l.Export)
			if err != nil {
				return err
			}
			exported, object, err := split(archive)
			if err != nil {
				return fmt.Errorf("%s: %w", l.ImportPath, err)
			}
			if importable(l.ImportPath) {
				x.Export[l.ImportPath] = put(exported)
			}
			deps := []int{}
			for _, path := range l.Imports { // they are listed before it
				if mapped, renamed := l.ImportMap[path]; renamed {
					path = mapped
				}
				if n, known := number[path]; known {
					deps = append(deps, n)
				}
			}
			x.Link[l.ImportPath] = linked{put(object), deps}
		}
		f, err := b.pack(ctx, "packages-"+pack.name, data)
		if err != nil {
			return err
		}
		x.Packs = append(x.Packs, packed{pack.name, f})
		b.manifest.Packs = append(b.manifest.Packs, f.File)
	}
	var err error
	if x.Packages, err = describe(importerOf(all), all); err != nil {
		return err
	}
	text, err := json.Marshal(x)
	if err != nil {
		return err
	}
	b.manifest.Packages, err = b.pack(ctx, "packages", text)
	return err
}

// compiled has packages compiled, with all that they need, which comes before them.
func (b *build) compiled(ctx context.Context, roots []string) (list []listed, err error) {
	out, err := b.goRun(ctx, listing(roots)...)
	if err != nil {
		return nil, err
	}
	return decode(out)
}

// listing are the words that have the go command compile packages and list them, as decode reads it.
func listing(roots []string) []string {
	return append([]string{"list", "-export", "-deps", "-json=ImportPath,Export,Imports,ImportMap,Standard"}, roots...)
}

func decode(out []byte) (list []listed, err error) {
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var l listed
		if err := d.Decode(&l); errors.Is(err, io.EOF) {
			return list, nil
		} else if err != nil {
			return nil, err
		}
		list = append(list, l)
	}
}

// Described compiles packages for the machine that go runs on, and gives those that a cell may import, with what they export, by the go
// command's words that run runs: what a kernel outside of the browser would know of them.
func Described(run func(words ...string) ([]byte, error), roots ...string) (cells.Packages, error) {
	out, err := run(listing(roots)...)
	if err != nil {
		return nil, err
	}
	list, err := decode(out)
	if err != nil {
		return nil, err
	}
	all := compiledOf(list)
	return describe(importerOf(all), all)
}

// compiledOf are the packages of a list that have been compiled, by their paths.
func compiledOf(list []listed) map[string]listed {
	all := map[string]listed{}
	for _, l := range list {
		if l.Export != "" {
			all[l.ImportPath] = l
		}
	}
	return all
}

// importable says whether a cell, which is a module of its own, may import a package.
func importable(path string) bool {
	return !slices.Contains(strings.Split(path, "/"), "internal") && !strings.HasPrefix(path, "vendor/")
}

// importerOf reads the declarations of compiled packages.
func importerOf(all map[string]listed) types.Importer {
	return importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		l, known := all[path]
		if !known {
			return nil, fmt.Errorf("the package %s isn't compiled", path)
		}
		return os.Open(l.Export)
	})
}

// describe gives the importable packages with their names and what they export.
func describe(imports types.Importer, all map[string]listed) (list cells.Packages, err error) {
	for path := range all {
		if !importable(path) {
			continue
		}
		pkg, err := imports.Import(path)
		if err != nil {
			return nil, err
		}
		p := cells.Package{Path: path, Name: pkg.Name()}
		for _, name := range pkg.Scope().Names() { // sorted
			if ast.IsExported(name) {
				p.Exports = append(p.Exports, name)
			}
		}
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b cells.Package) int { return strings.Compare(a.Path, b.Path) })
	return list, nil
}
