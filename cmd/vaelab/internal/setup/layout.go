package setup

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"vaelab/vaelib/places"
	"vaelab/vaelib/words"
)

// Layout says where things are in a clone.
type Layout struct {
	Root string // absolute path of the clone
}

// FindRoot goes from dir upward to the folder whose go.mod declares this module.
func FindRoot(dir string) (Layout, error) {
	root, err := places.Around(dir)
	switch {
	case errors.Is(err, places.ErrNoClone):
		return Layout{}, words.Errorf("%s is not inside a clone of vaelab: change into the clone (the folder with go.mod) and run the command again", dir)
	case err != nil:
		return Layout{}, err
	}
	return checkedRoot(root)
}

// checkedRoot refuses paths that the tools can't live with: PATH and Python's environments split at colons, the kernel splits
// its list of modules at commas, and Go takes a backslash for Windows's, embeds no files below a path that isn't Unicode, and
// builds nothing below control characters.
func checkedRoot(root string) (Layout, error) {
	if i := strings.IndexFunc(root, unfit); i >= 0 {
		letter, _ := utf8.DecodeRuneInString(root[i:])
		return Layout{}, words.Errorf("the clone's path %q contains the character %q, which Python's environments or Go's tools can't handle: move the clone to a path without it", root, letter)
	}
	for _, name := range []string{"{connection_file}", "{prefix}", "{resource_dir}"} {
		if strings.Contains(root, name) {
			return Layout{}, words.Errorf("the clone's path %s contains %s, in whose place Jupyter puts something else: move the clone to a path without it", root, name)
		}
	}
	return Layout{Root: root}, nil
}

func unfit(r rune) bool {
	return strings.ContainsRune(":,\"'\\", r) || unicode.IsControl(r) || r == utf8.RuneError
}

// Dir is the folder that holds everything the set-up makes; deleting it undoes the set-up.
func (l Layout) Dir() string { return places.Lab(l.Root) }

// Under joins names to Dir.
func (l Layout) Under(names ...string) string {
	return filepath.Join(append([]string{l.Dir()}, names...)...)
}

// Notebooks is the folder that JupyterLab opens.
func (l Layout) Notebooks() string { return filepath.Join(l.Root, "notebooks") }

// Runs is where cells keep what is trained, and which exercises are done; places.Runs says the same, to cells.
func (l Layout) Runs() (string, error) { return places.RunsOf(l.Root) }

// Extensions is where JupyterLab looks for extensions of this lab.
func (l Layout) Extensions() string { return l.Under("jupyter", "data", "labextensions") }

// settings is where JupyterLab keeps what a learner chooses in it.
func (l Layout) settings() string { return l.Under("jupyter", "settings") }

// Bin holds the Go programs that the set-up builds.
func (l Layout) Bin() string { return l.Under("bin") }

// KernelBin comes before everything else on the PATH of the kernel, and of nothing else.
func (l Layout) KernelBin() string { return l.Under("kernel") }

// Venv is Python's virtual environment.
func (l Layout) Venv() string { return l.Under("venv") }

// Python is the environment's interpreter.
func (l Layout) Python() string { return pythonIn(l.Venv()) }

// Log is the file that keeps what a step's tools said.
func (l Layout) Log(step string) string { return l.Under("logs", step+".log") }

// lockFile is the text of one of the pinned lists of Python packages, kept beside this package.
func (l Layout) lockFile(name string) string {
	return filepath.Join(l.Root, "cmd", "vaelab", "internal", "setup", "pins", name)
}

// pins reads a lock file: where it lies, and what it says.
func (l Layout) pins(name string) (list, text string, err error) {
	list = l.lockFile(name)
	read, err := os.ReadFile(list)
	if err != nil {
		return "", "", words.Errorf("the clone is not whole: %w: restore it with git checkout", err)
	}
	return list, string(read), nil
}

// tools is the nested module that pins the programs built into Bin.
func (l Layout) tools() string { return filepath.Join(l.Root, "cmd", "vaelab", "tools") }
