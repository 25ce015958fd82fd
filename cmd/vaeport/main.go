// Vaeport carries models out of the house and back in, for vaelab export and vaelab import:
//
//	vaeport export RUN DIR [replace]     a run's networks, as ONNX models
//	vaeport import FILE RUN              weights from elsewhere, for the network that a run has
//
// It links what keeps runs, and no GoMLX; vaelab builds it and hands it what it has read of its flags.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"vaelab/vaelib/onnx"
	"vaelab/vaelib/places"
	"vaelab/vaelib/store"
	"vaelab/vaelib/words"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) < 4 {
		fmt.Fprintln(os.Stderr, "vaeport is for vaelab: go run ./cmd/vaelab -h")
		os.Exit(2)
	}
	var err error
	switch job := os.Args[1]; job {
	case "export":
		err = export(os.Args[2], os.Args[3], len(os.Args) > 4)
	case "import":
		err = bring(ctx, os.Args[2], os.Args[3])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, words.Say("vaelab %s: %v", os.Args[1], err))
		os.Exit(1)
	}
}

// export writes a run's networks and says what was written.
func export(run, dir string, replace bool) error {
	r, err := store.Open(folder(run))
	if err != nil {
		return err
	}
	for _, note := range r.Notes {
		fmt.Println(words.Say("Note: %s", note))
	}
	paths, err := onnx.Write(dir, r, replace)
	if err != nil {
		return err
	}
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		fmt.Println(words.Say("%s: %.1f MB", path, float64(info.Size())/1e6))
	}
	fmt.Println(words.Say("Inputs and outputs are float32, a row for each picture, grey values from 0 to 1; what else they are, the files say themselves. See docs/export.md."))
	return nil
}

// bring keeps weights from a file as a run and says where.
func bring(ctx context.Context, file, like string) error {
	r, err := store.Open(folder(like))
	if err != nil {
		return err
	}
	arrays, err := store.ReadArrays(file)
	if err != nil {
		return err
	}
	brought, err := store.Bring(ctx, "", r.Identity, arrays)
	if err != nil {
		return words.Errorf("the weights in %s don't fit: %w", file, err)
	}
	fmt.Println(words.Say("The weights are kept in %s", brought.Dir))
	fmt.Println(words.Say("In a notebook: %s", fmt.Sprintf("lab.Load(%q, data)", brought.Dir)))
	return nil
}

// folder is where a run lies: in the folder of that name, or else in the one of runs.
func folder(run string) string {
	root, err := places.Runs()
	if among := filepath.Join(root, run); err == nil && filepath.Base(run) == run && !isThere(run) && isThere(among) {
		return among
	}
	return run
}

func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
