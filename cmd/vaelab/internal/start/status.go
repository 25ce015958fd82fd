package start

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"vaelab/cmd/vaelab/internal/setup"
)

// What a stage is.
const (
	waiting = "waiting"
	done    = "done"
	failed  = "failed"
)

// Status tells the page how far the lab is, and the learner.
type Status struct {
	dir      string // of what the page reads
	progress string // the course's own file

	mu  sync.Mutex
	now map[setup.Stage]string
}

func (s *Status) begin() error {
	s.now = map[setup.Stage]string{}
	for _, stage := range setup.Stages {
		s.now[stage] = waiting
	}
	// What another folder of runs had done isn't done here.
	return errors.Join(s.put("progress.json", []byte("{}")), s.write())
}

// Over notes that a stage is over, well or not.
func (s *Status) Over(stage setup.Stage, err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now[stage] = done
	if err != nil {
		s.now[stage] = failed
	}
	return s.write()
}

func (s *Status) write() error {
	text, err := json.Marshal(s.now)
	if err != nil {
		return err
	}
	return s.put("status.json", text)
}

// put replaces a file in one step, so that the page never reads half of it.
func (s *Status) put(name string, text []byte) error {
	return setup.WriteFile(filepath.Join(s.dir, name), text)
}

// Follow copies what is done to where the page reads it, each time that it changes, until the context ends. JupyterLab
// serves no file that a link leads out of the extension's folder.
func (s *Status) Follow(ctx context.Context) {
	tick := time.NewTicker(250 * time.Millisecond)
	defer tick.Stop()
	var seen os.FileInfo
	for {
		if info, err := os.Stat(s.progress); err == nil && (seen == nil || !os.SameFile(info, seen) || info.ModTime() != seen.ModTime()) {
			if text, err := os.ReadFile(s.progress); err == nil && s.put("progress.json", text) == nil {
				seen = info
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
