package site

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// slim is a module whose copy leaves out what no figure of the course uses, and every cell would have to fetch, link and start: of
// gonum/plot formulas in LaTeX, formats of files other than pictures of pixels, and seven of twelve fonts.
type slim struct {
	module  string
	without []string // files
	patches []patch  // of files below the module's folder
}

var plotFonts = []string{"monobold", "monobolditalic", "monoitalic", "monoregular", "serifbold", "serifbolditalic", "serifitalic"}

var slimPlot = slim{
	module:  "gonum.org/v1/plot",
	without: []string{"vgall.go", "text/latex.go"},
	patches: []patch{{
		file: "font/liberation/liberation.go",
		changes: append(withoutFonts(),
			[2]string{"\t\t// sans-serif variant\n", "\t\taddColl(font.Font{}, liberationserifregular.TTF)\n"},
		),
		cuts: [][2]string{{"\t\taddColl(font.Font{}, liberationserifregular.TTF)\n\t\taddColl(font.Font{Style", "\t\taddColl(font.Font{}, liberationserifregular.TTF)\n\t\taddColl(font.Font{Variant: \"Sans\"}"}},
	}},
}

func withoutFonts() (changes [][2]string) {
	for _, f := range plotFonts {
		changes = append(changes, [2]string{"\t\"codeberg.org/go-fonts/liberation/liberation" + f + "\"\n", ""})
	}
	return changes
}

// slimmed makes the copy, and the go.mod that puts it in the module's place; "" where the module isn't as expected.
func (b *build) slimmed(ctx context.Context, s slim) (modfile string, err error) {
	out, err := b.goRun(ctx, "list", "-m", "-f", "{{.Dir}}", s.module)
	if err != nil {
		return "", err
	}
	from, to := string(bytes.TrimSpace(out)), filepath.Join(b.Work, "modules", filepath.FromSlash(s.module))
	if err := os.RemoveAll(to); err != nil {
		return "", err
	}
	changed := map[string]string{}
	for _, p := range s.patches {
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
		case d.IsDir():
			return os.MkdirAll(filepath.Join(to, filepath.FromSlash(name)), 0o755)
		case strings.HasSuffix(name, "_test.go"):
			return nil
		}
		for _, w := range s.without {
			if name == w {
				return nil
			}
		}
		text, isChanged := changed[name]
		if !isChanged {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			text = string(data)
		}
		return os.WriteFile(filepath.Join(to, filepath.FromSlash(name)), []byte(text), 0o644)
	})
	if err != nil {
		return "", err
	}
	mod, err := os.ReadFile(filepath.Join(b.Root, "go.mod"))
	if err != nil {
		return "", err
	}
	sum, err := os.ReadFile(filepath.Join(b.Root, "go.sum"))
	if err != nil {
		return "", err
	}
	modfile = filepath.Join(b.Work, "go.mod")
	if err := os.WriteFile(modfile, fmt.Appendf(mod, "\nreplace %s => %q\n", s.module, to), 0o644); err != nil {
		return "", err
	}
	return modfile, os.WriteFile(filepath.Join(b.Work, "go.sum"), sum, 0o644)
}
