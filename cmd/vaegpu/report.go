package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"vaelab/vaelib/words"
)

// report is everything that was found; the JSON file holds it.
type report struct {
	Plugin    string    `json:"plugin"`
	Card      bool      `json:"card"`      // false: a rehearsal on a CPU
	Reference string    `json:"reference"` // plugin for the CPU that was compared with; "": pure Go
	Quick     bool      `json:"quick"`
	Steps     []outcome `json:"steps"`
}

// What became of a step.
const (
	passed = "passed"
	failed = "failed"
	absent = "not here"
)

var marks = map[string]string{passed: "✓", failed: "✗", absent: "–"}

// outcome is what became of one step.
type outcome struct {
	Number  int      `json:"number"`
	Step    string   `json:"step"`
	Result  string   `json:"result"`
	Seconds float64  `json:"seconds"`
	Error   string   `json:"error,omitempty"` // or why it isn't here
	Says    []string `json:"says,omitempty"`
	Figures any      `json:"figures,omitempty"`

	title string
}

func outcomeOf(number int, s step, what finding, err error, took time.Duration) outcome {
	o := outcome{number, s.name, passed, took.Seconds(), "", what.says, what.figures, words.Text(s.title)}
	if err != nil {
		o.Result, o.Error = failed, err.Error()
		if errors.As(err, new(notHereError)) {
			o.Result = absent
		}
	}
	return o
}

func (o outcome) print(w io.Writer) {
	fmt.Fprintf(w, "%s %d %s (%s s)\n", marks[o.Result], o.Number, o.title, words.Fixed(o.Seconds, 1))
	for _, line := range append(o.Says, strings.Split(o.Error, "\n")...) {
		if line != "" {
			fmt.Fprintf(w, "      %s\n", line)
		}
	}
}

// sum prints how many steps came out how; it is an error if one failed.
func (r report) sum(w io.Writer) error {
	count := map[string]int{}
	for _, o := range r.Steps {
		count[o.Result]++
	}
	fmt.Fprintln(w, words.Say("✓ %d passed, ✗ %d failed, – %d not here", count[passed], count[failed], count[absent]))
	if count[failed] > 0 {
		return errFailed
	}
	return nil
}

// save writes the report to a file; "" is none.
func (r report) save(path string) error {
	if path == "" {
		return nil
	}
	text, err := json.MarshalIndent(r, "", "  ")
	if err == nil {
		err = os.WriteFile(path, append(text, '\n'), 0o644)
	}
	if err != nil {
		return words.Errorf("what was found can't be written to %s: %w", path, err)
	}
	return nil
}
