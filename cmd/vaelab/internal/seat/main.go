// Command seat gives the kernel's user a place of his own, and then runs the kernel:
//
//	seat PROGRAM ARGUMENTS…
//
// In a clone that its user can write, that place is the clone, and seat does nothing. Where the clone is a class's, which learners can
// read and no more, it is a folder in the learner's home: for what his cells compile, over what the class has compiled (twocaches),
// for what his tools know, and, as package places finds it, for his runs and his progress. A learner without a home that can
// be written gets a folder that is gone some day, and the course tells him so.
package main

import (
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

// takePlace sets the environment for the user's place beside a clone that he can't write.
func takePlace(clone string) error {
	if places.Writable(clone) {
		return nil
	}
	own, why, err := place(os.Getenv, os.TempDir(), os.Getuid())
	if err != nil {
		return err
	}
	cache := filepath.Join(own, "cache")
	env := map[string]string{
		places.OwnEnv: own, places.TemporaryEnv: why,
		"XDG_CACHE_HOME": cache, "GOPLSCACHE": filepath.Join(cache, "gopls"), "VAELAB_CACHE": cache,
		"GOPATH": filepath.Join(own, "go"),
	}
	if shared := os.Getenv("GOCACHE"); shared != "" {
		env["GOCACHE"] = filepath.Join(own, "compiled")
		env["GOCACHEPROG"] = fmt.Sprintf("'%s' '%s' '%s'", filepath.Join(places.Lab(clone), "kernel", "twocaches"), shared, env["GOCACHE"])
	}
	for key, value := range env {
		if err := os.Setenv(key, value); err != nil {
			return err
		}
	}
	return nil
}
