package main

import (
	"context"
	"errors"
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"time"

	"vaelab/cmd/vaelab/internal/child"
	"vaelab/cmd/vaelab/internal/notebook"
	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/engine/program"
	"vaelab/vaelib/words"
)

// siteFlags are the flags of site.
type siteFlags struct {
	out     string
	models  bool
	quick   bool
	backend backendFlag
}

func (x *siteFlags) declare(f *flag.FlagSet) {
	f.StringVar(&x.out, "out", "", words.Text("the folder `DIR` to make; an earlier site in it is replaced"))
	f.BoolVar(&x.models, "models", true, words.Text("train what the notebooks ask for, with the full budget, and ship the models and pages to read; they are kept for the next time (-models=false: ship none)"))
	f.BoolVar(&x.quick, "quick", false, words.Text("pack its files less well, but at once: to look at a change"))
	x.backend.declare(f)
}

// makeSite makes the course as a folder of plain files.
func makeSite(ctx context.Context, layout setup.Layout, args []string) error {
	var x siteFlags
	rest, err := parse("site", &x, args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return usage(words.Errorf("site takes no %q", rest[0]))
	}
	if x.out == "" {
		return usage(words.Errorf("site needs a folder to make: site -out DIR"))
	}
	begin := time.Now()
	tell := newConsole()
	made, err := ready(ctx, layout, x.backend.wish, setup.Options{Jupyter: true}, tell)
	if err != nil {
		return err
	}
	lite, err := made.JupyterLite(ctx, tell)
	if err != nil {
		return err
	}
	packs, err := made.LanguagePacks(ctx, tell)
	if err != nil {
		return err
	}
	packer := ""
	if !x.quick {
		if packer, err = made.Zstandard(ctx, tell); err != nil {
			return err
		}
	}
	builder, err := made.Build(ctx, program.Site, tell)
	if err != nil {
		return err
	}
	runs, executed := "", ""
	if x.models {
		executed = layout.Under("site", "executed")
		if runs, err = trainForSite(ctx, layout, made, executed, tell); err != nil {
			return err
		}
	}
	cmd := attached(ctx, builder, []string{"-root", layout.Root, "-out", x.out, "-go", made.Host.Go.Path, "-lite", lite, "-packs", packs,
		"-work", layout.Under("site"), "-runs", runs, "-executed", executed, "-python", layout.Python(), "-zstandard", packer})
	cmd.Env = setup.Environ(nil)
	if err := child.Run(cmd); err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) && ctx.Err() == nil {
			return &toldError{"making the site", exit.ExitCode()}
		}
		return err
	}
	tell.Say(words.Say("The site is in %s (%s). To look at it: python3 -m http.server -d %s", x.out, words.Duration(time.Since(begin)), x.out))
	return nil
}

// trainForSite executes the notebooks with solutions, with the full budget and a folder of runs of their own, and gives that: it
// then holds what a reader's cells will ask for. The pages to read are made of the executed notebooks.
func trainForSite(ctx context.Context, layout setup.Layout, made *setup.Lab, executed string, tell *console) (runs string, err error) {
	runs = layout.Under("site", "runs")
	env, err := made.Unattended(made.JupyterEnv())
	if err != nil {
		return "", err
	}
	opt := notebook.Options{Python: layout.Python(), Env: append(env, "VAELAB_RUNS="+runs, "VAELAB_BUDGET=full"), Out: executed}
	for _, l := range words.Languages {
		within := l.Folder()
		opt.Out = filepath.Join(executed, within)
		if err := trainModels(ctx, layout, within, opt, tell); err != nil {
			return "", err
		}
	}
	return runs, nil
}

// trainModels executes the notebooks with solutions of a language, English in the folder "": their runs are kept where the options say.
// There need be none but the English.
func trainModels(ctx context.Context, layout setup.Layout, language string, opt notebook.Options, tell *console) error {
	folder := filepath.Join(layout.Notebooks(), language, notebook.Solutions)
	books, err := fs.Glob(os.DirFS(folder), "*.ipynb") // the clone's own path is no pattern
	if err != nil || len(books) == 0 && language == "" {
		return words.Errorf("there are no notebooks with solutions in the clone: %w: restore them with git checkout", os.ErrNotExist)
	}
	for _, book := range books {
		name := path.Join(language, book)
		r, err := notebook.Execute(ctx, filepath.Join(folder, book), opt, tell.cell(name))
		if err != nil {
			return err
		}
		tell.Say(words.Say("  ✓ %7.1f s models of %s", r.Took.Seconds(), name))
	}
	return nil
}
