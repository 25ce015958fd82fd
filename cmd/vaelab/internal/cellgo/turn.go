package main

import (
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// Linking a cell takes a core for a third of a second and up to 160 MB. Where a class shares a machine, many links at once only keep
// each other waiting, each with its memory. So each build takes one of as many turns as there are cores: a lock on a file that whoever
// can read it may take, and that ends with its holder.

// longestWait is how long a build waits for a turn: then it goes on without, whatever holds them.
const longestWait = 15 * time.Second

// turns is the folder of the files, beside this program.
func turns() string {
	self, err := os.Executable()
	if err != nil {
		return ""
	}
	return filepath.Join(filepath.Dir(self), "turns")
}

// takeTurn waits for a turn, at most as long as the limit, and gives what gives it back, and whether there was one to wait for. Where there
// are no turns to take, it doesn't wait.
func takeTurn(folder string, limit time.Duration) (giveBack func(), busy bool) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return func() {}, false
	}
	var files []*os.File
	for _, entry := range entries {
		file, err := os.Open(filepath.Join(folder, entry.Name()))
		if err != nil {
			continue
		}
		if lock(file, syscall.LOCK_NB) == nil {
			closeAll(files)
			return func() { file.Close() }, false
		}
		files = append(files, file)
	}
	// The system's own queues keep the order. Waiting in all of them, none stands idle; all but the first that comes are left.
	got, enough := make(chan *os.File), make(chan struct{})
	for _, file := range files {
		go func() {
			if lock(file, 0) != nil {
				file.Close() // a disk without locks
				file = nil
			}
			select {
			case got <- file:
			case <-enough:
				if file != nil {
					file.Close()
				}
			}
		}()
	}
	late := time.After(limit)
	defer close(enough)
	for range files {
		select {
		case file := <-got:
			if file != nil {
				return func() { file.Close() }, true
			}
		case <-late:
			return func() {}, true
		}
	}
	return func() {}, false
}

// lock takes the lock of a file, which closing it ends.
func lock(file *os.File, how int) error {
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|how)
		if err != syscall.EINTR {
			return err
		}
	}
}

func closeAll(files []*os.File) {
	for _, file := range files {
		file.Close()
	}
}
