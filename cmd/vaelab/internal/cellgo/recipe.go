package main

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"vaelab/vaelib/places"
)

// recipe is how cells are compiled and linked while nothing changes that shapes it. It is learnt from what the go command runs, and
// knows more packages with each cell that it is learnt from: one that imports no others can be built by it. In its texts, names stand
// for what is another in each kernel; see general.
type recipe struct {
	Compile, Link []string          // commands
	Env           []string          // what the go command adds to the environment
	Direct        map[string]string // the packages that cells have imported, and their files
	All           map[string]string // and all that those need
	Info          string            // what programs know of their modules, quoted as in an importcfg
}

// The names that stand for a kernel's own.
const (
	folderName = "{{folder}}"
	workName   = "{{work}}"
	moduleName = "{{module}}"
)

// general has names in the place of what belongs to one kernel, or to one build.
func general(text, folder, work, module string) string {
	for _, pair := range [][2]string{{work, workName}, {folder, folderName}, {module, moduleName}} {
		if pair[0] != "" {
			text = strings.ReplaceAll(text, pair[0], pair[1])
		}
	}
	return text
}

// special has a kernel's own in the place of names.
func special(text, folder, work, module string) string {
	return strings.NewReplacer(workName, work, folderName, folder, moduleName, module).Replace(text)
}

// recipes is the folder that keeps recipes: of a class's owner the class's, else in the kernel's cache; "" where it has none.
func recipes() string {
	if class := classRecipes(); class != "" && places.Writable(os.Getenv(places.RootEnv)) {
		return class
	}
	cache := os.Getenv("XDG_CACHE_HOME")
	if !filepath.IsAbs(cache) {
		return ""
	}
	return filepath.Join(cache, places.Module+"-cells")
}

// classRecipes is the folder of recipes that a class shares; "" where there is no class.
func classRecipes() string {
	clone := os.Getenv(places.RootEnv)
	if clone == "" {
		return ""
	}
	if _, err := os.Stat(places.Class(clone)); err != nil {
		return ""
	}
	return filepath.Join(places.Class(clone), "recipes")
}

// recall is the recipe with a key, one's own or else the class's, or nil.
func recall(key string) *recipe {
	for _, folder := range []string{recipes(), classRecipes()} {
		if folder == "" {
			continue
		}
		if r := recallFrom(folder, key); r != nil {
			return r
		}
	}
	return nil
}

func recallFrom(folder, key string) *recipe {
	path := filepath.Join(folder, key+".json")
	text, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	var r recipe
	if json.Unmarshal(text, &r) != nil || len(r.Compile) == 0 || len(r.Link) == 0 {
		return nil
	}
	if info, err := os.Stat(path); err == nil {
		used(path, info)
	}
	return &r
}

// keep writes a recipe, with what an older one with its key knows besides, whole. What can't be kept is learnt again.
func (r *recipe) keep(key string) {
	folder := recipes()
	if folder == "" || os.MkdirAll(folder, 0o755) != nil {
		return
	}
	if older := recall(key); older != nil {
		r.join(older)
	}
	text, err := json.Marshal(r)
	if err != nil {
		return
	}
	file, err := os.CreateTemp(folder, "new-*")
	if err != nil {
		return
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Chmod(0o644), file.Close()); err != nil { // a class reads its owner's
		_ = os.Remove(file.Name())
		return
	}
	if err := os.Rename(file.Name(), filepath.Join(folder, key+".json")); err != nil {
		_ = os.Remove(file.Name()) // if not, a sweep does
	}
	sweep(folder)
}

// join adds what an older recipe knows. Where both know a package, this one's file is right: it has just been used.
func (r *recipe) join(older *recipe) {
	for _, known := range []struct{ to, from map[string]string }{{r.Direct, older.Direct}, {r.All, older.All}} {
		for path, file := range known.from {
			if _, has := known.to[path]; !has {
				known.to[path] = file
			}
		}
	}
	r.Info = joinInfo(r.Info, older.Info)
}

// joinInfo adds the modules of an older list to a list of modules, as the go command writes it: what a program knows may name a module
// more than it has linked.
func joinInfo(info, older string) string {
	text, err := strconv.Unquote(info)
	had, also := strconv.Unquote(older)
	if err != nil || also != nil {
		return info
	}
	before, modules, after := parts(text)
	_, more, _ := parts(had)
	for path, line := range more {
		if _, has := modules[path]; !has {
			modules[path] = line
		}
	}
	for _, path := range slices.Sorted(maps.Keys(modules)) {
		before += modules[path]
	}
	return strconv.Quote(before + after)
}

// parts are what stands before the modules, each module by its path, with what replaces it, and what stands after them.
func parts(text string) (before string, modules map[string]string, after string) {
	modules = map[string]string{}
	last := ""
	for line := range strings.Lines(text) {
		fields := strings.Split(line, "\t")
		switch {
		case fields[0] == "dep" && len(fields) > 1:
			last = fields[1]
			modules[last] = line
		case fields[0] == "=>" && last != "":
			modules[last] += line
		case len(modules) == 0:
			before += line
		default:
			after += line
		}
	}
	return before, modules, after
}

// Recipes that are kept: so many, and none that wasn't used for so long.
const (
	mostRecipes = 24
	longUnused  = 30 * 24 * time.Hour
)

// sweep removes recipes that nobody needs any more. What can't be removed stays.
func sweep(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	var infos []os.FileInfo
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil {
			infos = append(infos, info)
		}
	}
	slices.SortFunc(infos, func(a, b os.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	for i, info := range infos {
		if i >= mostRecipes || time.Since(info.ModTime()) > longUnused {
			_ = os.Remove(filepath.Join(folder, info.Name()))
		}
	}
}

// used marks a file as one that is needed, as the go command does with those of its cache, at most once an hour. One that belongs to
// somebody else can't be marked, and is his to keep.
func used(path string, info os.FileInfo) {
	if now := time.Now(); now.Sub(info.ModTime()) > time.Hour {
		_ = os.Chtimes(path, now, now)
	}
}
