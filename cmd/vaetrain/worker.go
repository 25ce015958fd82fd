package main

import (
	"context"
	"errors"
	"os"
	"sync"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/engine"
	"vaelab/vaelib/engine/inprocess"
	"vaelab/vaelib/engine/worker"
)

// serve computes for a notebook's cell: questions come in, answers go out.
func serve(_ context.Context, args []string) error {
	if len(args) > 0 {
		return errors.New("worker takes no arguments: it is started by cells")
	}
	answers := os.Stdout
	os.Stdout = os.Stderr // what anything else prints is no answer
	open := sync.OnceValues(func() (*backend.Backend, error) { return backend.Open("") })
	return worker.Serve(os.Stdin, answers, func(root string) (engine.Engine, error) {
		b, err := open()
		if err != nil {
			return nil, err
		}
		e := inprocess.New(b)
		e.Root = root
		return e, nil
	})
}
