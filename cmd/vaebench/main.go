// Vaebench measures: each call one thing, in a process of its own, and tells it in lines of JSON. `vaelab bench` calls it in turns
// with its peers; alone it says what it can.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"vaelab/cmd/internal/bench"
	"vaelab/datasets"
)

// errUsage is for arguments about which the flag set has already said what is wrong.
var errUsage = errors.New("wrong flags")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	switch err := measure(ctx, os.Args[1:]); {
	case err == nil:
	case errors.Is(err, errUsage):
		os.Exit(2)
	default:
		fmt.Fprintf(os.Stderr, "vaelab bench: %v\n", err)
		os.Exit(1)
	}
}

func measure(ctx context.Context, args []string) error {
	modes := map[string]func(context.Context, []string) error{
		"data": exportData, "train": timeTraining, "product": timeProducts, "estimators": timeEstimators, "draw": drawGrowth,
	}
	if len(args) == 0 || modes[args[0]] == nil {
		return errors.New("bench measures one thing: data, train, product, estimators or draw; `go run ./cmd/vaelab bench` calls them all")
	}
	return modes[args[0]](ctx, args[1:])
}

// tell prints one line of JSON.
func tell(line any) error { return json.NewEncoder(os.Stdout).Encode(line) }

// readFlags parses the flags of one mode, which take no other words.
func readFlags(f *flag.FlagSet, args []string) error {
	f.SetOutput(os.Stderr)
	if err := f.Parse(args); err != nil {
		return errUsage
	}
	if f.NArg() > 0 {
		return fmt.Errorf("%q is not a flag of %s", f.Arg(0), f.Name())
	}
	return nil
}

// exportData writes the images as plain IDX files, so that all programs read the same bytes: the full Fashion-MNIST
// where it is on this machine, else the sample.
func exportData(ctx context.Context, args []string) error {
	f := flag.NewFlagSet("bench data", flag.ContinueOnError)
	dir, sample := f.String("out", "", "`folder`"), f.Bool("sample", false, "the sample, whatever else there is")
	if err := readFlags(f, args); err != nil {
		return err
	}
	data, err := datasets.Load(ctx, datasets.Fashion, datasets.Options{Offline: true})
	whole := err == nil && !*sample
	if !whole {
		if data, err = datasets.Sample(); err != nil {
			return err
		}
	}
	for name, set := range map[string]datasets.Images{"train": data.Train, "t10k": data.Test} {
		path := filepath.Join(*dir, name+"-images-idx3-ubyte")
		if err := writeIDX(path, set); err != nil {
			return fmt.Errorf("the images can't be written: %w", err)
		}
	}
	return tell(bench.Data{Title: data.Title, Whole: whole, Train: data.Train.Len(), Test: data.Test.Len()})
}

// writeIDX writes images in the format of LeCun's files: a magic number, three sizes, the pixels.
func writeIDX(path string, set datasets.Images) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	header := []byte{0, 0, 8, 3}
	for _, n := range []int{set.Len(), set.Height, set.Width} {
		header = append(header, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
	_, err = file.Write(header)
	if err == nil {
		_, err = file.Write(set.Pixels)
	}
	return errors.Join(err, file.Close())
}

// readImages reads what exportData has written; labels play no part in training.
func readImages(dir string, most int) (d datasets.Dataset, err error) {
	d.Name, d.Title = "bench", "Fashion-MNIST"
	for name, set := range map[string]*datasets.Images{"train": &d.Train, "t10k": &d.Test} {
		file, err := os.Open(filepath.Join(dir, name+"-images-idx3-ubyte"))
		if err != nil {
			return d, fmt.Errorf("the images aren't there: %w", err)
		}
		*set, err = datasets.ReadIDXImages(io.Reader(file))
		file.Close()
		if err != nil {
			return d, err
		}
	}
	if most > 0 {
		d.Train = d.Train.First(most)
	}
	return d, nil
}
