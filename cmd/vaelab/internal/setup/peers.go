package setup

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// peersDir is the environment of what the measurements compare with.
func (l Layout) peersDir() string { return l.Under("peers") }

// Peers gives the peers' Python and says which versions it holds; "" and "" where it isn't there.
func (lab *Lab) Peers() (python, words string) {
	s, err := lab.peers(lab.Host.Python)
	if err != nil || !lab.upToDate(s) {
		return "", ""
	}
	dir := filepath.Dir(s.Products[0])
	version := func(name string) string {
		found, _ := filepath.Glob(filepath.Join(dir, name+"-*.dist-info"))
		if len(found) != 1 {
			return ""
		}
		return strings.TrimSuffix(strings.TrimPrefix(filepath.Base(found[0]), name+"-"), ".dist-info")
	}
	return filepath.Join(lab.peersDir(), "bin", "python"), fmt.Sprintf("JAX %s, NumPy %s", version("jax"), version("numpy"))
}

// BuildPeers makes the peers' environment if it is missing.
func (lab *Lab) BuildPeers(ctx context.Context, tell Teller) error {
	if lab.Host.Python.Path == "" {
		return &Failure{What: "The peers need Python, and there is none", Do: "Install Python 3.10 or newer, with venv"}
	}
	s, err := lab.peers(lab.Host.Python)
	if err != nil {
		return err
	}
	unlock, err := lab.lock(ctx, "peers", func() { tell.Say("Another vaelab is setting up the peers: waiting until it is done.") })
	if err != nil {
		return err
	}
	defer unlock()
	_, err = lab.runSteps(ctx, []*Step{s}, tell)
	return err
}

// peers is an environment apart from the lab's: nothing in the course needs it.
func (l Layout) peers(p Python) (*Step, error) {
	list := l.lockFile("peers.txt")
	pins, err := os.ReadFile(list)
	if err != nil {
		return nil, fmt.Errorf("the clone is not whole: %w: restore it with git checkout", err)
	}
	if p.Path == "" {
		return nil, fmt.Errorf("there is no Python")
	}
	dir := l.peersDir()
	lib, err := filepath.Rel(l.Venv(), l.sitePackages(p))
	if err != nil {
		return nil, err
	}
	return &Step{
		Name:     "peers",
		Title:    "JAX and NumPy, to compare with",
		Inputs:   []string{l.Root, p.Path, p.Version, string(pins)},
		Products: []string{filepath.Join(dir, lib, "jax"), filepath.Join(dir, lib, "numpy"), filepath.Join(dir, "bin", "python")},
		Make: func(ctx context.Context, log *Log) error {
			if err := log.run(ctx, l.Root, Environ(nil), p.Path, "-m", "venv", "--clear", dir); err != nil {
				return err
			}
			return l.pipOf(ctx, log, filepath.Join(dir, "bin", "python"), "install", "-r", list)
		},
	}, nil
}
