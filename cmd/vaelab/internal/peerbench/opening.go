package peerbench

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"time"

	"vaelab/cmd/vaelab/internal/child"
)

// Opening is a lab that is opened as a learner opens it, in a clone of its own.
type Opening struct {
	Clone  string   // a fresh copy: see CopyClone
	Env    []string // with a home folder and caches of its own
	Lab    []string // the command that opens the lab, and prints its address
	Browse []string // the command that opens a browser, reads the address, and tells what it sees
	Log    string   // file for all that the lab says
	Say    func(string)
}

// Start is one start of a lab.
type Start struct {
	Name    string   `json:"name"`
	Moments []Moment `json:"moments"`
	Others  *float64 `json:"others,omitempty"` // share of the processor busy with other programs
}

// Moment is when something was there, in seconds from the command's start.
type Moment struct {
	What    string  `json:"what"`
	Seconds float64 `json:"seconds"`
}

// What a start comes by, in its order. A browser tells the events behind the address.
var moments = []struct{ event, what string }{
	{"address", "the address is printed"},
	{"start page", "the start page is seen"},
	{"notebook", "the first notebook is open"},
	{"figure", "a cell has drawn the first figure"},
	{"trained", "the first training is over and drawn"},
}

var labAddress = regexp.MustCompile(`http://\S+token=\S+`)

// Once opens the lab and looks at it in the browser, which has been open before, until a first model is trained.
func (o Opening) Once(ctx context.Context, name string) (s Start, err error) {
	s.Name = name
	var begin time.Time
	saw := func(event string) {
		for _, m := range moments {
			if m.event == event {
				s.Moments = append(s.Moments, Moment{m.what, time.Since(begin).Seconds()})
				o.Say(fmt.Sprintf("%s: %s after %.1f s", name, m.what, time.Since(begin).Seconds()))
			}
		}
	}
	browser, err := startBrowser(ctx, o.Browse)
	if err != nil {
		return s, err
	}
	defer browser.end()

	log, err := os.Create(o.Log)
	if err != nil {
		return s, err
	}
	defer log.Close()
	cmd := exec.CommandContext(ctx, o.Lab[0], o.Lab[1:]...)
	cmd.Dir, cmd.Env = o.Clone, o.Env
	cmd.Cancel = func() error { return child.Signal(cmd, syscall.SIGINT) }
	cmd.WaitDelay = 30 * time.Second
	said, err := cmd.StderrPipe()
	if err != nil {
		return s, err
	}
	cmd.Stdout = log
	before, own := processor(), children()
	begin = time.Now()
	release, err := child.Start(cmd)
	if err != nil {
		return s, fmt.Errorf("the lab can't be started: %w", err)
	}
	defer release()
	closed := make(chan error, 1)
	address := make(chan string, 1)
	go func() {
		for lines := bufio.NewScanner(said); lines.Scan(); {
			fmt.Fprintln(log, lines.Text())
			if a := labAddress.FindString(lines.Text()); a != "" {
				saw("address")
				address <- a
			}
		}
		closed <- cmd.Wait()
	}()
	err = browser.watch(ctx, address, closed, saw)
	_ = child.Signal(cmd, syscall.SIGINT) // Ctrl-C, as a learner leaves it
	<-closed
	browser.end()
	if share := before.others(processor(), children()-own); share == share { // a number
		s.Others = &share
	}
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	if err != nil {
		err = fmt.Errorf("%s: %w; the lab's words are in %s", name, err, o.Log)
	}
	return s, err
}

// children is the processor's time that ended children have taken, in seconds.
func children() float64 {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_CHILDREN, &used) != nil {
		return nan
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano()).Seconds()
}

// browser is the program that looks at the lab.
type browser struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	events  chan string // closed at its end
	said    strings.Builder
	release func()
}

func startBrowser(ctx context.Context, command []string) (*browser, error) {
	b := &browser{cmd: exec.CommandContext(ctx, command[0], command[1:]...), events: make(chan string, 10)}
	b.cmd.Cancel = func() error { return b.cmd.Process.Signal(syscall.SIGTERM) }
	b.cmd.WaitDelay = 10 * time.Second
	b.cmd.Stderr = &b.said
	out, err := b.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if b.in, err = b.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if b.release, err = child.Start(b.cmd); err != nil {
		return nil, err
	}
	go func() {
		defer close(b.events)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var line struct{ Saw string }
			if json.Unmarshal(lines.Bytes(), &line) == nil {
				b.events <- line.Saw
			}
		}
	}()
	if _, open := <-b.events; !open { // it says when it is open
		b.end()
		return nil, errors.New(lastLine(b.said.String()))
	}
	return b, nil
}

// watch hands the address over and tells what is seen.
func (b *browser) watch(ctx context.Context, address <-chan string, closed chan error, saw func(string)) error {
	last := ""
	for {
		select {
		case a := <-address:
			if _, err := fmt.Fprintln(b.in, a); err != nil {
				return err
			}
		case err := <-closed:
			closed <- err // for whoever waits for the lab's end
			return fmt.Errorf("the lab has ended by itself (%v)", err)
		case event, open := <-b.events:
			if !open && last == moments[len(moments)-1].event {
				return nil
			}
			if !open {
				b.end()
				return b.failure()
			}
			saw(event)
			last = event
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func (b *browser) failure() error {
	return fmt.Errorf("the browser has seen no more (%v): %s", b.cmd.ProcessState, lastLine(b.said.String()))
}

// end ends the browser, if it hasn't ended.
func (b *browser) end() {
	if b.release == nil {
		return
	}
	_ = b.in.Close()
	_ = b.cmd.Process.Signal(syscall.SIGTERM)
	_ = b.cmd.Wait()
	b.release()
	b.release = nil
}

// Starts is what was measured, as it is written to JSON.
type Starts struct {
	Date    time.Time `json:"date"`
	Machine Machine   `json:"machine"`
	Command string    `json:"command"`
	Starts  []Start   `json:"starts"`
}

// Table is the report as Markdown, ready for docs/performance.md.
func (r *Starts) Table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s, %d cores, %s.\n", r.Date.Format("2 January 2006"), r.Machine.Processor, r.Machine.Cores, r.Machine.System)
	head, line := "| seconds from the command until …", "|---"
	for _, s := range r.Starts {
		if s.Others != nil {
			fmt.Fprintf(&b, "Other programs took %.0f %% of the processor meanwhile (%s).\n", 100**s.Others, s.Name)
		}
		head, line = head+" | "+s.Name, line+"|---"
	}
	fmt.Fprintf(&b, "\n%s |\n%s|\n", head, line)
	for _, m := range moments {
		row := "| … " + m.what
		for _, s := range r.Starts {
			row += " | " + s.at(m.what)
		}
		b.WriteString(row + " |\n")
	}
	return b.String()
}

// at is when something was there, and nothing where it wasn't: a later start goes on in the notebook, with no start page.
func (s Start) at(what string) string {
	for _, m := range s.Moments {
		if m.What == what {
			return fmt.Sprintf("%.1f", m.Seconds)
		}
	}
	return ""
}
