package cells

import (
	"slices"
	"strings"

	"vaelab/vaelib/words"
)

// cell is a cell's text, taken apart.
type cell struct {
	lines    []string // Go, with an empty line in the place of each that is the kernel's
	main     int      // the line %% that opens main, from 0; -1 where none does
	opened   bool     // main is the kernel's, by %% or %exec
	args     []string // of the program
	env      map[string]string
	commands []command
	said     []string // to the reader
}

// command is a line of the kernel's own: its name, without the %, and the words behind it.
type command struct {
	name string
	args []string
}

// notHere are commands that GoNB knows and a browser can't do, and what is said of them.
var notHere = map[string]string{
	"test":          words.Mark("%test does nothing here: tests of Go's are not run in the browser."),
	"wasm":          words.Mark("%wasm does nothing here: every cell is WebAssembly as it is in the browser."),
	"widgets":       words.Mark("%widgets does nothing here: widgets of GoNB's are not shown in the browser."),
	"widgets_hb":    words.Mark("%widgets_hb does nothing here: widgets of GoNB's are not shown in the browser."),
	"cd":            words.Mark("%cd does nothing here: there are no folders to go to in the browser."),
	"capture":       words.Mark("%capture does nothing here: what a cell prints can't be kept in a file in the browser."),
	"with_inputs":   words.Mark("%with_inputs does nothing here: a cell can't ask for input in the browser."),
	"with_password": words.Mark("%with_password does nothing here: a cell can't ask for input in the browser."),
}

// noNeed are commands that change nothing here: all packages are there, and nothing is built from folders.
var noNeed = []string{"autoget", "noautoget", "goflags", "track", "untrack", "goworkfix"}

// ofNames are commands about what is declared.
var ofNames = []string{"reset", "rm", "remove", "ls", "list"}

func read(number int, text string) (*cell, error) {
	c := &cell{lines: strings.Split(text, "\n"), main: -1, env: map[string]string{}}
	for i := 0; i < len(c.lines); i++ {
		line := strings.TrimPrefix(c.lines[i], "//gonb:")
		switch {
		case isMain(line):
			if c.main >= 0 {
				return nil, &Error{[]Line{{At: place{number, i + 1}, Text: words.Text("a cell has one %%: this one opened main already above")}}}
			}
			c.main, c.opened = i, true
			if args := strings.Fields(line)[1:]; len(args) > 0 {
				c.args = args
			}
		case len(line) > 1 && (line[0] == '!' || line[0] == '%'):
			whole := c.join(&i, line)
			c.take(whole)
			continue // join has emptied its lines
		case strings.HasPrefix(line, "package "):
		default:
			continue
		}
		c.lines[i] = ""
	}
	return c, nil
}

// isMain says whether a line opens main.
func isMain(line string) bool {
	word, _, _ := strings.Cut(strings.ReplaceAll(line, "\t", " "), " ")
	return word == "%%" || word == "%main"
}

// join gives a command with the lines that it goes on in, by a \ at their ends, and empties them.
func (c *cell) join(i *int, line string) string {
	for {
		c.lines[*i] = ""
		head, goesOn := strings.CutSuffix(line, "\\")
		if !goesOn || *i+1 == len(c.lines) {
			return head
		}
		*i++
		line = head + " " + c.lines[*i]
	}
}

// take understands a command.
func (c *cell) take(line string) {
	if line[0] == '!' {
		shell := strings.TrimSpace(strings.TrimPrefix(line[1:], "*"))
		for _, harmless := range []string{"go mod ", "go get ", "go work "} {
			if strings.HasPrefix(shell, harmless) {
				return // all packages are there
			}
		}
		c.said = append(c.said, words.Say("There is no shell in the browser, so this line isn't run: %s", line))
		return
	}
	parts := strings.Fields(line[1:])
	if len(parts) == 0 {
		return
	}
	name, args := parts[0], parts[1:]
	switch {
	case name == "args":
		c.args = args
	case name == "exec" && len(args) > 0:
		c.lines = append(c.lines, "func main() {\n\t"+args[0]+"()\n}")
		c.opened = true
	case name == "env" && len(args) > 0:
		key, value, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(line[1:], "env")), "=")
		if key, rest, split := strings.Cut(key, " "); split && value == "" {
			c.env[key] = strings.TrimSpace(rest)
		} else {
			c.env[key] = strings.Trim(value, `"`)
		}
	case name == "help":
		c.said = append(c.said, words.Text(help))
	case name == "version":
		c.said = append(c.said, words.Say("GoNB's cells, by vaelab's kernel for the browser"))
	case slices.Contains(ofNames, name):
		c.commands = append(c.commands, command{name, args})
	case slices.Contains(noNeed, name):
	case strings.HasPrefix(name, "%"):
		c.said = append(c.said, words.Say("There is no shell in the browser, so %%%s does nothing here.", name))
	default:
		if why, known := notHere[name]; known {
			c.said = append(c.said, words.Text(why))
		} else {
			c.said = append(c.said, words.Say("%%%s is no command that is known here.", name))
		}
	}
}

var help = words.Mark(`A cell holds declarations, which later cells know by their names, and below a line %% what is to be run.
  %%           what follows is the body of main
  %ls          what is declared
  %rm NAME     forget a declaration
  %reset       forget them all
  %env K=V     set an environment variable of later programs
  %args A B    arguments of this cell's program`)
