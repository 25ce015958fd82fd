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

// pack packs as hard as pays: level 22 takes as long and gains 1 %.
const pack = `
import sys
sys.path.insert(0, sys.argv[1])
from zstandard import ZstdCompressionParameters, ZstdCompressor
data = sys.stdin.buffer.read()
hard = ZstdCompressionParameters.from_level(19, window_log=27)
sys.stdout.buffer.write(ZstdCompressor(compression_params=hard).compress(data))
`

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
	flag.StringVar(&o.Packs, "packs", "", "the folder with JupyterLab's language packs")
	flag.StringVar(&o.Work, "work", "", "a folder that keeps what takes long")
	flag.StringVar(&o.Runs, "runs", "", "a folder of runs to ship; empty: none")
	flag.StringVar(&o.Executed, "executed", "", "a folder of executed notebooks, to make pages to read of; empty: a front page alone")
	python := flag.String("python", "", "a Python")
	zstandard := flag.String("zstandard", "", "the folder in which it finds the package zstandard; empty: pack less well, but at once")
	flag.Parse()
	if *zstandard != "" {
		o.Packer = []string{*python, "-I", "-c", pack, *zstandard}
	}
	if err := site.Build(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "vaesite:", err)
		os.Exit(1)
	}
}
