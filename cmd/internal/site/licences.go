package site

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vaelab/cmd/internal/site/pages"
)

// licences gathers the licences of all that is shipped into one text, LICENSES.txt.
func (b *build) licences(ctx context.Context) error {
	own, err := licenceIn(b.Root)
	if err != nil {
		return err
	}
	gos, err := licenceIn(b.goroot)
	if err != nil {
		return err
	}
	lite, err := licenceIn(b.Lite)
	if err != nil {
		return err
	}
	notice, err := os.ReadFile(filepath.Join(b.Root, "datasets", "NOTICE"))
	if err != nil {
		return err
	}
	decoder, err := kernelLicence()
	if err != nil {
		return err
	}
	var text strings.Builder
	add := func(what, licence string) {
		fmt.Fprintf(&text, "%s\n%s\n%s\n\n\n", what, strings.Repeat("=", len([]rune(what))), strings.TrimSpace(licence))
	}
	add("vaelab, the course", own)
	add("The pictures", string(notice))
	add("Go: compiler, linker, standard library and wasm_exec.js", gos)
	add("JupyterLite and JupyterLab (the packages in them: lab/build/third-party-licenses.json)", lite)
	if len(b.languages()) > 0 { // their letters are shipped
		letters, err := os.ReadFile(filepath.Join(b.Root, "vaelib", "figure", "fonts", "NOTICE"))
		if err != nil {
			return err
		}
		add("Noto Sans CJK SC, whose Chinese letters figures draw", string(letters))
	}
	for _, l := range b.languages() {
		pack, err := licenceIn(filepath.Join(b.Packs, l.Code))
		if err != nil {
			return err
		}
		add("JupyterLab's language pack: "+l.Name, pack)
	}
	add("zstddec, which unpacks the site's files", decoder)
	add("KaTeX, which has set the formulas, and its fonts", pages.KaTeXLicence)
	modules, err := b.modules(ctx)
	if err != nil {
		return err
	}
	for _, m := range modules {
		licence, err := licenceIn(m.Dir)
		if err != nil {
			return fmt.Errorf("the module %s: %w", m.Path, err)
		}
		add("The Go module "+m.Path+" "+m.Version, licence)
	}
	return b.write("LICENSES.txt", []byte(text.String()))
}

// module is one whose packages are shipped.
type module struct{ Path, Version, Dir string }

func (b *build) modules(ctx context.Context) (list []module, err error) {
	var roots []string
	for _, p := range packs {
		roots = append(roots, p.roots...)
	}
	out, err := b.goRun(ctx, append([]string{"list", "-deps", "-json=Module"}, append(roots, "./cmd/vaecells", "./cmd/vaecompute")...)...)
	if err != nil {
		return nil, err
	}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var l struct{ Module *module }
		if err := d.Decode(&l); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		if l.Module != nil && l.Module.Version != "" && !slices.Contains(list, *l.Module) {
			list = append(list, *l.Module)
		}
	}
	slices.SortFunc(list, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return list, nil
}

// licenceIn reads the licence of what lies in a folder.
func licenceIn(folder string) (string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		name := strings.ToUpper(e.Name())
		if !e.IsDir() && (strings.HasPrefix(name, "LICEN") || strings.HasPrefix(name, "COPYING")) {
			text, err := os.ReadFile(filepath.Join(folder, e.Name()))
			return string(text), err
		}
	}
	return "", fmt.Errorf("there is no licence in %s", folder)
}
