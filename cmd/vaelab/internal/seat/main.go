// Command seat gives the kernel's user a place of his own, and then runs the kernel:
//
//	seat PROGRAM ARGUMENTS…
//
// In a clone that its user can write, that place is the clone, and seat does next to nothing. Where the clone is a class's, which
// learners can read and no more, it is a folder in the learner's home: for what his cells compile, over what the class has compiled (twocaches),
// for what his tools know, and, as package places finds it, for his runs and his progress. A learner without a home that can
// be written gets a folder that is gone some day, and the course tells him so.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"vaelab/vaelib/places"
	"vaelab/vaelib/words"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "seat: give a program to run") // to whoever calls it by hand
		os.Exit(2)
	}
	fmt.Fprintln(os.Stderr, words.Say("%s can't be run: %v", os.Args[1], run(os.Args[1:])))
	os.Exit(1)
}

// run becomes the program, in its user's place.
func run(args []string) error {
	clone, err := places.Clone()
	if err != nil {
		return err
	}
	if err := takePlace(clone); err != nil {
		return err
	}
	program, err := exec.LookPath(args[0])
	if err != nil {
		return err
	}
	return syscall.Exec(program, args, os.Environ())
}

// takePlace sets the environment for the user's place beside a class's clone. Its owner needs no more of it than what his cells compile:
// what Go throws out of his folder, since it hasn't been used for days, stays in the class's.
func takePlace(clone string) error {
	if !places.Writable(clone) {
		return takeLearners(clone)
	}
	if _, err := os.Stat(places.Class(clone)); err != nil {
		return nil
	}
	return set(compiled(clone, filepath.Join(places.Lab(clone), "owner")))
}

// takeLearners is takePlace for whoever can't write the clone.
func takeLearners(clone string) error {
	own, why, err := place(os.Getenv, os.TempDir(), os.Getuid())
	if err != nil {
		return err
	}
	cache := filepath.Join(own, "cache")
	return errors.Join(set(compiled(clone, own)), set(map[string]string{
		places.OwnEnv: own, places.TemporaryEnv: why,
		"XDG_CACHE_HOME": cache, "GOPLSCACHE": filepath.Join(cache, "gopls"), "VAELAB_CACHE": cache,
		"GOPATH": filepath.Join(own, "go"),
	}))
}

// compiled are Go's settings for a build cache of one's own over the class's.
func compiled(clone, own string) map[string]string {
	shared, mine := os.Getenv("GOCACHE"), filepath.Join(own, "compiled")
	if shared == "" {
		return nil
	}
	program := filepath.Join(places.Lab(clone), "kernel", "twocaches")
	return map[string]string{"GOCACHE": mine, "GOCACHEPROG": fmt.Sprintf("'%s' '%s' '%s'", program, shared, mine)}
}

func set(env map[string]string) (err error) {
	for key, value := range env {
		err = errors.Join(err, os.Setenv(key, value))
	}
	return err
}
