package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"vaelab/vaelib/places"
)

// The go command runs each compiler and linker through the program that -toolexec names. That flag is in its manual, says what is run
// word by word, and changes nothing of what comes out, so whatever a later Go adds to the commands is in the recipe too. What go build -x
// prints would have to be read as a shell does, and go list -export says neither how to compile nor how to link.

// learnEnv names the variable by which this program knows that the go command calls it for a tool: MODULE:FOLDER.
const learnEnv = "VAELAB_LEARN"

// toolCall is one run of a tool.
type toolCall struct {
	Args   []string
	Env    []string
	Config string // the text of its -importcfg
}

// learn runs the go command for a cell and keeps what it runs. It gives what was said.
func (c cell) learn(program string) (said []byte, err error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	notes, err := os.MkdirTemp("", "vaelab-learn-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(notes)
	cmd := exec.Command(program, "build", "-toolexec='"+self+"'", "-o", c.target)
	cmd.Env = append(os.Environ(), learnEnv+"="+c.module+":"+notes)
	if said, err = cmd.CombinedOutput(); err != nil {
		return said, err
	}
	if r := c.recipe(notes); r != nil {
		if again, _, ok := key(program, c.folder); ok && again == c.key { // nothing has changed meanwhile
			r.keep(c.key)
		}
	}
	return said, nil
}

// asTool notes a call of a tool and becomes the tool, if the go command calls for that.
func asTool() {
	module, notes, learns := strings.Cut(os.Getenv(learnEnv), ":")
	if !learns || len(os.Args) < 2 || !filepath.IsAbs(os.Args[1]) {
		return
	}
	args := os.Args[1:]
	if os.Getenv("TOOLEXEC_IMPORTPATH") == module && !slices.Contains(args, "-V=full") {
		note(notes, args)
	}
	err := syscall.Exec(args[0], args, os.Environ())
	fmt.Fprintln(os.Stderr, err) // the go command says for which tool
	os.Exit(1)
}

// note writes down a call. If that fails there is no recipe.
func note(notes string, args []string) {
	made := toolCall{Args: args, Env: os.Environ()}
	if at := slices.Index(args, "-importcfg") + 1; at > 0 && at < len(args) {
		text, err := os.ReadFile(args[at])
		if err != nil {
			return
		}
		made.Config = string(text)
	}
	if text, err := json.Marshal(made); err == nil {
		_ = os.WriteFile(filepath.Join(notes, filepath.Base(args[0])), text, 0o600)
	}
}

// recipe makes one of the calls that were noted: one of the compiler, with the cell's one file, and one of the linker. The compiler isn't
// called where Go has the same source in its cache, and what it is called for besides is nothing that is known here.
func (c cell) recipe(notes string) *recipe {
	tools, err := os.ReadDir(notes)
	if err != nil || len(tools) != 2 {
		return nil
	}
	var compile, link toolCall
	for name, to := range map[string]*toolCall{"compile": &compile, "link": &link} {
		text, err := os.ReadFile(filepath.Join(notes, name))
		if err != nil || json.Unmarshal(text, to) != nil {
			return nil
		}
	}
	output := slices.Index(compile.Args, "-o") + 1
	if output == 0 || output >= len(compile.Args) || filepath.Base(compile.Args[output]) != "_pkg_.a" {
		return nil
	}
	work := filepath.Dir(compile.Args[output])
	own := func(texts []string) (all []string) {
		for _, text := range texts {
			all = append(all, general(text, c.folder, work, c.module))
		}
		return all
	}
	r := &recipe{Compile: own(compile.Args), Link: own(link.Args), Direct: map[string]string{}, All: map[string]string{}}
	if r.Compile[len(r.Compile)-1] != folderName+"/main.go" || r.Compile[len(r.Compile)-2] != "-pack" || r.Link[len(r.Link)-1] != workName+"/_pkg_.a" {
		return nil
	}
	for _, kv := range compile.Env {
		name, _, _ := strings.Cut(kv, "=")
		if kv != name+"="+os.Getenv(name) && (strings.HasPrefix(name, "GO") || name == "AR") && !strings.HasPrefix(name, "GOCOVERDIR") {
			r.Env = append(r.Env, own([]string{kv})...)
		}
	}
	if !packages(compile.Config, r.Direct, nil) || !packages(general(link.Config, c.folder, work, c.module), r.All, &r.Info) {
		return nil
	}
	if r.All[moduleName] != workName+"/_pkg_.a" || strings.Contains(r.Info, `build\tvcs`) {
		return nil
	}
	delete(r.All, moduleName)
	for path, file := range r.All {
		inClone := strings.HasPrefix(path, places.Module+"/") && !slices.ContainsFunc(rooms, func(room string) bool {
			return strings.HasPrefix(path+"/", places.Module+"/"+room+"/")
		})
		if inClone || !filepath.IsAbs(file) || strings.HasPrefix(file, filepath.Dir(work)+"/") { // the last was compiled just now, and isn't in the cache yet
			return nil
		}
	}
	return r
}

// packages reads an importcfg: where each package's file is, and what programs know of their modules. There is nothing else in a cell's.
func packages(config string, files map[string]string, info *string) bool {
	for line := range strings.Lines(config) {
		verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		path, file, named := strings.Cut(rest, "=")
		switch {
		case verb == "" || strings.HasPrefix(verb, "#"):
		case verb == "packagefile" && named:
			files[path] = file
		case verb == "modinfo" && info != nil:
			*info = rest
		default:
			return false
		}
	}
	return true
}
