// Package image tests the course's image: that the files around it say the same, and, in the long tests, that it is built and does
// what hubs, Binder and a machine of one's own ask of it.
package image

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

// TestGoIsTheModules keeps the image's Go the one that the course asks for: an older one would fetch another at each cell.
func TestGoIsTheModules(t *testing.T) {
	want := found(t, "go.mod", `(?m)^go (\S+)$`)
	if got := argument(t, "GO"); got != want {
		t.Errorf("the image has Go %s, and go.mod asks for %s: change ARG GO in Containerfile", got, want)
	}
}

// TestBindersFileIsTheSame compares the copy that Binder needs in a place of its own: whoever builds through a link to a file outside
// its folder may be refused.
func TestBindersFileIsTheSame(t *testing.T) {
	if read(t, ".binder/Dockerfile") != read(t, "Containerfile") {
		t.Error("the two differ: cp Containerfile .binder/Dockerfile")
	}
}

// TestDevContainer has its file name what there is: a file to build from, a folder that is the clone, the image's user.
func TestDevContainer(t *testing.T) {
	const folder = ".devcontainer"
	var file struct {
		Build      struct{ Dockerfile, Context string }
		RemoteUser string
	}
	if err := json.Unmarshal([]byte(read(t, folder+"/devcontainer.json")), &file); err != nil {
		t.Fatal(err)
	}
	if got := filepath.Join(folder, file.Build.Dockerfile); got != "Containerfile" {
		t.Errorf("it is built from %s", got)
	}
	if got := filepath.Join(folder, file.Build.Context); got != "." {
		t.Errorf("it is built in %s, which isn't the clone", got)
	}
	if user := argument(t, "NB_USER"); file.RemoteUser != user {
		t.Errorf("its user is %s, the image's %s", file.RemoteUser, user)
	}
}

// TestDocumentNamesTheHome keeps what a cluster must be told: a volume that lies elsewhere keeps nothing of a learner's.
func TestDocumentNamesTheHome(t *testing.T) {
	if want := "homeMountPath: /home/" + argument(t, "NB_USER") + "\n"; !strings.Contains(read(t, "docs/image.md"), want) {
		t.Errorf("docs/image.md doesn't say %q", want)
	}
}

// TestStartCanBeRun looks for what a copy of the clone loses easily: without its mode no container starts.
func TestStartCanBeRun(t *testing.T) {
	start := found(t, "Containerfile", `(?m)^ENTRYPOINT .*"/opt/vaelab/([^"]+)"\]$`)
	info, err := os.Stat(filepath.Join(labtest.Layout(t).Root, start))
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode()&0o111 != 0o111 {
		t.Errorf("%s has mode %v: chmod +x", start, info.Mode())
	}
}

// argument is the default of one of the image's arguments.
func argument(t *testing.T, name string) string {
	t.Helper()
	return found(t, "Containerfile", `(?m)^ARG `+name+`=(\S+)$`)
}

// found is what a pattern's group is in a file of the clone.
func found(t *testing.T, name, pattern string) string {
	t.Helper()
	match := regexp.MustCompile(pattern).FindStringSubmatch(read(t, name))
	if match == nil {
		t.Fatalf("%s has no line %s", name, pattern)
	}
	return match[1]
}

func read(t *testing.T, name string) string {
	t.Helper()
	return labtest.Read(t, filepath.Join(labtest.Layout(t).Root, filepath.FromSlash(name)))
}
