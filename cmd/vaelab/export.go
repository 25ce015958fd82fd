package main

import (
	"context"
	"errors"
	"flag"
	"os/exec"
	"path/filepath"

	"vaelab/cmd/vaelab/internal/child"
	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/engine/program"
	"vaelab/vaelib/words"
)

// exportFlags are the flags of export.
type exportFlags struct {
	out     string
	replace bool
}

func (x *exportFlags) declare(f *flag.FlagSet) {
	f.StringVar(&x.out, "out", "", words.Text("the folder `DIR` for encoder.onnx and decoder.onnx, and prior.onnx where a prior was learned; it is made if it is missing"))
	f.BoolVar(&x.replace, "replace", false, words.Text("replace files that are there already"))
}

// export writes a run's networks as ONNX models.
func export(ctx context.Context, layout setup.Layout, args []string) error {
	var x exportFlags
	runs, err := parse("export", &x, args)
	switch {
	case err != nil:
		return err
	case len(runs) != 1:
		return usage(words.Errorf("export needs one run: go run ./cmd/vaelab export .vaelab/runs/RUN -out DIR"))
	case x.out == "":
		return usage(words.Errorf("export needs a folder to write to: -out DIR"))
	}
	call := []string{"export", runs[0], x.out}
	if x.replace {
		call = append(call, "replace")
	}
	return port(ctx, layout, call)
}

// importFlags are the flags of import.
type importFlags struct{ like string }

func (x *importFlags) declare(f *flag.FlagSet) {
	f.StringVar(&x.like, "like", "", words.Text("the `RUN` whose network and data the weights are for"))
}

// bring keeps weights that were trained elsewhere as a run.
func bring(ctx context.Context, layout setup.Layout, args []string) error {
	var x importFlags
	files, err := parse("import", &x, args)
	switch {
	case err != nil:
		return err
	case len(files) != 1:
		return usage(words.Errorf("import needs one file of weights: go run ./cmd/vaelab import FILE.safetensors -like .vaelab/runs/RUN"))
	case x.like == "":
		return usage(words.Errorf("import needs a run whose network the weights are for: -like .vaelab/runs/RUN"))
	}
	return port(ctx, layout, []string{"import", files[0], x.like})
}

// port has the program that keeps runs do it: linked into this one, it would make each go run of it longer.
func port(ctx context.Context, layout setup.Layout, call []string) error {
	tell := newConsole()
	made, err := setup.Prepare(ctx, layout, setup.Options{Backend: setup.PureGo}, tell)
	if err != nil {
		return err
	}
	path, err := made.Build(ctx, program.Port, tell)
	if err != nil {
		return err
	}
	cmd := attached(ctx, path, call)
	cmd.Env = setup.Environ(made.TrainerEnv())
	err = child.Run(cmd)
	var exit *exec.ExitError
	switch {
	case err == nil, ctx.Err() != nil:
		return err
	case errors.As(err, &exit):
		return &toldError{call[0], exit.ExitCode()}
	}
	return words.Errorf("%s can't be run: %w", filepath.Base(path), err)
}
