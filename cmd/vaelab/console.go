package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/words"
)

// console shows steps as lines that stay readable in a file: one when a step begins and one when it ends. On a
// terminal, the steps under way are on one moving line instead.
type console struct {
	mu      sync.Mutex
	out     io.Writer
	moving  bool
	begun   map[*setup.Step]time.Time
	order   []*setup.Step
	ticking bool
}

func newConsole() *console {
	info, err := os.Stderr.Stat()
	terminal := err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
	return &console{out: os.Stderr, moving: terminal, begun: map[*setup.Step]time.Time{}}
}

// Started implements setup.Observer.
func (c *console) Started(s *setup.Step) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.begun[s] = time.Now()
	c.order = append(c.order, s)
	if !c.moving {
		fmt.Fprintln(c.out, words.Say("  …           %s", s.Title))
		return
	}
	c.draw()
	if !c.ticking {
		c.ticking = true
		go c.tick()
	}
}

// Ended implements setup.Observer.
func (c *console) Ended(r setup.Result) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.begun, r.Step)
	c.order = slices.DeleteFunc(c.order, func(s *setup.Step) bool { return s == r.Step })
	c.wipe()
	switch {
	case r.Error == nil:
		fmt.Fprintln(c.out, words.Say("  ✓ %7.1f s %s", r.Took.Seconds(), r.Step.Title))
	case r.Step.Spare:
		fmt.Fprintln(c.out, words.Say("  – %7.1f s %s\n              The lab goes on without.", r.Took.Seconds(), r.Error))
	default:
		fmt.Fprintln(c.out, words.Say("  ✗ %7.1f s %s", r.Took.Seconds(), r.Step.Title))
	}
	c.draw()
}

// Say implements setup.Teller.
func (c *console) Say(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wipe()
	fmt.Fprintln(c.out, text)
	c.draw()
}

// wipe removes the moving line.
func (c *console) wipe() {
	if c.moving {
		fmt.Fprint(c.out, "\r\x1b[K")
	}
}

// draw writes the moving line, short enough not to wrap.
func (c *console) draw() {
	if !c.moving || len(c.order) == 0 {
		return
	}
	var parts []string
	for _, s := range c.order {
		parts = append(parts, short(s.Title)+" "+words.Duration(time.Since(c.begun[s]).Truncate(time.Second)))
	}
	fmt.Fprintf(c.out, "\r\x1b[K%s", fitted("  … "+strings.Join(parts, " · "), 78))
}

// short is a step's title without what explains it.
func short(title string) string {
	for _, sign := range []string{" (", "（", ",", "，"} {
		title, _, _ = strings.Cut(title, sign)
	}
	return title
}

func (c *console) tick() {
	for range time.Tick(time.Second) {
		c.mu.Lock()
		if len(c.order) == 0 {
			c.ticking = false
			c.mu.Unlock()
			return
		}
		c.draw()
		c.mu.Unlock()
	}
}
