package main

import (
	"context"
	"flag"
	"time"

	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/engine/program"
	"vaelab/vaelib/words"
)

// setupFlags are the flags of setup.
type setupFlags struct {
	purpose  string
	language languageFlag
	backend  backendFlag
}

func (x *setupFlags) declare(f *flag.FlagSet) {
	f.StringVar(&x.purpose, "for", "lab", words.Text("all of it for `PURPOSE` lab, the default; for notebooks without completion in the editor, which exec doesn't need; for training only what train needs; for class all of it, for learners who can read this clone and not write it: with nbgrader, and the models of the course's notebooks trained"))
	x.language.declare(f, words.Say("the `LANGUAGE` to speak: %s; without it the system's", all()))
	x.backend.declare(f)
}

// prepare only makes what is missing: all of it, or what training or notebooks need.
func prepare(ctx context.Context, layout setup.Layout, args []string) error {
	var x setupFlags
	rest, err := parse("setup", &x, args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return usage(words.Errorf("setup takes no %q", rest[0]))
	}
	if _, err := x.language.speak(); err != nil {
		return err
	}
	finish, known := map[string]func(*setup.Lab, context.Context, *console) error{
		"lab": func(made *setup.Lab, ctx context.Context, tell *console) error {
			return made.Finish(ctx, tell, func(setup.Stage, error) {})
		},
		"notebooks": func(*setup.Lab, context.Context, *console) error { return nil },
		"training": func(made *setup.Lab, ctx context.Context, tell *console) error {
			_, err := made.Build(ctx, program.Train, tell)
			return err
		},
		"class": forClass,
	}[x.purpose]
	if !known {
		return usage(words.Errorf("-for %s: write lab, notebooks, training or class", x.purpose))
	}
	if x.purpose == "class" {
		if err := layout.ForClass(); err != nil {
			return err
		}
	}
	begin := time.Now()
	tell := newConsole()
	made, err := ready(ctx, layout, x.backend.wish, setup.Options{Jupyter: x.purpose != "training"}, tell)
	if err != nil {
		return err
	}
	if err := finish(made, ctx, tell); err != nil {
		return err
	}
	tell.Say(words.Say("Everything is there (%s).", words.Duration(time.Since(begin))))
	return nil
}
