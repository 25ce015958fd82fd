package setup

import (
	"context"
	_ "embed"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"vaelab/vaelib/words"
)

// graderDir is the environment of nbgrader and JupyterHub, which only teachers need.
func (l Layout) graderDir() string { return l.Under("nbgrader") }

// verdicts are settings that nbgrader reads from its environment before a course's own, so that they hold in courses
// that were made before there were any, too.
//
//go:embed verdicts.py
var verdicts string

// BuildGrader makes nbgrader's environment if it is missing, and returns the command that runs it: by Python, since the script
// that pip makes is a shell's where the clone's path has a space, which takes a $NAME in it for a variable.
func (lab *Lab) BuildGrader(ctx context.Context, tell Teller) ([]string, error) {
	s, err := lab.grader(lab.Host.Python)
	if err != nil {
		return nil, err
	}
	if err := lab.buildApart(ctx, s, "nbgrader", tell); err != nil {
		return nil, err
	}
	for path, text := range map[string][]byte{
		filepath.Join("etc", "jupyter", "nbgrader_config.py"):                  verdictsIn(words.Languages),
		filepath.Join("share", "jupyter", "lab", "settings", "overrides.json"): []byte(overrides(words.Languages[0].Lab)), // for a hub's pages
	} {
		if err := WriteFile(filepath.Join(lab.graderDir(), path), text); err != nil {
			return nil, words.Errorf("nbgrader's settings can't be written: %w", err)
		}
	}
	return []string{pythonIn(lab.graderDir()), "-I", "-m", "nbgrader"}, nil
}

// verdictsIn are the settings for cards in any of the languages, since a course may be made of each edition's notebooks. What they
// tell a teacher is in the language that is spoken. A language whose catalogue can't be read has no cards either.
func verdictsIn(languages []words.Language) []byte {
	var right []string
	for _, l := range languages {
		if said, err := words.Library(l); err == nil {
			right = append(right, regexp.QuoteMeta(said.Text(words.Mark("right"))))
		}
	}
	told := words.Mark("No point: the check has given no verdict. Has something ended the program before, such as os.Exit?")
	return []byte(strings.NewReplacer("(?:right)", "(?:"+strings.Join(right, "|")+")",
		strconv.Quote(told), strconv.Quote(words.Text(told))).Replace(verdicts))
}

// grader is compiled at once: a class's learners can't write what Python compiles for them, and would wait for it at each start.
func (l Layout) grader(p Python) (*Step, error) {
	return l.apart("nbgrader", "nbgrader", p, true, []string{"nbgrader.apps", "jupyterhub.app"}, func(dir, lib string) []string {
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
