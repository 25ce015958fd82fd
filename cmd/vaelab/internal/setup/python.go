package setup

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"vaelab/vaelib/words"
)

// environment is an empty virtual environment with pip. Python's own way of putting pip there takes seconds, most of them
// for compiling what is never used; where its wheel is in a usual place, it is only unpacked.
func (l Layout) environment(p Python) *Step {
	return &Step{
		Name:     "python",
		Title:    words.Say("Python environment"),
		Inputs:   []string{l.Root, p.Path, p.Version},
		Products: []string{filepath.Join(l.Venv(), "pyvenv.cfg"), l.Python(), filepath.Join(l.sitePackages(p), "pip")},
		Check:    imports(l.Python(), "pip"),
		Make:     func(ctx context.Context, log *Log) error { return l.newEnvironment(ctx, log, p, l.Venv()) },
	}
}

// newEnvironment makes an empty one with pip in a folder, whatever was there.
func (l Layout) newEnvironment(ctx context.Context, log *Log, p Python, dir string) error {
	if p.Pip != "" {
		err := log.run(ctx, l.Root, Environ(nil), p.Path, "-I", "-m", "venv", "--clear", "--without-pip", dir)
		if err == nil {
			err = log.run(ctx, l.Root, Environ(nil), pythonIn(dir), "-I", "-m", "zipfile", "-e", p.Pip, p.packages(dir))
		}
		if err == nil || ctx.Err() != nil {
			return err
		}
	}
	return log.run(ctx, l.Root, Environ(nil), p.Path, "-I", "-m", "venv", "--clear", dir)
}

// pythonIn is the interpreter of the environment in a folder.
func pythonIn(dir string) string { return filepath.Join(dir, "bin", "python") }

// packages is where an environment that was made by this Python in a folder keeps its packages.
func (p Python) packages(dir string) string {
	minor := strings.Join(strings.SplitN(p.Version, ".", 3)[:2], ".")
	return filepath.Join(dir, "lib", "python"+minor, "site-packages")
}

// sitePackages is where the lab's environment keeps its packages.
func (l Layout) sitePackages(p Python) string { return p.packages(l.Venv()) }

// jupyter fills the environment with JupyterLab and what executes notebooks without a browser.
func (l Layout) jupyter(p Python) (*Step, error) {
	list, pins, err := l.pins("jupyter.txt")
	if err != nil {
		return nil, err
	}
	share := filepath.Join(l.Venv(), "share", "jupyter", "lab")
	return &Step{
		Name:     "jupyter",
		Title:    "JupyterLab " + pinned(pins, "jupyterlab"),
		Needs:    []string{"python"},
		Inputs:   []string{l.Root, p.Path, p.Version, pins, overrides("")},
		Products: []string{l.sitePackages(p), share},
		Check:    imports(l.Python(), "jupyterlab.labapp", "nbclient", "nbformat", "nbconvert"),
		Make: func(ctx context.Context, log *Log) error {
			empty := func() error { return emptyEnvironment(l.sitePackages(p), l.Venv()) }
			if err := empty(); err != nil {
				return err
			}
			if err := l.fill(ctx, log, l.Python(), list, false, empty); err != nil {
				return err
			}
			return WriteFile(l.overrides(), []byte(overrides(words.Languages[0].Lab)))
		},
	}, nil
}

// imports is a check that an environment's Python has modules. pip may say that it has installed what it has not.
func imports(python string, modules ...string) func(context.Context, *Log) error {
	return func(ctx context.Context, log *Log) error {
		return log.run(ctx, filepath.Dir(python), Environ(nil), python, "-I", "-c", "import "+strings.Join(modules, ", "))
	}
}

// overrides are JupyterLab's defaults in this lab: its language; no pop-up that asks about news, no look for updates; file names with
// room to be read; and what one does is saved after seconds, so that a start goes on where the last one ended.
func overrides(locale string) string {
	return strings.Replace(`{
  "@jupyterlab/translation-extension:plugin": {
    "locale": "LOCALE"
  },
  "@jupyterlab/docmanager-extension:plugin": {
    "autosaveInterval": 15
  },
  "@jupyterlab/filebrowser-extension:browser": {
    "showLastModifiedColumn": false
  },
  "@jupyterlab/apputils-extension:notification": {
    "fetchNews": "false",
    "checkForUpdates": false
  }
}
`, "LOCALE", locale, 1)
}

func (l Layout) overrides() string {
	return filepath.Join(l.Venv(), "share", "jupyter", "lab", "settings", "overrides.json")
}

// Speak has JupyterLab speak a language when its page is loaded. What a learner has chosen on the page stays, unless the language was
// asked for just now.
func (l Layout) Speak(language words.Language, asked bool) error {
	if err := WriteFile(l.overrides(), []byte(overrides(language.Lab))); err != nil {
		return words.Errorf("JupyterLab can't be told its language: %w", err)
	}
	if !asked {
		return nil
	}
	chosen := filepath.Join(l.settings(), "@jupyterlab", "translation-extension", "plugin.jupyterlab-settings")
	if err := os.Remove(chosen); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return words.Errorf("the language that was chosen in JupyterLab can't be taken back: %w", err)
	}
	return nil
}

// emptyEnvironment removes what a broken or older installation has left, and keeps pip.
func emptyEnvironment(site, venv string) error {
	entries, err := os.ReadDir(site)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		keep := strings.HasPrefix(name, "pip") || strings.HasPrefix(name, "setuptools") ||
			name == "pkg_resources" || name == "_distutils_hack" || name == "distutils-precedence.pth"
		if keep {
			continue
		}
		if err := os.RemoveAll(filepath.Join(site, name)); err != nil {
			return err
		}
	}
	for _, name := range []string{"share", "etc"} {
		if err := os.RemoveAll(filepath.Join(venv, name)); err != nil {
			return err
		}
	}
	return nil
}

// pinned is the version of a package in a lock file.
func pinned(list, name string) string {
	for line := range strings.Lines(list) {
		if rest, ok := strings.CutPrefix(line, name+"=="); ok {
			return strings.Fields(rest)[0]
		}
	}
	return ""
}
