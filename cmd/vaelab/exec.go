package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"vaelab/cmd/vaelab/internal/notebook"
	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/words"
)

// execFlags are the flags of exec.
type execFlags struct {
	out      string
	timeout  time.Duration
	times    bool
	language languageFlag
	backend  backendFlag
}

func (x *execFlags) declare(f *flag.FlagSet) {
	f.StringVar(&x.out, "out", "", words.Text("folder `DIR` for the executed copies (default: .vaelab/executed)"))
	f.DurationVar(&x.timeout, "timeout", 30*time.Minute, words.Text("longest time `D` for one cell, such as 90s or 20m; 0: no limit (default: 30m)"))
	f.BoolVar(&x.times, "times", false, words.Text("print how long each cell took"))
	x.language.declare(f, words.Say("the `LANGUAGE` to speak: %s; without it English, and what a notebook's first cell says", all()))
	x.backend.declare(f)
}

// execute runs notebooks and stops at the first failing cell.
func execute(ctx context.Context, layout setup.Layout, args []string) error {
	var x execFlags
	books, err := parse("exec", &x, args)
	switch {
	case err != nil:
		return err
	case len(books) == 0:
		return usage(words.Errorf("exec needs a notebook: go run ./cmd/vaelab exec notebooks/NAME.ipynb"))
	case x.timeout < 0 || x.timeout > 0 && x.timeout < time.Second:
		return usage(words.Errorf("-timeout %v: give a second or more, or 0 for no limit", x.timeout))
	}
	language, err := x.language.speak()
	if err != nil {
		return err
	}
	seen := map[string]string{}
	for _, book := range books { // before minutes of set-up
		if _, err := os.Stat(book); err != nil {
			return words.Errorf("there is no notebook %s: give the path of an .ipynb file", book)
		}
		if other, twice := seen[filepath.Base(book)]; twice {
			return words.Errorf("%s and %s would have the same executed copy: execute them one by one, with a folder each by -out", other, book)
		}
		seen[filepath.Base(book)] = book
	}
	if x.out == "" {
		x.out = layout.Under("executed")
	}
	tell := newConsole()
	made, err := ready(ctx, layout, x.backend.wish, setup.Options{Jupyter: true}, tell)
	if err != nil {
		return err
	}
	env, err := made.Unattended(made.JupyterEnv())
	if err != nil {
		return err
	}
	env = append(env, words.Env+"="+language.Code)
	opt := notebook.Options{Python: layout.Python(), Env: env, Out: x.out, Timeout: x.timeout}
	begin := time.Now()
	for _, book := range books {
		r, err := notebook.Execute(ctx, book, opt, tell.cell(book))
		if x.times {
			printTimes(book, r.Cells)
		}
		if err != nil {
			return err
		}
		tell.Say(words.Say("  ✓ %7.1f s %s: %s; executed copy: %s", r.Took.Seconds(), book, words.Count(len(r.Cells), "cell", "cells"), r.Copy))
	}
	if len(books) > 1 {
		tell.Say(words.Say("%d notebooks executed in %s.", len(books), words.Duration(time.Since(begin))))
	}
	return nil
}

// cell shows how far a notebook is, on a terminal only.
func (c *console) cell(book string) func(notebook.Cell, int, int) {
	return func(_ notebook.Cell, done, all int) {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.moving {
			c.wipe()
			if done < all {
				fmt.Fprint(c.out, words.Say("  … %s: %d of %d cells", filepath.Base(book), done, all))
			}
		}
	}
}

func printTimes(book string, cells []notebook.Cell) {
	fmt.Println(book)
	fmt.Println(words.Say("   cell  seconds  first line"))
	total := 0.0
	for _, c := range cells {
		fmt.Printf("  %5d %8.2f  %s\n", c.Number, c.Seconds, fitted(c.FirstLine(), 80))
		total += c.Seconds
	}
	fmt.Println(words.Say("    all %8.2f", total))
}
