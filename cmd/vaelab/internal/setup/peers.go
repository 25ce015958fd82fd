package setup

import (
	"context"
	"fmt"
	"io/fs"
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
		found, _ := fs.Glob(os.DirFS(dir), name+"-*.dist-info") // the only error is a bad pattern
		if len(found) != 1 {
			return ""
		}
		return strings.TrimSuffix(strings.TrimPrefix(found[0], name+"-"), ".dist-info")
	}
	return pythonIn(lab.peersDir()), fmt.Sprintf("JAX %s, NumPy %s", version("jax"), version("numpy"))
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
	return lab.buildApart(ctx, s, "the peers", tell)
}

// peers is the step that makes their environment: nothing in the course needs it.
func (l Layout) peers(p Python) (*Step, error) {
	if p.Path == "" {
		return nil, fmt.Errorf("there is no Python")
	}
	return l.apart("peers", "JAX and NumPy, to compare with", p, true, []string{"jax", "numpy"}, func(dir, lib string) []string {
		return []string{filepath.Join(lib, "jax"), filepath.Join(lib, "numpy"), pythonIn(dir)}
	})
}
