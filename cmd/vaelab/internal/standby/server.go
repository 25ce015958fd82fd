package main

import (
	"bufio"
	"io"
	"os/exec"
	"time"
)

// server is a gopls that runs.
type server struct {
	cmd   *exec.Cmd
	input io.WriteCloser
	told  chan message // what it says; closed when it has ended
	ready bool         // it has answered the greeting
}

// start starts gopls. It speaks through its input and output.
func start(command []string) (*server, error) {
	cmd := exec.Command(command[0], command[1:]...)
	input, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &server{cmd: cmd, input: input, told: make(chan message, 4096)} // gopls must not wait for us while we wait for it
	go func() {
		defer close(s.told)
		from := bufio.NewReader(output)
		for {
			m, err := read(from)
			if err != nil {
				break
			}
			s.told <- m
		}
		_ = cmd.Process.Kill() // it has ended, or says what nobody understands
		_ = cmd.Wait()         // how doesn't matter: the next message starts another
	}()
	return s, nil
}

// end ends gopls: when its input ends, and if it doesn't listen, by force.
func (s *server) end() {
	_ = s.input.Close()
	force := time.AfterFunc(5*time.Second, func() { _ = s.cmd.Process.Kill() })
	go func() {
		for range s.told {
		}
		force.Stop()
	}()
}
