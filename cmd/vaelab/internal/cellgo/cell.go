package main

import (
	"bytes"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// directEnv names the variable by which the direct way is switched off.
const directEnv = "VAELAB_DIRECT"

// cell is a cell's program that can be built without the go command.
type cell struct {
	folder  string // of its source, as the working directory is called
	module  string // the name that the kernel has given it
	target  string // the program
	source  []byte
	imports []string
	key     string // what shapes how it is built; see key
}

// usual is the cell that a call of the go command is to build. What isn't as the kernel usually makes it isn't one: other flags,
// other files, a source that tells the compiler more than Go's own text, modules that lie elsewhere than in Go's cache and the clone.
func usual(program string, args []string) (c cell, ok bool) {
	if len(args) != 3 || args[0] != "build" || args[1] != "-o" || filepath.Ext(args[2]) != behind || os.Getenv(directEnv) == "off" {
		return c, false
	}
	if os.Getenv("GOENV") != "off" || !harmless(os.Getenv("GOFLAGS")) { // a file of settings, flags that change what is built
		return c, false
	}
	folder, err := os.Getwd()
	if err != nil || !plainFolder(folder) {
		return c, false
	}
	c = cell{folder: folder, target: args[2]}
	if c.source, err = os.ReadFile("main.go"); err != nil {
		return c, false
	}
	if c.imports, ok = plainSource(c.source); !ok {
		return c, false
	}
	c.key, c.module, ok = key(program, folder)
	return c, ok
}

// plainSource gives what a program imports, if nothing but that and its text shapes what it becomes.
func plainSource(source []byte) (imports []string, ok bool) {
	for _, directive := range []string{"//go:", "+build", "//export", "//line", "/*line"} {
		if bytes.Contains(source, []byte(directive)) {
			return nil, false
		}
	}
	file, err := parser.ParseFile(token.NewFileSet(), "main.go", source, parser.ImportsOnly)
	if err != nil || file.Name.Name != "main" {
		return nil, false
	}
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil || path == "C" {
			return nil, false
		}
		imports = append(imports, path)
	}
	return imports, true
}

// built are endings of names that the go command would take into a program beside main.go.
var built = []string{".go", ".c", ".cc", ".cpp", ".cxx", ".m", ".h", ".hh", ".hpp", ".hxx", ".f", ".F", ".for", ".f90",
	".s", ".S", ".sx", ".swig", ".swigcxx", ".syso", ".pgo"}

// plainFolder says whether main.go is all that a program is made of there.
func plainFolder(folder string) bool {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return false
	}
	for _, entry := range entries {
		if name := entry.Name(); name == "vendor" || name != "main.go" && slices.Contains(built, filepath.Ext(name)) {
			return false
		}
	}
	return true
}

// harmless says whether flags in GOFLAGS only say how to compile and link. A recipe has that in it.
func harmless(flags string) bool {
	var quote rune
	begin := true
	for i, r := range flags {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
			continue
		case r == ' ' || r == '\t' || r == '\n' || r == '\r':
			begin = true
			continue
		case !begin:
			continue
		}
		begin = false
		rest := flags[i:]
		if r == '\'' || r == '"' {
			quote, rest = r, rest[1:]
		}
		name := strings.TrimLeft(rest, "-")
		if end := strings.IndexAny(name, "= \t\n\r'\""); end >= 0 {
			name = name[:end]
		}
		if !slices.Contains([]string{"asmflags", "buildvcs", "gcflags", "ldflags", "modcacherw", "p", "tags", "trimpath"}, name) {
			return false
		}
	}
	return runtime.GOOS != "windows" // whose paths are others
}
