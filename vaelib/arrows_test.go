package vaelib_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const (
	gomlx  = "github.com/gomlx/"
	goXLA  = "github.com/gomlx/go-xla"
	gonb   = "github.com/janpfeifer/gonb"
	itself = "vaelab/"
)

// dependencies lists everything that a package's program would link, itself included.
func dependencies(t *testing.T, path string, env ...string) []string {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", path)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list %s: %v", path, err)
	}
	return strings.Fields(string(out))
}

// Arrows point one way: what each room must not link, not even through another one.
var arrows = map[string][]string{
	"vaelab/vaelib/places":            {itself, gomlx, gonb},
	"vaelab/datasets":                 {itself + "vaelib", itself + "cmd", gomlx, gonb},
	"vaelab/vaelib/places/placestest": {itself, gomlx, gonb},
	"vaelab/vaelib/words":             {itself, gomlx, gonb},
	"vaelab/vaelib/words/wordstest":   {itself, gomlx, gonb},
	"vaelab/vaelib/run":               {itself + "datasets", itself + "vaelib/", gomlx, gonb},
	"vaelab/vaelib/figure":            {itself + "datasets", gomlx, gonb},
	"vaelab/vaelib/internal/bulkmath": {itself + "datasets", itself + "vaelib", itself + "cmd", gomlx, gonb},
	"vaelab/vaelib/internal/filelock": {itself + "datasets", itself + "vaelib/store", gomlx, gonb},
	"vaelab/vaelib/kl":                {itself + "datasets", gomlx, gonb},
	"vaelab/vaelib/measure":           {itself + "datasets", gomlx, gonb},
	"vaelab/vaelib/path":              {itself + "vaelib/figure", itself + "vaelib/store", itself + "vaelib/model", gomlx, gonb},
	"vaelab/vaelib/exact":             {itself + "vaelib/model", gomlx, gonb},
	"vaelab/vaelib/claim":             {itself + "datasets", itself + "vaelib/show", itself + "vaelib/figure", gomlx, gonb},
	"vaelab/vaelib/show":              {itself + "datasets", gomlx},
	"vaelab/vaelib/check":             {itself + "datasets", itself + "vaelib/exercise", itself + "vaelib/model", gomlx},
	"vaelab/vaelib/check/formula":     {itself, gomlx, gonb},
	"vaelab/vaelib/exercise":          {itself + "datasets", itself + "vaelib/model", gomlx},
	"vaelab/vaelib/exercise/losses":   {itself + "vaelib/backend", itself + "vaelib/training", goXLA},
	"vaelab/vaelib/model":             {itself + "datasets", itself + "vaelib/backend", goXLA, gonb},
	"vaelab/vaelib/trained":           {itself + "vaelib/engine", gomlx, gonb},
	"vaelab/vaelib/inference":         {itself + "vaelib/backend", itself + "vaelib/training", goXLA, gonb},
	"vaelab/vaelib/plan":              {itself + "vaelib/store", itself + "vaelib/model", itself + "vaelib/figure", gomlx, gonb},
	"vaelab/vaelib/results":           {itself + "vaelib/store", itself + "datasets", gomlx, gonb},
	"vaelab/vaelib/onnx":              {itself + "datasets", itself + "vaelib/store", itself + "vaelib/model", gomlx, gonb},
	"vaelab/vaelib/store":             {itself + "vaelib/model", gomlx, gonb},
	"vaelab/vaelib/engine":            {gomlx, gonb},
	"vaelab/vaelib/engine/ending":     {itself, gomlx, gonb},
	"vaelab/vaelib/engine/inprocess":  {itself + "vaelib/lab", itself + "vaelib/show", itself + "vaelib/figure", gonb},
	"vaelab/vaelib/engine/program":    {itself, gomlx, gonb},
	"vaelab/vaelib/engine/worker":     {gomlx, gonb},
	"vaelab/vaelib/study":             {itself + "vaelib/engine", itself + "vaelib/figure", itself + "vaelib/show", gomlx, gonb},
	"vaelab/vaelib/lab":               {gomlx},
	"vaelab/vaelib/ownloss":           {itself + "vaelib/exercise", itself + "cmd"},
	"vaelab/vaelib/backend":           {itself + "datasets", itself + "vaelib/model", gonb},
	"vaelab/vaelib/training":          {itself + "vaelib/show", itself + "vaelib/figure", gonb},
	"vaelab/cmd/internal/bench":       {itself + "datasets", itself + "vaelib", gomlx, gonb},
	"vaelab/cmd/vaelab":               {gomlx},
	"vaelab/cmd/vaeport":              {gomlx, gonb},
	"vaelab/cmd/vaecompute":           {itself + "vaelib/lab", itself + "vaelib/show", itself + "vaelib/figure", gonb},
}

// everybodys rooms link nothing of ours, so every other may link them.
var everybodys = []string{"vaelab/vaelib/places", "vaelab/vaelib/words"}

func TestArrows(t *testing.T) {
	for room, forbidden := range arrows {
		linked := dependencies(t, room)
		for _, path := range linked {
			for _, prefix := range forbidden {
				if path != room && !slices.Contains(everybodys, path) && strings.HasPrefix(path, prefix) {
					t.Errorf("%s links %s", room, path)
				}
			}
		}
	}
}

// Every room has arrows, and stands on the page that explains the house: a new one can't be forgotten.
func TestEveryRoomHasArrows(t *testing.T) {
	page, err := os.ReadFile("../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "list", "vaelab/datasets", "vaelab/vaelib/...", "vaelab/cmd/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for room := range strings.FieldsSeq(string(out)) {
		name, isRoom := strings.CutPrefix(room, "vaelab/vaelib/")
		if isRoom && !strings.HasPrefix(name, "internal/") && arrows[room] == nil {
			t.Errorf("%s has no arrows: say in this test what it must not link", room)
		}
		if isRoom {
			name = strings.TrimPrefix(name, "internal/")
		} else if name = strings.TrimPrefix(room, "vaelab/"); strings.Contains(name, "internal/") || strings.Contains(name, "acceptance/") {
			continue
		}
		if name != "testbackend" && name != "vaelib" && !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("docs/architecture.md has no word on `%s`", name)
		}
	}
}

// The sets above are not empty by mistake: a prefix that nothing has would forbid nothing.
func TestArrowsKnowTheirPackages(t *testing.T) {
	linked := dependencies(t, "vaelab/...")
	for room, forbidden := range arrows {
		for _, prefix := range forbidden {
			if !slices.ContainsFunc(linked, func(path string) bool { return strings.HasPrefix(path, prefix) }) {
				t.Errorf("%s may not link %s, which is nowhere", room, prefix)
			}
		}
	}
}

// Only show knows GoNB; lab reaches it through show.
func TestOnlyShowImportsGoNB(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}: {{join .Imports " "}}`, "vaelab/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		room, imports, _ := strings.Cut(line, ":")
		if knows := strings.Contains(imports, gonb); knows != (room == "vaelab/vaelib/show") {
			t.Errorf("that %s imports GoNB is %v", room, knows)
		}
	}
}

// The pure Go backend, which a page in a browser links, is there too, without XLA.
func TestTheBrowsersBackendLinksNoXLA(t *testing.T) {
	linked := dependencies(t, "github.com/gomlx/compute/gobackend", "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	if slices.ContainsFunc(linked, func(path string) bool { return strings.HasPrefix(path, goXLA) }) {
		t.Error("the pure Go backend links XLA")
	}
}
