//go:build !linux

package main

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"time"
)

// run runs the program and ends with it, or ends it when the parent has ended.
func run(args []string) error {
	parent := os.Getppid()
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		return err
	}
	signals := make(chan os.Signal, 8)
	signal.Notify(signals)
	go func() {
		for {
			select {
			case s := <-signals:
				_ = cmd.Process.Signal(s) // one that has ended needs none
			case <-time.After(time.Second):
			}
			if os.Getppid() != parent {
				_ = cmd.Process.Kill()
			}
		}
	}()
	err := cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return err
	}
	os.Exit(cmd.ProcessState.ExitCode())
	return nil
}
