// Package flagwords says in the language that is spoken what package flag says in English: what is wrong with a command's arguments,
// and which flags there are.
package flagwords

import (
	"flag"
	"fmt"
	"io"
	"regexp"
	"strings"

	"vaelab/vaelib/words"
)

// Value finds a flag's value among arguments that are another's to read, or that haven't been read yet: the last one, "" without
// any. It isn't whole where the flag comes last and its value is missing.
func Value(args []string, name string) (value string, whole bool) {
	whole = true
	for i, a := range args {
		this, joined, ok := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(a, "-"), "-"), "=")
		switch {
		case !strings.HasPrefix(a, "-") || this != name:
		case ok:
			value = joined
		case i+1 < len(args):
			value = args[i+1]
		default:
			return value, false
		}
	}
	return value, whole
}

// Error says what flag.FlagSet's Parse has said. Of an error that package flag doesn't make, it is the same.
func Error(err error) error {
	for _, c := range []struct {
		sign string
		say  func(parts []string) error
	}{
		{`flag provided but not defined: (.*)`, func(p []string) error { return words.Errorf("flag provided but not defined: %s", p[1]) }},
		{`flag needs an argument: (.*)`, func(p []string) error { return words.Errorf("flag needs an argument: %s", p[1]) }},
		{`bad flag syntax: (.*)`, func(p []string) error { return words.Errorf("bad flag syntax: %s", p[1]) }},
		{`invalid value (".*") for flag (-[^ ]*): (.*)`, func(p []string) error {
			return words.Errorf("invalid value %s for flag %s: %s", p[1], p[2], reason(p[3]))
		}},
		{`invalid boolean value (".*") for (-[^ ]*): (.*)`, func(p []string) error {
			return words.Errorf("invalid boolean value %s for %s: %s", p[1], p[2], reason(p[3]))
		}},
	} {
		if parts := regexp.MustCompile(`(?s)^` + c.sign + `$`).FindStringSubmatch(err.Error()); parts != nil {
			return c.say(parts)
		}
	}
	return err
}

// reason is package flag's own, or what a flag's own reader has said already.
func reason(why string) string {
	switch why {
	case "parse error":
		return words.Say("parse error")
	case "value out of range":
		return words.Say("value out of range")
	}
	return why
}

// Defaults writes what each flag is for, in the form of flag.FlagSet's PrintDefaults.
func Defaults(w io.Writer, of *flag.FlagSet) {
	of.VisitAll(func(f *flag.Flag) {
		name, usage := flag.UnquoteUsage(f)
		if name != "" {
			name = " " + name
		}
		value := f.DefValue
		if g, ok := f.Value.(flag.Getter); ok {
			if _, ok := g.Get().(string); ok && value != "" {
				value = fmt.Sprintf("%q", value)
			}
		}
		switch value {
		case "", "0", "false", "0s": // what a flag is without being named
		default:
			usage = words.Say("%s (default %s)", usage, value)
		}
		fmt.Fprintf(w, "  -%s%s\n    \t%s\n", f.Name, name, usage)
	})
}
