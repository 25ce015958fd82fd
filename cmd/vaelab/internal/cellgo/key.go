package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"vaelab/vaelib/places"
)

// key names all that shapes how the cells in a folder are built, but for their source: Go itself, its settings, the modules, and the
// clone's packages. The folder and its module have other names in each kernel, which don't count. It isn't ok where something would
// count that isn't looked at.
func key(program, folder string) (sum, module string, ok bool) {
	var all strings.Builder
	add := func(name, text string) { fmt.Fprintf(&all, "%s %d\n%s\n", name, len(text), text) }

	add("format", "1")
	real, err := filepath.EvalSymlinks(program)
	if err != nil {
		return "", "", false
	}
	root := os.Getenv("GOROOT")
	if root == "" {
		root = filepath.Dir(filepath.Dir(real))
	}
	version, err := os.ReadFile(filepath.Join(root, "VERSION"))
	if err != nil { // Go from its own repository, which may change at any time
		return "", "", false
	}
	add("go", real)
	add("version", string(version))
	clone := os.Getenv(places.RootEnv)
	for _, name := range []string{"go.mod", "go.sum", "go.work", "go.work.sum"} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil && (name == "go.mod" || !os.IsNotExist(err)) {
			return "", "", false
		}
		if name == "go.mod" {
			if module = moduleOf(string(text)); module == "" {
				return "", "", false
			}
		}
		if !known(string(text), folder, clone) {
			return "", "", false
		}
		add(name, general(string(text), folder, "", module))
	}
	for _, setting := range settings(os.Environ()) {
		add("setting", general(setting, folder, "", module))
	}
	if clone != "" {
		text, err := os.ReadFile(filepath.Join(clone, "go.mod"))
		if err != nil || !known(string(text), clone, clone) {
			return "", "", false
		}
		if !fingerprint(clone, add) {
			return "", "", false
		}
	}
	digest := sha256.Sum256([]byte(all.String()))
	return hex.EncodeToString(digest[:16]), module, true
}

// settings are the variables of an environment that the go command and its compilers read.
func settings(env []string) (found []string) {
	for _, kv := range env {
		name, _, _ := strings.Cut(kv, "=")
		switch {
		case strings.HasPrefix(name, "GONB_"), strings.HasPrefix(name, "GOMLX_"): // these are for programs that run
		case slices.Contains(elsewhere, name):
		case strings.HasPrefix(name, "GO"), strings.HasPrefix(name, "CGO_"), slices.Contains([]string{"CC", "CXX", "FC", "AR", "PKG_CONFIG"}, name):
			found = append(found, kv)
		}
	}
	slices.Sort(found)
	return found
}

// elsewhere are settings of where things are kept and come from, which a recipe's files don't tell: they are looked for. A learner's are
// others than those of his class's owner.
var elsewhere = []string{"GOCACHE", "GOCACHEPROG", "GOPATH", "GOPLSCACHE", "GOPROXY"}

// moduleOf is the name of the kernel's own module, by which nothing else is called; "" for any other.
func moduleOf(goMod string) string {
	for line := range strings.Lines(goMod) {
		if name, is := strings.CutPrefix(strings.TrimSpace(line), "module "); is {
			if id, is := strings.CutPrefix(name, "gonb_"); is && len(id) >= 8 && strings.Trim(id, "0123456789abcdef") == "" {
				return name
			}
		}
	}
	return ""
}

// known says whether the folders that a go.mod or go.work takes modules from are the cells' own and the clone.
func known(text, folder, clone string) bool {
	block := false // of use
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "//")
		line = strings.TrimSpace(line)
		verb, rest, _ := strings.Cut(line, " ")
		_, replaced, replaces := strings.Cut(line, "=>")
		path := ""
		switch {
		case replaces:
			path = strings.TrimSpace(replaced)
			if fields := strings.Fields(path); len(fields) == 2 && !strings.ContainsAny(path, "\"`") {
				continue // by another module, with its version
			}
		case line == ")":
			block = false
		case verb == "use" && strings.TrimSpace(rest) == "(":
			block = true
		case verb == "use":
			path = strings.TrimSpace(rest)
		case block:
			path = line
		}
		if path == "" {
			continue
		}
		if plain, err := strconv.Unquote(path); err == nil {
			path = plain
		}
		if !filepath.IsAbs(path) {
			path = filepath.Join(folder, path)
		}
		if path = filepath.Clean(path); path != filepath.Clean(folder) && (clone == "" || path != filepath.Clean(clone)) {
			return false
		}
	}
	return true
}

// rooms are the parts of the clone that cells can import.
var rooms = []string{"datasets", "vaelib"}

// fingerprint adds names, sizes and times of the sources of the clone's packages. So it is seen at once, as the go command would see
// it, when one is changed.
func fingerprint(clone string, add func(name, text string)) bool {
	for _, part := range append([]string{"go.mod", "go.sum"}, rooms...) {
		err := filepath.WalkDir(filepath.Join(clone, part), func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			name := entry.Name()
			switch {
			case entry.IsDir() && name == "testdata":
				return filepath.SkipDir
			case entry.IsDir(), strings.HasSuffix(name, "_test.go"), strings.HasSuffix(name, ".po"):
				return nil
			}
			info, err := entry.Info()
			if err == nil {
				add(path, fmt.Sprint(info.Size(), info.ModTime().UnixNano()))
			}
			return err
		})
		if err != nil {
			return false
		}
	}
	return true
}
