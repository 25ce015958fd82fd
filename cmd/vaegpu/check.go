package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// check is one call of the program.
type check struct {
	flags
	folder    folder
	plugin    string // that is checked
	cuda      bool   // it is for a card
	reference string // plugin for the CPU to compare with; "": pure Go
	temp      string // folder that is deleted at the end
	asked     int
	found     report
	devices   int // that the plugin has shown
}

// step is one thing that is checked.
type step struct {
	name  string
	title string // marked for translation
	run   func(*check, context.Context) (finding, error)
}

// finding is what a step has to say: sentences for people, figures for programs.
type finding struct {
	says    []string
	figures any
}

// steps in their order. All need the first; none needs another.
var steps = []step{
	{"plugin", words.Mark("the plugin opens"), (*check).opens},
	{"losses", words.Mark("it trains as a CPU does"), (*check).losses},
	{"speed", words.Mark("seconds an epoch"), (*check).speed},
	{"sweep", words.Mark("four trainings side by side"), (*check).sweep},
	{"devices", words.Mark("two devices share a batch"), (*check).twoDevices},
	{"memory", words.Mark("the card's memory"), (*check).memory},
	{"full", words.Mark("a full card"), (*check).full},
	{"resume", words.Mark("stopped, it goes on"), (*check).resume},
}

// errFailed says that a step has failed, which has been said.
var errFailed = errors.New("a step has failed")

// notHereError says why a step can't be checked on this machine, which is no failure.
type notHereError struct{ error }

func notHere(why string) error { return notHereError{errors.New(why)} }

func newCheck(f flags) (*check, error) {
	c := &check{flags: f}
	var err error
	if c.folder, err = look(f.plugin); err != nil {
		return nil, err
	}
	if c.plugin, c.cuda, err = c.folder.plugin(f.plugin); err != nil {
		return nil, err
	}
	if c.reference, err = c.folder.reference(f.cpu, c.cuda); err != nil {
		return nil, err
	}
	if !c.cuda && c.most == 0 {
		c.most = 1 << 30
	}
	if c.temp, err = os.MkdirTemp("", "vaegpu-"); err != nil {
		return nil, words.Errorf("there is no place for the runs: set TMPDIR to a folder that can be written: %w", err)
	}
	c.found = report{Plugin: c.plugin, Card: c.cuda, Reference: c.reference, Quick: c.quick}
	if err := c.found.save(c.json); err != nil { // before steps that take minutes
		c.close()
		return nil, err
	}
	return c, nil
}

func (c *check) close() { _ = os.RemoveAll(c.temp) }

// all makes all steps, prints each as soon as it is made, and keeps what is known so far in the JSON file.
func (c *check) all(ctx context.Context) error {
	fmt.Println(words.Say("The plugin is %s", c.plugin))
	if !c.cuda {
		fmt.Println(words.Say("This is a CPU: a rehearsal of what is checked on a card."))
	}
	opened := true
	for i, s := range steps {
		if i > 0 && len(c.only) > 0 && !slices.Contains(c.only, s.name) {
			continue
		}
		begin := time.Now()
		what := finding{}
		err := notHere(words.Say("not tried, since the plugin doesn't open"))
		if opened {
			fmt.Fprintf(os.Stderr, "… %d %s\n", i+1, words.Text(s.title)) // some take minutes
			what, err = s.run(c, ctx)
		}
		if ctx.Err() != nil {
			return words.Errorf("stopped in step %d, %s", i+1, words.Text(s.title))
		}
		o := outcomeOf(i+1, s, what, err, time.Since(begin))
		if i == 0 && o.Result != passed {
			opened = false
		}
		c.found.Steps = append(c.found.Steps, o)
		o.print(os.Stdout)
		if err := c.found.save(c.json); err != nil {
			return err
		}
	}
	return c.found.sum(os.Stdout)
}

// place is a folder for the runs of one question.
func (c *check) runs(name string) string { return filepath.Join(c.temp, "runs-"+name) }

// course is the course's VAE with few epochs.
func course() run.Config {
	config := run.Default()
	config.Epochs = 3
	return config
}
