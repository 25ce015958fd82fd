package site

import (
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// sample ships the sample of the data, and the file by which a clone is known, as programs find them below the course's folder.
func (b *build) sample(ctx context.Context) error {
	module := "module vaelab\n"
	b.manifest.Files["go.mod"] = file{Text: &module}
	for _, name := range []string{"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"} {
		data, err := os.ReadFile(filepath.Join(b.Root, "datasets", "sample", name))
		if err != nil {
			return err
		}
		f, err := b.pack(ctx, "sample-"+name, data)
		if err != nil {
			return err
		}
		b.manifest.Files["datasets/sample/"+name] = f
	}
	return nil
}

// models ships finished runs: of each the file with its history and weights, and the one that says which run it is; and what has been
// worked out of the data for their measures.
func (b *build) models(ctx context.Context) error {
	if b.Runs == "" {
		return nil
	}
	if err := b.ship(ctx, b.Runs, "features/*", ".vaelab/runs/", func(string) string { return "features" }); err != nil {
		return err
	}
	states, err := fs.Glob(os.DirFS(b.Runs), "*/state.safetensors")
	if err != nil {
		return err
	}
	for _, state := range states {
		key := path.Dir(state)
		data, err := os.ReadFile(filepath.Join(b.Runs, key, "state.safetensors"))
		if err != nil {
			return err
		}
		if b.manifest.Files[".vaelab/runs/"+key+"/state.safetensors"], err = b.pack(ctx, "model", data); err != nil {
			return err
		}
		text, err := os.ReadFile(filepath.Join(b.Runs, key, "run.json"))
		if err != nil {
			return err
		}
		identity := string(text)
		b.manifest.Files[".vaelab/runs/"+key+"/run.json"] = file{Text: &identity}
	}
	return nil
}

// ship packs the files in a folder that a pattern finds, each by the name that packed gives it. A program finds them by their names in the
// folder, below another one.
func (b *build) ship(ctx context.Context, folder, pattern, below string, packed func(name string) string) error {
	names, err := fs.Glob(os.DirFS(folder), pattern)
	if err != nil {
		return err
	}
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		if b.manifest.Files[below+name], err = b.pack(ctx, packed(name), data); err != nil {
			return err
		}
	}
	return nil
}
