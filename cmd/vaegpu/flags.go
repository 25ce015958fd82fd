package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"vaelab/cmd/internal/flagwords"
	"vaelab/vaelib/words"
)

// flags are what the arguments say.
type flags struct {
	plugin, cpu, json string
	quick             bool
	most              size
	only              []string // names of steps; none: all
}

// usageError says that the program was called in a way that it doesn't know.
type usageError struct{ error }

func parse(args []string) (flags, error) {
	var s flags
	f := flag.NewFlagSet("vaegpu", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.Usage = func() {}
	f.StringVar(&s.plugin, "plugin", "",
		words.Text("`folder` with XLA's plugin, and NVIDIA's libraries anywhere below it, such as the .vaelab/xla-cuda of a clone"))
	f.StringVar(&s.cpu, "cpu", "",
		words.Text("`file` of XLA's plugin for the CPU, to compare with (default: that in the folder or in a clone, else pure Go)"))
	f.StringVar(&s.json, "json", "", words.Text("`file` for everything that was found, as JSON"))
	f.BoolVar(&s.quick, "quick", false, words.Text("fewer epochs, smaller networks, and an eighth of the images"))
	f.Var(&s.most, "most", words.Text("`size` of a training, such as 8G, beyond which no card is filled (default: 1G on a CPU, else until it is full)"))
	f.Func("only", words.Text("`names` of steps with commas, such as losses,full (default: all). The plugin is opened anyway"), func(list string) error {
		s.only = strings.Split(list, ",")
		for _, name := range s.only {
			if !slices.ContainsFunc(steps, func(s step) bool { return s.name == name }) {
				return words.Errorf("%q is no step: they are %s", name, stepNames())
			}
		}
		return nil
	})
	err := f.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Println(words.Say("vaegpu -plugin DIR checks training on an NVIDIA card, without a network. See docs/gpu.md."))
		flagwords.Defaults(os.Stdout, f)
		return s, err
	case err != nil:
		return s, usageError{flagwords.Error(err)}
	case f.NArg() > 0:
		return s, usageError{words.Errorf("%q is not a flag: see vaegpu -h", f.Arg(0))}
	case s.plugin == "":
		return s, usageError{words.Errorf("name the folder with XLA's plugin: vaegpu -plugin DIR")}
	}
	return s, nil
}

// stepNames are all names that -only takes.
func stepNames() string {
	var names []string
	for _, s := range steps {
		names = append(names, s.name)
	}
	return strings.Join(names, ", ")
}

// size is a number of bytes.
type size int64

// units are the letters that a size may end with.
var units = []struct {
	letter string
	bytes  int64
}{{"G", 1 << 30}, {"M", 1 << 20}, {"K", 1 << 10}, {"", 1}}

func (s *size) String() string {
	for _, u := range units[:3] {
		if int64(*s) >= u.bytes {
			return words.Significant(float64(*s)/float64(u.bytes), 4) + u.letter
		}
	}
	return strconv.FormatInt(int64(*s), 10)
}

// Set implements flag.Value.
func (s *size) Set(text string) error {
	for _, u := range units {
		number, ok := strings.CutSuffix(strings.ToUpper(text), u.letter)
		if !ok {
			continue
		}
		x, err := strconv.ParseFloat(number, 64)
		if err != nil || !(x*float64(u.bytes) >= 1) || x*float64(u.bytes) > 1<<50 {
			break
		}
		*s = size(x * float64(u.bytes))
		return nil
	}
	return words.Errorf("write a size such as 512M or 8G")
}
