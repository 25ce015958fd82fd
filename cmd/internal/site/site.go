package site

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// Options say what is to be built from what. The zero Options build nothing: all fields but Runs, Executed, Packer and
// Tell are needed.
type Options struct {
	Version string // of the course

	Root     string   // the clone
	Out      string   // the folder to make; what an earlier build has put there is replaced
	Go       string   // the go command
	Env      []string // for it
	Lite     string   // the folder with JupyterLite's app.tgz and LICENSE
	Packs    string   // the folder with JupyterLab's language packs: in each language's own jupyterlab.json and LICENSE.txt
	Work     string   // a folder that keeps what takes long, from build to build
	Runs     string   // a folder of runs to ship as models; "": none
	Executed string   // a folder of executed notebooks, to make pages to read of; "": a front page and no such pages
	Packer   []string // a command that packs what it reads as zstd does; none: a packer in Go does it at once, and leaves a third more
	Tell     func(line string)
}

// marker is in each folder that Build has made, and lets it be replaced.
const marker = "vaelab/site.json"

// Build makes the site. It writes beside the folder and puts it into its place in one step, so that what is served is never half
// of it. A folder that holds something else is an error.
func Build(ctx context.Context, o Options) error {
	if o.Tell == nil {
		o.Tell = func(string) {}
	}
	out, err := filepath.Abs(o.Out)
	if err != nil {
		return err
	}
	if err := mayReplace(out); err != nil {
		return err
	}
	part := out + ".part"
	if err := os.RemoveAll(part); err != nil {
		return fmt.Errorf("the folder %s is in the way: %w", part, err)
	}
	defer os.RemoveAll(part)
	b := newBuild(o, part)
	if err := b.do(ctx, []step{
		{"Go", b.look},
		{"JupyterLite", b.jupyterLite},
		{"the notebooks", b.contents},
		{"the modules", b.copies},
		{"Go's compiler and linker", b.tools},
		{"the packages that cells may import", b.packages},
		{"the sample of the data", b.sample},
		{"the words of other languages", b.catalogues},
		{"the models", b.models},
		{"the kernel", b.extension},
		{"the pages to read", b.reading},
		{"the licences", b.licences},
	}); err != nil {
		return err
	}
	if err := b.finish(); err != nil {
		return err
	}
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	return os.Rename(part, out)
}

// BuildPages adds to a folder the part of the site that needs no lab: what can be read, and touched. Of the Options it needs no Lite.
func BuildPages(ctx context.Context, o Options) error {
	if o.Tell == nil {
		o.Tell = func(string) {}
	}
	b := newBuild(o, o.Out)
	return b.do(ctx, []step{{"Go", b.look}, {"the pages to read", b.reading}})
}

// mayReplace refuses a folder that holds something that no build has made.
func mayReplace(out string) error {
	entries, err := os.ReadDir(out)
	if os.IsNotExist(err) {
		return os.MkdirAll(filepath.Dir(out), 0o755)
	}
	if err != nil {
		return fmt.Errorf("the site can't be put into %s: %w", out, err)
	}
	if _, err := os.Stat(filepath.Join(out, marker)); err != nil && len(entries) > 0 {
		return fmt.Errorf("the folder %s holds other things than a site: give one that is empty or new", out)
	}
	return nil
}

// build is one under way.
type build struct {
	Options
	out      string
	manifest manifest
	goroot   string
	modfile  string // with changed copies of modules
}

func newBuild(o Options, out string) *build {
	return &build{Options: o, out: out, manifest: manifest{Version: o.Version, Files: map[string]file{}}}
}

type step struct {
	what string
	do   func(context.Context) error
}

func (b *build) do(ctx context.Context, steps []step) error {
	for _, s := range steps {
		b.Tell(s.what)
		if err := s.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", s.what, err)
		}
	}
	return nil
}

// write writes a file of the site.
func (b *build) write(path string, data []byte) error {
	whole := filepath.Join(b.out, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(whole), 0o755); err != nil {
		return err
	}
	return os.WriteFile(whole, data, 0o644)
}
