package main

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// identity tells this program from any other that was built here: by source, folder and key.
func (c cell) identity() string {
	sum := sha256.Sum256([]byte(c.key + "\x00" + c.folder + "\x00" + c.module + "\x00" + string(c.source)))
	return base64.RawURLEncoding.EncodeToString(sum[:15])
}

// ofBehind is what the name of the file ends with that says from what the program beside it was built.
const ofBehind = ".of"

func (c cell) note() string { return c.target + ofBehind }

// isBuilt says whether the program is there already: a cell is run again.
func (c cell) isBuilt() bool {
	text, err := os.ReadFile(c.note())
	if err != nil || string(text) != c.identity() {
		return false
	}
	_, err = os.Stat(c.target)
	return err == nil
}

// serves says whether a recipe can build a cell: all that it imports is known, and is still there.
func (r *recipe) serves(c cell) bool {
	if r == nil {
		return false
	}
	for _, path := range c.imports {
		if _, known := r.Direct[path]; !known && path != "unsafe" {
			return false
		}
	}
	for _, file := range r.All {
		info, err := os.Stat(file)
		if err != nil {
			return false
		}
		used(file, info)
	}
	return true
}

// build compiles and links a cell, and puts the program into its place in one step. Where the machine is busy with others' cells, Go's tools
// keep to one core each: sharing their work out costs a twelfth. Where a build fails, the go command says why.
func (r *recipe) build(c cell, busy bool) bool {
	work, err := os.MkdirTemp(c.folder, ".building-") // Go's tools pass over such names
	if err != nil {
		return false
	}
	defer os.RemoveAll(work)
	program := filepath.Join(work, "program")
	all := maps.Clone(r.All)
	all[c.module] = filepath.Join(work, "_pkg_.a")
	for name, text := range map[string]string{"importcfg": config(r.Direct), "importcfg.link": config(all) + "modinfo " + special(r.Info, c.folder, work, c.module) + "\n"} {
		if os.WriteFile(filepath.Join(work, name), []byte(text), 0o600) != nil {
			return false
		}
	}
	id := c.identity()
	for _, step := range []struct {
		command  []string
		own, cfg string
		env      []string
	}{
		{r.Compile, filepath.Join(work, "_pkg_.a"), "importcfg", nil},
		{r.Link, program, "importcfg.link", []string{"GOGC=off"}}, // of its 100 MB, most are needed to the end: collecting costs a twentieth
	} {
		args := make([]string, len(step.command))
		for i, text := range step.command {
			args[i] = special(text, c.folder, work, c.module)
			switch { // none of the go command's own names, or it would take one program for another
			case i > 0 && args[i-1] == "-o":
				args[i] = step.own
			case i > 0 && args[i-1] == "-importcfg":
				args[i] = filepath.Join(work, step.cfg)
			case i > 0 && args[i-1] == "-buildid":
				args[i] = id + "/" + id
			case strings.HasPrefix(args[i], "-buildid="):
				args[i] = "-buildid=" + strings.Join([]string{id, id, id, id}, "/")
			}
		}
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Dir, cmd.Env = c.folder, append(os.Environ(), step.env...)
		if busy {
			cmd.Env = append(cmd.Env, "GOMAXPROCS=1")
		}
		for _, kv := range r.Env {
			cmd.Env = append(cmd.Env, special(kv, c.folder, work, c.module))
		}
		if cmd.Run() != nil {
			return false
		}
	}
	_ = os.Remove(c.note())
	return os.Rename(program, c.target) == nil && os.WriteFile(c.note(), []byte(id), 0o600) == nil
}

// config is the text of an importcfg.
func config(files map[string]string) string {
	var text strings.Builder
	for _, path := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&text, "packagefile %s=%s\n", path, files[path])
	}
	return text.String()
}
