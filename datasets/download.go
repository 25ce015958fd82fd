//go:build !js

package datasets

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"vaelab/vaelib/words"

	"github.com/gofrs/flock"
)

// download brings the files that are missing or damaged in dir from the set's mirrors. Only one program does it at
// a time; another waits and finds the work done. The lock dies with the program that holds it.
func (s set) download(ctx context.Context, dir string, options Options) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return words.Errorf("the folder %s can't be made: %w", dir, cause(err))
	}
	lock := flock.New(filepath.Join(dir, ".lock"))
	if locked, err := lock.TryLock(); err != nil {
		return words.Errorf("the folder %s can't be locked (%w): set VAELAB_CACHE to another one", dir, cause(err))
	} else if !locked {
		say(options.Progress, "%s\n", words.Say("another program is downloading %s: waiting for it", s.name))
		if _, err := lock.TryLockContext(ctx, 100*time.Millisecond); err != nil {
			return err
		}
	}
	defer lock.Unlock()
	for _, f := range s.files {
		if f.intact(dir) {
			continue
		}
		fetch := fetch{file: f, dir: dir, patience: options.patience.orDefault(), progress: options.Progress}
		if err := fetch.run(ctx, s.mirrors); err != nil {
			return err
		}
	}
	return nil
}

func (p patience) orDefault() patience {
	if p == (patience{}) {
		return patience{attempts: 3, pause: time.Second, stall: 30 * time.Second}
	}
	return p
}

// intact says whether dir has the whole file.
func (f file) intact(dir string) bool {
	folder := os.DirFS(dir)
	name := f.find(folder)
	return name != "" && f.open(folder, name, func(r io.Reader) error {
		_, err := io.Copy(io.Discard, r)
		return err
	}) == nil
}

// A fetch is the download of one file, compressed, into a part file and from there into place.
type fetch struct {
	file     file
	dir      string
	patience patience
	progress io.Writer
}

func (d fetch) path(ending string) string { return filepath.Join(d.dir, d.file.name+ending) }

// run tries one mirror after the other.
func (d fetch) run(ctx context.Context, mirrors []string) error {
	if err := d.place(); err == nil {
		return nil // an earlier program was stopped between the last byte and this step
	}
	var tried []error
	for _, mirror := range mirrors {
		url := mirror + d.file.name + ".gz"
		err := d.from(ctx, url)
		if err == nil {
			return nil
		}
		tried = append(tried, words.Errorf("%s: %w", url, err))
		if disk := (*diskError)(nil); ctx.Err() != nil || errors.As(err, &disk) {
			break // no other mirror would change that
		}
		say(d.progress, "%s\n", words.Say("%s: %v", url, err))
	}
	return errors.Join(tried...)
}

// from tries one address until the file is whole or the address has brought nothing new several times in a row.
func (d fetch) from(ctx context.Context, url string) error {
	var most int64 // bytes of the part so far
	pause := d.patience.pause
	for failures := 0; ; {
		resumed, err := d.attempt(ctx, url)
		if err == nil {
			if err = d.place(); err == nil {
				return nil
			}
			if !errors.Is(err, ErrFormat) && !errors.Is(err, ErrSum) {
				return err // not the fault of what came
			}
			d.discard()
			if !resumed {
				return err
			}
			err = &passing{err} // two ends that don't belong together: once more from the start
		}
		if transient := (*passing)(nil); !errors.As(err, &transient) || ctx.Err() != nil {
			return err
		}
		if info, statErr := os.Stat(d.path(".part")); statErr == nil && info.Size() > most {
			most, failures, pause = info.Size(), 0, d.patience.pause
		} else {
			failures++
		}
		if failures >= d.patience.attempts {
			return err
		}
		say(d.progress, "%s\n", words.Say("%s: %v: trying again in %v", url, err, pause))
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(pause):
		}
		pause *= 2
	}
}

// place unpacks the part file, checks it, and puts it under its name in one step, so that no other program ever
// sees half a file. The unpacked file is kept, as it opens several times faster.
func (d fetch) place() error {
	part, err := os.Open(d.path(".part"))
	if err != nil {
		return err
	}
	defer part.Close()
	unpacked, err := os.Create(d.path(".tmp"))
	if err != nil {
		return &diskError{err}
	}
	defer os.Remove(unpacked.Name()) // fails once it is renamed
	defer unpacked.Close()
	if err := d.unpack(unpacked, part); err != nil {
		return err
	}
	if err := errors.Join(unpacked.Sync(), unpacked.Close()); err != nil {
		return &diskError{err}
	}
	if err := os.Rename(unpacked.Name(), d.path("")); err != nil {
		return &diskError{err}
	}
	part.Close()
	d.discard()
	return nil
}

// discard forgets what has arrived.
func (d fetch) discard() {
	os.Remove(d.path(".part"))
	os.Remove(d.path(".part.from"))
}

// A passing error may be gone at the next try.
type passing struct{ error }

func (e *passing) Unwrap() error { return e.error }

// A diskError is about this machine, not about a mirror.
type diskError struct{ error }

func (e *diskError) Unwrap() error { return e.error }

// disk marks the errors of writing a file.
type disk struct{ file *os.File }

func (d disk) Write(p []byte) (int, error) {
	n, err := d.file.Write(p)
	if err != nil {
		err = &diskError{err}
	}
	return n, err
}

func say(progress io.Writer, format string, values ...any) {
	if progress != nil {
		fmt.Fprintf(progress, format, values...)
	}
}
