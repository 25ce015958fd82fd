// Vaetrain trains one model without a notebook, and draws what it has learnt:
//
//	go run ./cmd/vaelab train -data fashion-mnist -latent 20 -kl 4 -epochs 10 -out pictures
//
// It is the part of `vaelab train` that links GoMLX; `vaelab` sets up the backend, builds it and hands it the flags.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/engine/inprocess"
	"vaelab/vaelib/lab"
	"vaelab/vaelib/show"
	"vaelab/vaelib/training"
	"vaelab/vaelib/words"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	switch err := train(ctx, os.Args[1:]); {
	case err == nil, errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errUsage):
		os.Exit(2)
	case ctx.Err() != nil:
		fmt.Fprintln(os.Stderr, words.Say("vaelab train: %v", err))
		os.Exit(130)
	default:
		fmt.Fprintln(os.Stderr, words.Say("vaelab train: %v", err))
		os.Exit(1)
	}
}

func train(ctx context.Context, args []string) error {
	s, err := parse(args)
	if err != nil {
		return err
	}
	if err := s.config.Validate(); err != nil {
		return sayInFlags(err)
	}
	data, err := s.open(ctx)
	if err != nil {
		return err
	}
	b, err := backend.OpenDevices(s.backend, s.devices)
	if err != nil {
		return err
	}
	job := training.Job{Config: s.config, Data: data, Devices: s.devices, Observe: show.Training()}
	ready, found, err := training.Find(b, job)
	if err == nil && !found {
		ready, err = training.Train(ctx, b, job)
	}
	if err != nil {
		return sayInFlags(err)
	}
	for _, note := range ready.Notes {
		fmt.Println(words.Say("Note: %s", note))
	}
	if found {
		fmt.Println(words.Say("These settings have been trained before, so that run is loaded."))
	}
	model := lab.NewModel(ready, data, inprocess.New(b))
	lab.Compare(model)
	fmt.Println(words.Say("The run is kept in %s", ready.Dir))
	if s.out != "" {
		if err := draw(model, s.out); err != nil {
			return err
		}
		fmt.Println(words.Say("Pictures and metrics.json are in %s", s.out))
	}
	if s.json {
		return json.NewEncoder(os.Stdout).Encode(summary(model, b.Name, found))
	}
	return nil
}
