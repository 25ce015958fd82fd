package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"vaelab/cmd/internal/flagwords"
	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/words"
)

// Exit codes.
const (
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130
)

// usageError says that the command was called in a way that it doesn't know.
type usageError struct{ error }

func usage(says error) error { return usageError{says} }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	ctx = endWithParent(ctx)
	os.Exit(code(ctx, run(ctx, os.Args[1:])))
}

var commands = map[string]func(context.Context, setup.Layout, []string) error{
	"lab": lab, "exec": execute, "train": train, "study": study, "setup": prepare, "notebooks": makeNotebooks, "claims": claims, "nbgrader": grade,
	"bench": measure, "site": makeSite, "export": export, "import": bring, "version": printVersion,
}

// run settles which command is meant: the first word that isn't a flag names it, and without one it is the lab.
func run(ctx context.Context, args []string) error {
	name := "lab"
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		name, args = args[0], args[1:]
	} else if len(args) == 1 && (args[0] == "-version" || args[0] == "--version") {
		name, args = "version", nil
	}
	wrong := settle(name, args)
	if name == "help" {
		fmt.Print(help())
		return nil
	}
	command, known := commands[name]
	if !known {
		const others = "lab, exec, train, study, export, import, setup, bench, notebooks, nbgrader, site"
		if strings.HasSuffix(name, ".ipynb") {
			return usage(words.Errorf("%q is not a command: %s and version are (to execute a notebook: go run ./cmd/vaelab exec %s)", name, others, name))
		}
		return usage(words.Errorf("%q is not a command: %s and version are", name, others))
	}
	if wantsHelp(name, args) {
		fmt.Print(help())
		return nil
	}
	if wrong != nil {
		return usage(wrong)
	}
	here, err := os.Getwd()
	if err != nil {
		return words.Errorf("the working directory can't be read: %w", err)
	}
	layout, err := setup.FindRoot(here)
	if err != nil {
		return err
	}
	return command(ctx, layout, args)
}

// wantsHelp looks for -h among the arguments that are ours: the trainer and nbgrader explain their own.
func wantsHelp(name string, args []string) bool {
	switch name {
	case "train", "study":
		args = nil
	case "nbgrader":
		args = args[:min(1, len(args))]
	}
	for _, a := range args {
		if a == "-h" || a == "-help" || a == "--help" {
			return true
		}
	}
	return false
}

// code prints an error, once, and gives the exit code.
func code(ctx context.Context, err error) int {
	var told *toldError
	var wrong usageError
	switch {
	case err == nil:
		return 0
	case ctx.Err() != nil:
		fmt.Fprintln(os.Stderr, words.Say("vaelab: stopped; what is done is kept."))
		return exitInterrupted
	case errors.As(err, &told):
		return told.code
	case errors.As(err, &wrong):
		fmt.Fprintln(os.Stderr, words.Say("vaelab: %v. See go run ./cmd/vaelab -h", wrong))
		return exitUsage
	}
	fmt.Fprintln(os.Stderr, words.Say("vaelab: %v", err))
	return exitFailed
}

// flagged are the flags of a command, which also make its part of the help.
type flagged interface{ declare(f *flag.FlagSet) }

// parse reads a command's flags before and after the other words and returns those words.
func parse(name string, into flagged, args []string) ([]string, error) {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	into.declare(flags)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	var others []string
	for {
		if err := flags.Parse(args); err != nil {
			return nil, usage(flagwords.Error(err))
		}
		if flags.NArg() == 0 {
			return others, nil
		}
		others = append(others, flags.Arg(0))
		args = flags.Args()[1:]
	}
}

// backendFlag is -backend; the wish is settled after parsing.
type backendFlag struct{ value string }

func (b *backendFlag) declare(f *flag.FlagSet) {
	f.StringVar(&b.value, "backend", "", words.Text("what computes: `B` is xla (the CPU), xla:cuda (an NVIDIA GPU), xla:/path/to/plugin.so, or go (no XLA: works everywhere, ten to thirty times slower). Without it: GOMLX_BACKEND if that is set, else xla where it can be had, else go"))
}

func (b *backendFlag) wish() (string, error) { return setup.Wish(b.value, os.Getenv("GOMLX_BACKEND")) }
