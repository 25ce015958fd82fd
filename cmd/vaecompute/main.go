// Vaecompute trains and computes for the cells of a notebook, whose programs start it: questions come in on its standard input,
// answers go out on its standard output (see package worker). In a browser's tab it is a message port instead. It is what links GoMLX and XLA, so that cells needn't.
package main

import (
	"fmt"
	"os"
	"sync"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/engine"
	"vaelab/vaelib/engine/inprocess"
	"vaelab/vaelib/engine/worker"
)

func main() {
	if len(os.Args) > 1 {
		fmt.Fprintln(os.Stderr, "vaecompute takes no arguments: cells start it")
		os.Exit(2)
	}
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "vaecompute:", err)
		os.Exit(1)
	}
}

func serve() error {
	questions, answers := worker.Own()
	open := sync.OnceValues(func() (*backend.Backend, error) { return backend.Open("") })
	return worker.Serve(questions, answers, func(root string) (engine.Engine, error) {
		b, err := open()
		if err != nil {
			return nil, err
		}
		e := inprocess.New(b)
		e.Root = root
		return e, nil
	})
}
