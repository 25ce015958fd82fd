// Vaesite makes the course as a folder of plain files, for vaelab site, which brings together what it needs: see package site.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"vaelab/cmd/internal/site"
	"vaelab/vaelib"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	begin := time.Now()
	o := site.Options{Version: vaelib.Version, Env: os.Environ(), Tell: func(line string) {
		fmt.Printf("  … %6.1f s %s\n", time.Since(begin).Seconds(), line)
	}}
	flag.StringVar(&o.Root, "root", "", "the clone")
	flag.StringVar(&o.Out, "out", "", "the folder to make")
	flag.StringVar(&o.Go, "go", "go", "the go command")
	flag.StringVar(&o.Lite, "lite", "", "the folder with JupyterLite's app.tgz and LICENSE")
	flag.StringVar(&o.Work, "work", "", "a folder that keeps what takes long")
	flag.StringVar(&o.Runs, "runs", "", "a folder of runs to ship; empty: none")
	flag.BoolVar(&o.Quick, "quick", false, "pack less well, but at once")
	flag.Parse()
	if err := site.Build(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "vaesite:", err)
		os.Exit(1)
	}
}
