// Command vaebrowse opens a lab in a real browser, as a learner does: from the start page into the first notebook, whose
// cells it runs from the top. It prints a line of JSON for each thing that is seen, as soon as it is.
//
//	vaebrowse [-screenshots DIR]    reads the lab's address from its input; the browser is open before
//
// vaelab bench start builds and runs it; it is a program of its own since compiling what drives a browser takes long.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"vaelab/cmd/internal/browser"
)

func main() {
	screenshots := flag.String("screenshots", "", "folder for a picture of the page at each event")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := browse(ctx, *screenshots); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Something that takes longer than this is not there.
const patience = 10 * time.Minute

// What is seen on the page, in JavaScript.
const (
	startPage = `[...document.querySelectorAll('.vaelab-start button')].some((b) => b.offsetParent)`
	notebook  = `[...document.querySelectorAll('.jp-NotebookPanel .jp-CodeCell')].some((c) => c.offsetParent) && !document.querySelector('.jp-NotebookPanel .jp-Spinner')`

	// Pictures that weren't there before: a notebook that is opened again shows those of last time.
	drawn  = `[...document.querySelectorAll('.jp-OutputArea-output figure img')].some((i) => i.complete && i.naturalWidth && !i.dataset.seen)`
	before = `document.querySelectorAll('.jp-OutputArea-output figure img').forEach((i) => { i.dataset.seen = true; })`
)

func browse(ctx context.Context, screenshots string) error {
	tab, end, err := browser.Open(ctx, 1400, 1000)
	if err != nil {
		return err
	}
	defer end()
	saw := func(event string) error {
		if err := json.NewEncoder(os.Stdout).Encode(map[string]string{"saw": event}); err != nil {
			return err
		}
		if screenshots == "" {
			return nil
		}
		return tab.Screenshot(filepath.Join(screenshots, strings.ReplaceAll(event, " ", "-")+".png"))
	}
	if err := saw("browser"); err != nil {
		return err
	}
	address, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil {
		return fmt.Errorf("no address came: %w", err)
	}
	if err := tab.Go(strings.TrimSpace(address)); err != nil {
		return err
	}
	// A first start shows the start page, a later one the notebook where one was.
	if err := tab.Wait(startPage+" || "+notebook, patience); err != nil {
		return err
	}
	var already bool
	if err := tab.Ask(notebook, &already); err != nil {
		return err
	}
	if !already {
		if err := saw("start page"); err != nil {
			return err
		}
		if err := tab.Click(".vaelab-start-next"); err != nil {
			return err
		}
		if err := tab.Wait(notebook, patience); err != nil {
			return err
		}
	}
	if err := saw("notebook"); err != nil {
		return err
	}
	return run(ctx, tab, saw)
}

// run runs cell after cell from the top, as one who looks at what each has brought: until there is a picture, which shows
// data, and until a training is over that has drawn another.
func run(ctx context.Context, tab *browser.Tab, saw func(string) error) error {
	if err := tab.Ask(before, nil); err != nil {
		return err
	}
	for cell, figure := 0, false; ; cell++ {
		if err := start(tab, cell); err != nil {
			return err
		}
		trains := figure
		for {
			var now struct{ Drawn, Over bool }
			if err := tab.Ask(fmt.Sprintf(`({Drawn: %s, Over: /[0-9]/.test(%s)})`, drawn, prompt(cell)), &now); err != nil {
				return err
			}
			if now.Drawn && !figure {
				figure = true
				if err := errors.Join(saw("figure"), tab.Ask(before, nil)); err != nil {
					return err
				}
			}
			if now.Over && now.Drawn && trains {
				return saw("trained")
			}
			if now.Over {
				break
			}
			select {
			case <-ctx.Done():
				return context.Cause(ctx)
			case <-time.After(50 * time.Millisecond):
			}
		}
	}
}

// start presses Shift+Enter in a code cell until it is taken: a page whose kernel isn't connected yet lets the keys pass.
func start(tab *browser.Tab, cell int) error {
	if err := tab.Ask(prompt(cell)+` = ''`, nil); err != nil { // one that was run last time has a number
		return err
	}
	for begin := time.Now(); time.Since(begin) < patience; {
		if err := tab.ClickNth(".jp-Notebook .jp-CodeCell .cm-content", cell); err != nil {
			return err
		}
		if err := tab.RunCell(); err != nil {
			return err
		}
		if tab.Wait(fmt.Sprintf(`/[0-9*]/.test(%s)`, prompt(cell)), time.Second) == nil {
			return nil
		}
	}
	return fmt.Errorf("cell %d of the notebook doesn't start", cell+1)
}

// prompt is what stands beside a code cell: empty, [*] while it runs, and its number afterwards.
func prompt(cell int) string {
	return fmt.Sprintf(`document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-InputPrompt')[%d].textContent`, cell)
}
