package main

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"

	"vaelab/vaelib/places"
	"vaelab/vaelib/words"
)

// place is a folder of the user's own, that can be written: the one that VAELAB_OWN names, else one in his home, else one among the
// temporary files; then why says why it isn't in his home.
func place(getenv func(string) string, temp string, user int) (dir, why string, err error) {
	if named := getenv(places.OwnEnv); named != "" {
		dir, err = filepath.Abs(named)
		return dir, getenv(places.TemporaryEnv), err
	}
	home := getenv("HOME")
	switch {
	case home == "" || !filepath.IsAbs(home):
		err = words.Errorf("there is no home folder")
	default:
		dir = filepath.Join(home, ".cache", places.Module)
		err = tryWriting(dir)
	}
	if err == nil {
		return dir, "", nil
	}
	why = err.Error()
	dir = filepath.Join(temp, places.Module+"-"+strconv.Itoa(user)) // the same for all kernels of the user
	if err = os.Mkdir(dir, 0o700); errors.Is(err, os.ErrExist) {
		err = isOurs(dir, user)
	}
	if err == nil {
		err = tryWriting(dir)
	}
	if err != nil { // another's folder has that name
		dir, err = os.MkdirTemp(temp, places.Module+"-")
	}
	if err != nil {
		return "", "", words.Errorf("there is no folder to keep things in: set %s to one: %w", places.OwnEnv, err)
	}
	return dir, why, nil
}

// tryWriting makes a folder and writes some bytes in it: on a full disk a folder can be made, and a file, but not filled.
func tryWriting(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "try-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(make([]byte, 64<<10))
	return errors.Join(err, f.Close())
}
