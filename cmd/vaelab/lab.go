package main

import (
	"context"
	"flag"
	"path/filepath"
	"time"

	"vaelab/cmd/vaelab/internal/server"
	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/cmd/vaelab/internal/start"
	"vaelab/vaelib/words"
)

// labFlags are the flags of the lab.
type labFlags struct {
	noBrowser bool
	port      int
	language  languageFlag
	backend   backendFlag
}

func (x *labFlags) declare(f *flag.FlagSet) {
	f.BoolVar(&x.noBrowser, "no-browser", false, words.Text("print the page's address and open no browser"))
	f.IntVar(&x.port, "port", 0, words.Text("serve on port `N` (default: 8888, or the next free one)"))
	x.language.declare(f, words.Say("the `LANGUAGE` to speak: %s; without it the system's", all()))
	x.backend.declare(f)
}

// lab makes what is missing and opens JupyterLab.
func lab(ctx context.Context, layout setup.Layout, args []string) error {
	var x labFlags
	rest, err := parse("lab", &x, args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return usage(words.Errorf("the lab takes no %q: to execute a notebook, use exec", rest[0]))
	}
	language, err := x.language.speak()
	if err != nil {
		return err
	}
	if _, err := server.Port(x.port); err != nil { // before minutes of set-up
		return err
	}
	begin := time.Now()
	tell := newConsole()
	made, err := ready(ctx, layout, x.backend.wish, setup.Options{Jupyter: true, Later: true}, tell)
	if err != nil {
		return err
	}
	runs, err := layout.Runs()
	if err != nil {
		return err
	}
	page, err := start.Write(layout.Root, layout.Extensions(), filepath.Join(runs, "progress.json"))
	if err != nil {
		return err
	}
	if err := layout.Speak(language, x.language.code != ""); err != nil {
		return err
	}
	work, stop := context.WithCancel(ctx)
	go page.Follow(work)
	noKernel := make(chan error, 1)
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		_ = made.Finish(work, tell, func(stage setup.Stage, err error) {
			_ = page.Over(stage, err) // the terminal tells, too
			if stage == setup.Kernel && err != nil {
				noKernel <- err // the lab does without the others
			}
		})
	}()
	tell.Say(words.Say("  Starting JupyterLab …"))
	s, err := server.Start(ctx, server.Options{
		Python: layout.Python(), Env: made.JupyterEnv(), Runtime: layout.Under("jupyter", "runtime"),
		Folder: layout.Notebooks(), Log: layout.Log("jupyterlab"), Port: x.port, Browser: !x.noBrowser,
	})
	if err != nil {
		stop()
		<-finished
		return err
	}
	defer func() {
		stop()
		<-finished
		s.Stop()
		tell.Say(words.Say("The lab is closed."))
	}()
	tell.Say(words.Say("  ✓ %7.1f s JupyterLab started (%s in all)\n\n  %s\n\nOpen this address if no browser opens. Ctrl-C ends the lab and its kernels.\n",
		s.Took.Seconds(), words.Duration(time.Since(begin)), s.URL))
	select {
	case <-ctx.Done(): // ending the lab is how it is left
	case err = <-noKernel:
	case <-s.Exited():
		if s.Err() != nil {
			err = words.Errorf("JupyterLab has ended by itself (%w): see %s", s.Err(), layout.Log("jupyterlab"))
		}
	}
	return err
}

// ready does the set-up that a command needs and says which backend came of it.
func ready(ctx context.Context, layout setup.Layout, wish func() (string, error), opt setup.Options, tell *console) (*setup.Lab, error) {
	var err error
	if opt.Backend, err = wish(); err != nil {
		return nil, err
	}
	made, err := setup.Prepare(ctx, layout, opt, tell)
	if err != nil {
		return nil, err
	}
	tell.Say(words.Say("Backend: %s.", made.Backend.Words))
	return made, nil
}
