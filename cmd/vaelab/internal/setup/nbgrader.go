package setup

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// graderDir is the environment of nbgrader, which only teachers need.
func (l Layout) graderDir() string { return l.Under("nbgrader") }

// BuildGrader makes nbgrader's environment if it is missing, and returns its program.
func (lab *Lab) BuildGrader(ctx context.Context, tell Teller) (string, error) {
	s, err := lab.grader(lab.Host.Python)
	if err != nil {
		return "", err
	}
	unlock, err := lab.lock(ctx, "nbgrader", func() { tell.Say("Another vaelab is setting up nbgrader: waiting until it is done.") })
	if err != nil {
		return "", err
	}
	defer unlock()
	_, err = lab.runSteps(ctx, []*Step{s}, tell)
	return filepath.Join(lab.graderDir(), "bin", "nbgrader"), err
}

// grader is an environment apart from the lab's, which stays as small as learners need it.
func (l Layout) grader(p Python) (*Step, error) {
	list := l.lockFile("nbgrader.txt")
	pins, err := os.ReadFile(list)
	if err != nil {
		return nil, fmt.Errorf("the clone is not whole: %w: restore it with git checkout", err)
	}
	dir := l.graderDir()
	lib, err := filepath.Rel(l.Venv(), l.sitePackages(p))
	if err != nil {
		return nil, err
	}
	return &Step{
		Name:     "nbgrader",
		Title:    "nbgrader",
		Inputs:   []string{l.Root, p.Path, p.Version, string(pins)},
		Products: []string{filepath.Join(dir, lib), filepath.Join(dir, "bin", "nbgrader")},
		Make: func(ctx context.Context, log *Log) error {
			if err := log.run(ctx, l.Root, Environ(nil), p.Path, "-m", "venv", "--clear", dir); err != nil {
				return err
			}
			return l.pipOf(ctx, log, filepath.Join(dir, "bin", "python"), "install", "-r", list)
		},
	}, nil
}

// GraderEnv is the environment for nbgrader, which finds its own tools on PATH, and the lab's kernel where Jupyter
// looks for data.
func (lab *Lab) GraderEnv() []string {
	kernels := lab.kernels
	if kernels == "" {
		kernels = filepath.Join(lab.Venv(), "share", "jupyter")
	}
	path := strings.Join([]string{filepath.Join(lab.graderDir(), "bin"), os.Getenv("PATH")}, string(os.PathListSeparator))
	more := lab.jupyterFolders()
	more["PATH"], more["JUPYTER_PATH"] = path, kernels
	more["PYTHONWARNINGS"] = "ignore" // of the database's library, which its users can do nothing about
	return Environ(more)
}
