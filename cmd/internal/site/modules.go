package site

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vaelab/cmd/internal/site/simd"
)

// changedModule is a module of which the browser edition is built with a copy.
type changedModule struct {
	path    string
	without []string          // files
	patches []patch           // of files below the module's folder
	with    map[string]string // further files: what is in them
}

// slimPlot leaves out of gonum/plot what no figure of the course uses, and every cell would have to fetch, link and start: formulas in
// LaTeX, formats of files other than pictures of pixels, and seven of twelve fonts.
var slimPlot = changedModule{
	path:    "gonum.org/v1/plot",
	without: []string{"vgall.go", "text/latex.go"},
	patches: []patch{{
		file: "font/liberation/liberation.go",
		changes: append(withoutFonts(),
			[2]string{"\t\t// sans-serif variant\n", "\t\taddColl(font.Font{}, liberationserifregular.TTF)\n"},
		),
		cuts: [][2]string{{"\t\taddColl(font.Font{}, liberationserifregular.TTF)\n\t\taddColl(font.Font{Style", "\t\taddColl(font.Font{}, liberationserifregular.TTF)\n\t\taddColl(font.Font{Variant: \"Sans\"}"}},
	}},
}

// vectorised gives GoMLX's Go backend the functions of package simd.
func vectorised() (changedModule, error) {
	files, err := simd.Backend()
	return changedModule{path: "github.com/gomlx/compute", with: files}, err
}

var plotFonts = []string{"monobold", "monobolditalic", "monoitalic", "monoregular", "serifbold", "serifbolditalic", "serifitalic"}

func withoutFonts() (changes [][2]string) {
	for _, f := range plotFonts {
		changes = append(changes, [2]string{"\t\"codeberg.org/go-fonts/liberation/liberation" + f + "\"\n", ""})
	}
	return changes
}

// copies puts changed ones in the places of modules, by a go.mod of the build's own.
func (b *build) copies(ctx context.Context) error {
	work, err := filepath.Abs(b.Work)
	if err != nil {
		return err
	}
	b.Work = work
	root, err := filepath.Abs(b.Root)
	if err != nil {
		return err
	}
	compute, err := vectorised()
	if err != nil {
		return err
	}
	mod, err := os.ReadFile(filepath.Join(b.Root, "go.mod"))
	if err != nil {
		return err
	}
	sum, err := os.ReadFile(filepath.Join(b.Root, "go.sum"))
	if err != nil {
		return err
	}
	for _, m := range []changedModule{slimPlot, compute} {
		to, err := b.copied(ctx, m)
		if err != nil {
			return err
		}
		if to == "" {
			b.Tell("(" + m.path + " isn't as expected and stays as it is: cells will be larger)")
			continue
		}
		// From the clone: programs hold this path, and shall be the same bytes wherever the clone lies.
		if to, err = filepath.Rel(root, to); err != nil {
			return err
		}
		if !strings.HasPrefix(to, "..") {
			to = "./" + to
		}
		mod = fmt.Appendf(mod, "\nreplace %s => %q\n", m.path, filepath.ToSlash(to))
	}
	modfile := filepath.Join(b.Work, "go.mod")
	if err := os.WriteFile(modfile, mod, 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(b.Work, "go.sum"), sum, 0o644); err != nil {
		return err
	}
	b.modfile = modfile
	b.manifest.SIMD, err = b.pack(ctx, "simd", simd.Module())
	return err
}

// copied copies a module with its changes; "" where the module isn't as they expect.
func (b *build) copied(ctx context.Context, m changedModule) (to string, err error) {
	out, err := b.goRun(ctx, "list", "-m", "-f", "{{.Dir}}", m.path)
	if err != nil {
		return "", err
	}
	from, to := string(bytes.TrimSpace(out)), filepath.Join(b.Work, "modules", filepath.FromSlash(m.path))
	if err := os.RemoveAll(to); err != nil {
		return "", err
	}
	changed := map[string]string{}
	for _, p := range m.patches {
		text, err := os.ReadFile(filepath.Join(from, filepath.FromSlash(p.file)))
		if err != nil {
			return "", nil // another version
		}
		new, ok := p.apply(string(text))
		if !ok {
			return "", nil
		}
		changed[p.file] = new
	}
	err = filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		switch {
		case d.IsDir() && d.Name() == "testdata":
			return filepath.SkipDir
		case d.IsDir() || strings.HasSuffix(name, "_test.go") || slices.Contains(m.without, name) || changed[name] != "":
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		changed[name] = string(text)
		return nil
	})
	if err != nil {
		return "", err
	}
	for name, text := range m.with {
		changed[name] = text
	}
	for name, text := range changed {
		file := filepath.Join(to, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return "", err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return "", err
		}
	}
	return to, nil
}
