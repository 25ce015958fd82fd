package setup

import (
	"errors"
	"slices"
	"strings"
	"syscall"

	"vaelab/vaelib/words"
)

// Failure is something that the set-up could not do, told to a person.
type Failure struct {
	What string // what could not be done, and why
	Do   string // what to do about it
	Log  string // where the tool's own words are, if it had any
	Err  error
}

func (f *Failure) Error() string {
	if f.Log != "" {
		return words.Say("%s. %s. What the tools said is in %s.", f.What, f.Do, f.Log)
	}
	return words.Say("%s. %s.", f.What, f.Do)
}

func (f *Failure) Unwrap() error { return f.Err }

// explain turns an error into a Failure: the cause if it is a known one, with the line that tells of it, else the last
// thing that the tool said. What the system knows counts before what tools say: its own errors, and by which signal a tool
// was ended.
func explain(what string, err error, log string) *Failure {
	f := &Failure{Log: log, Err: err}
	say := func(why, do string) *Failure {
		f.What, f.Do = words.Say("%s can't be set up: %s", what, why), do
		return f
	}
	known := func(c cause, line string) *Failure {
		return say(words.Say("%s (“%s”)", words.Text(c.why), short(line)), words.Text(c.do))
	}
	text := err.Error()
	if tool := (*toolError)(nil); errors.As(err, &tool) {
		if killed := tool.signal(); killed != 0 {
			if tool.memory && killed == syscall.SIGKILL {
				return say(words.Say("the system killed a tool for want of memory"), words.Say("Close other programs, or start with GOMAXPROCS=1, and run the command again: what is done is kept"))
			}
			return say(words.Say("a tool was ended from outside (%v)", killed), words.Say("Run the command again: what is done is kept"))
		}
		if said := strings.TrimSpace(withoutCommand(tool.said)); said != "" {
			text = said
		}
	}
	for _, c := range causes {
		if c.named(err) {
			return known(c, err.Error())
		}
	}
	lines := slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return strings.HasPrefix(line, "go: downloading ") })
	for _, c := range causes {
		if i := slices.IndexFunc(lines, c.signs.MatchString); i >= 0 {
			return known(c, lines[i])
		}
	}
	return say(lastWords(text), words.Say("Run the command again; if it stays so, delete .vaelab and try once more"))
}

// withoutCommand is what a tool has said, without the line that says how it was called.
func withoutCommand(said string) string {
	if first, rest, ok := strings.Cut(said, "\n"); ok && strings.HasPrefix(first, "$ ") {
		return rest
	}
	return said
}

// short is a tool's line, without what would make a sentence hard to read: its middle, since the reason stands at an end.
func short(line string) string {
	letters := []rune(strings.Trim(strings.TrimSpace(line), "."))
	if n := len(letters); n > 240 {
		letters = slices.Concat(letters[:120], []rune(" … "), letters[n-120:])
	}
	return string(letters)
}

// lastWords is the last line that says something.
func lastWords(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		line := strings.TrimSpace(lines[i])
		low := strings.ToLower(line)
		if strings.HasPrefix(low, "error") || strings.HasPrefix(low, "go: ") || strings.Contains(low, "error:") {
			return strings.TrimSuffix(line, ".")
		}
	}
	return strings.TrimSuffix(strings.TrimSpace(lines[len(lines)-1]), ".")
}
