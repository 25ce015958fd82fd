package setup

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"vaelab/vaelib/words"
)

// ensureTemp makes sure that programs may be run where temporary files are kept: the kernel builds its cells there, and Go
// its tests. Where the system's folder isn't there, is full or has been mounted without that permission, it is .vaelab/tmp, for
// this program and all that it starts.
func (l Layout) ensureTemp() error {
	system, own := os.TempDir(), l.Under("tmp")
	why := runsPrograms(system)
	if why == nil && (!tight(system) || tight(l.Root)) {
		return nil
	}
	err := os.MkdirAll(own, 0o700)
	if err == nil {
		err = runsPrograms(own)
	}
	switch {
	case err == nil:
		return os.Setenv("TMPDIR", own)
	case why == nil:
		return nil
	}
	return &Failure{
		What: words.Say("Programs can't be run from the folder for temporary files, %s (%v), nor from %s (%v)", system, why, own, err),
		Do:   words.Say("Set TMPDIR to a folder of yours on a disk from which programs may be run"), Err: err}
}

// tight reports whether a disk has less room than building a cell and unpacking a package take.
func tight(dir string) bool {
	free, ok := freeSpace(dir)
	return ok && free < 256<<20
}

// runsPrograms says why a program can't be run from a folder, or nil.
func runsPrograms(dir string) error {
	if !filepath.IsAbs(dir) {
		return words.Errorf("it is not an absolute path")
	}
	f, err := os.CreateTemp(dir, "vaelab-runs-*")
	if err != nil {
		return bare(err)
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString("#!/bin/sh\nexit 0\n")
	if err = errors.Join(err, f.Chmod(0o700), f.Close()); err != nil {
		return bare(err)
	}
	for range 20 {
		err = exec.Command(f.Name()).Run()
		if !errors.Is(err, syscall.ETXTBSY) { // a program that another thread has just begun to start still holds the file
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	return bare(err)
}

// bare is a file system's error without its operation and path, which the sentence around it names.
func bare(err error) error {
	if path := (*os.PathError)(nil); errors.As(err, &path) {
		return path.Err
	}
	return err
}
