package setup

import (
	"context"
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
	err = lab.buildApart(ctx, s, "nbgrader", tell)
	return filepath.Join(lab.graderDir(), "bin", "nbgrader"), err
}

func (l Layout) grader(p Python) (*Step, error) {
	return l.apart("nbgrader", "nbgrader", p, []string{"nbgrader.apps"}, func(dir, lib string) []string {
		return []string{lib, filepath.Join(dir, "bin", "nbgrader")}
	})
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
