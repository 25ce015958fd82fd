//go:build !js

package worker

import (
	"context"
	"io"
	"os"
	"os/exec"
	"time"

	"vaelab/vaelib/engine/ending"
	"vaelab/vaelib/engine/program"
	"vaelab/vaelib/places"
	"vaelab/vaelib/words"
)

// Start starts the program of the clone that places.Clone finds; it ends when this one does. It computes with the
// backend that GOMLX_BACKEND names, or with the best there is.
func Start() (*Worker, error) {
	root, err := places.Clone()
	if err != nil {
		return nil, words.Errorf("the program that computes is built from a clone of the course: work in the clone's folder, or set %s to it: %w", places.RootEnv, err)
	}
	path, err := program.Compute.Ready(context.Background(), []string{"go"}, root, os.Environ())
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(path)
	watch := ending.NewWatch()
	cmd.Stderr = io.MultiWriter(os.Stderr, &watch.Tail)
	cmd.WaitDelay = time.Second // should somebody else hold its standard error
	apart(cmd)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, words.Errorf("the program that computes can't be started: %w", err)
	}
	return connect(out, in, func(asked bool) error {
		stopped := make(chan bool, 1)
		stop := time.AfterFunc(patience, func() {
			stopped <- true
			_ = cmd.Process.Kill() // it talks nonsense, or nothing
		})
		err := cmd.Wait()
		stop.Stop()
		if err == nil && asked {
			return nil
		}
		select {
		case <-stopped:
			return words.Errorf("the program that computes gave no answer that can be understood, and was stopped: run the cell again")
		default:
			return watch.Tell(words.Mark("the program that computes"), err, words.Mark("run the cell again: finished epochs are kept"))
		}
	})
}

// patience is how long a program whose answers have ended may take to end itself.
const patience = 5 * time.Second
