package datasets

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"vaelab/vaelib/words"
)

// Options say where [Load] looks and what it may do. The zero value is what most callers want: the cache, the system's
// folder and the web, in silence. Calls of Load that share a Progress may write to it at once.
type Options struct {
	Dir      string    // a folder with the four files: only this one is looked at
	Offline  bool      // never download
	Progress io.Writer // gets the lines about a download; nil: silent

	patience patience // tests have less
}

// patience is how long a download puts up with a bad connection.
type patience struct {
	attempts int           // tries of one address in a row that bring nothing new
	pause    time.Duration // after the first failed try; doubled after each further one
	stall    time.Duration // a connection over which nothing comes for so long is given up
}

// Load opens a set of images by its name, one of [Names], and downloads it where it must; the package comment says
// from where. It stops when ctx is done. A failure to find or fetch the files is a [*LoadError].
func Load(ctx context.Context, name string, options Options) (Dataset, error) {
	s, err := lookUp(name)
	if err != nil {
		return Dataset{}, err
	}
	if name == FashionSample {
		if options.Dir != "" {
			return Dataset{}, words.Errorf("%s is part of the program and is not read from the folder %s: "+
				"give no folder, or ask for %s", name, options.Dir, Fashion)
		}
		return Sample()
	}
	return s.load(ctx, options)
}

func (s set) load(ctx context.Context, options Options) (Dataset, error) {
	if options.Dir != "" {
		data, err := s.readFolder(options.Dir)
		if err != nil {
			return Dataset{}, s.failed(err)
		}
		return data, nil
	}
	cache, err := CacheDir(s.name)
	if err != nil {
		return Dataset{}, s.failed(err)
	}
	var tried []error
	for _, dir := range append([]string{cache}, s.system...) {
		data, err := s.readFolder(dir)
		if err == nil {
			return data, nil
		}
		tried = append(tried, err)
	}
	if options.Offline {
		return Dataset{}, s.failed(append(tried, words.Errorf("the web: not asked, as Offline is set"))...)
	}
	if err := s.download(ctx, cache, options); err != nil {
		if ctx.Err() != nil {
			return Dataset{}, words.Errorf("the download of %s was stopped (%w); the next one goes on from there",
				s.name, context.Cause(ctx))
		}
		return Dataset{}, s.failed(append(tried, err)...)
	}
	data, err := s.readFolder(cache)
	if err != nil {
		return Dataset{}, s.failed(err)
	}
	return data, nil
}

// CacheDir is the folder into which Load downloads a set: vaelab/datasets/NAME in the user's cache folder
// ([os.UserCacheDir]), or datasets/NAME in the folder that the environment variable VAELAB_CACHE names.
func CacheDir(name string) (string, error) {
	if dir := os.Getenv("VAELAB_CACHE"); dir != "" {
		return filepath.Join(dir, "datasets", name), nil
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", words.Errorf("the user's cache folder is not known (%w): set VAELAB_CACHE to a folder to keep data in", err)
	}
	return filepath.Join(dir, "vaelab", "datasets", name), nil
}

func (s set) readFolder(dir string) (Dataset, error) {
	data, err := s.read(os.DirFS(dir))
	if err != nil {
		return Dataset{}, words.Errorf("the folder %s: %w", dir, err)
	}
	data.Source = words.Say("from %s", dir)
	return data, nil
}

// LoadError says why a set could not be loaded: everything that was tried, and what to do.
type LoadError struct {
	Name  string  // the set's name
	Tried []error // one for each place, in order
	Help  string  // how to get the files, as a sentence
}

func (e *LoadError) Error() string {
	var text strings.Builder
	text.WriteString(words.Say("%s can't be loaded.", e.Name))
	for _, err := range e.Tried {
		fmt.Fprintf(&text, "\n  - %s", strings.ReplaceAll(fmt.Sprint(err), "\n", "\n  - "))
	}
	fmt.Fprintf(&text, "\n%s", e.Help)
	return text.String()
}

// Unwrap lets errors.Is and errors.As see each of the errors.
func (e *LoadError) Unwrap() []error { return e.Tried }

func (s set) failed(tried ...error) error {
	names := make([]string, len(s.files))
	for i, f := range s.files {
		names[i] = f.name
	}
	files := strings.Join(names, ", ")
	help := words.Say("What to do: put the files %s (with .gz or without) into a folder and name that folder.", files)
	if s.help != "" {
		help = words.Say("What to do: put the files %s (with .gz or without) into a folder and name that folder, or %s.", files, words.Text(s.help))
	}
	return &LoadError{Name: s.name, Tried: tried, Help: help}
}
