package check

import (
	"io/fs"
	"reflect"
	"runtime"
	"strings"

	"vaelab/vaelib/show"
	"vaelab/vaelib/words"
)

// CodeOf is the source of a function, under the name in the exercise's signature.
func (e *Exercise) CodeOf(f any, files fs.FS) (string, error) {
	path := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
	name, _, _ := strings.Cut(strings.TrimPrefix(e.Signature, "func "), "(")
	return cut(files, path[strings.LastIndex(path, ".")+1:], name)
}

// Fold shows a solution's code, to be opened by a click. An err that isn't nil, such as one of CodeOf, is shown instead, and
// ends the program.
func (e *Exercise) Fold(code string, err error) {
	announce(asked, e)
	show.Check(err)
	show.Folded(words.Say("%s: a solution (click to open)", e.title()), code)
}

// cut takes a function out of Go files, as gofmt lays them out, and gives it another name.
func cut(files fs.FS, name, as string) (string, error) {
	paths, err := fs.Glob(files, "*.go")
	if err != nil {
		return "", err
	}
	for _, path := range paths {
		text, err := fs.ReadFile(files, path)
		if err != nil {
			return "", err
		}
		_, body, found := strings.Cut(string(text), "\nfunc "+name+"(")
		if !found {
			continue
		}
		body, _, _ = strings.Cut(body, "\n}\n")
		return "func " + as + "(" + body + "\n}\n", nil
	}
	return "", words.Errorf("the source of %s isn't there", name)
}
