package hub

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

// block is one of the recipe's, as it stands in docs/hub.md.
type block struct {
	// What stands behind "sh": "" for what root does in order, "people" and "course" too, with names of the test's own and twice; else
	// "pack", "apt", "places", "start", "update", "teacher", "learner", "rescue" or "limits".
	mark string
	text string
}

func recipe(t *testing.T) (blocks []block) {
	t.Helper()
	text := labtest.Read(t, filepath.Join(labtest.Layout(t).Root, "docs", "hub.md"))
	for _, m := range regexp.MustCompile("(?ms)^```sh *([a-z]*)\n(.*?)^```$").FindAllStringSubmatch(text, -1) {
		blocks = append(blocks, block{m[1], m[2]})
	}
	return blocks
}

// marked are the texts of a mark's blocks, in order.
func marked(t *testing.T, mark string) (texts []string) {
	t.Helper()
	for _, b := range recipe(t) {
		if b.mark == mark {
			texts = append(texts, b.text)
		}
	}
	return texts
}

// only is the one block of a mark.
func only(t *testing.T, mark string) string {
	t.Helper()
	texts := marked(t, mark)
	if len(texts) != 1 {
		t.Fatalf("docs/hub.md has %d blocks marked %q, not one", len(texts), mark)
	}
	return texts[0]
}

var exported = regexp.MustCompile(`(?m)^export ([A-Z]+)=(\S+)`)

// TestRecipe reads docs/hub.md as a shell would: its blocks can be parsed, they use what they have named, and the files of the clone
// that the page names are there.
func TestRecipe(t *testing.T) {
	named := map[string]bool{"HOME": true}
	for _, m := range exported.FindAllStringSubmatch(only(t, "places"), -1) {
		named[m[1]] = true
	}
	var count int
	for _, b := range recipe(t) {
		if out, err := exec.Command("bash", "-n", "-c", b.text).CombinedOutput(); err != nil {
			t.Errorf("%v: %s in\n%s", err, out, b.text)
		}
		for _, m := range regexp.MustCompile(`\$\{?([A-Z]+)`).FindAllStringSubmatch(b.text, -1) {
			if count++; !named[m[1]] {
				t.Errorf("nobody has said what %s is in\n%s", m[1], b.text)
			}
		}
	}
	if count == 0 || len(marked(t, "")) < 5 || len(marked(t, "teacher")) < 2 || len(marked(t, "learner")) < 3 {
		t.Errorf("the recipe has %d blocks with %d uses of its variables", len(recipe(t)), count)
	}
	root := labtest.Layout(t).Root
	text := labtest.Read(t, filepath.Join(root, "docs", "hub.md"))
	asked := regexp.MustCompile(`(?m)^go (\S+)$`).FindStringSubmatch(labtest.Read(t, filepath.Join(root, "go.mod")))
	if asked == nil || !strings.Contains(text, "https://go.dev/dl/go"+asked[1]+".linux-amd64.tar.gz") {
		t.Errorf("the recipe brings another Go than go.mod asks for, %q", asked)
	}
	var files []string
	for _, m := range regexp.MustCompile(`(?:\$COURSE|/srv/vaelab)/([a-z][\w./-]*)`).FindAllStringSubmatch(text, -1) {
		files = append(files, strings.TrimRight(m[1], "."))
	}
	for _, m := range regexp.MustCompile("`((?:examples|cmd)/[^`]*)`").FindAllStringSubmatch(text, -1) {
		files = append(files, m[1])
	}
	if !slices.Contains(files, "examples/hub/jupyterhub_config.py") {
		t.Errorf("of the clone, the page names %q", files)
	}
	for _, file := range files {
		if _, err := os.Stat(filepath.Join(root, file)); err != nil {
			t.Errorf("docs/hub.md names a file that isn't there: %v", err)
		}
	}
}

// TestSettings compiles the hub's files with the Python and the shell that are there.
func TestSettings(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no Python on PATH")
	}
	hub := filepath.Join(labtest.Layout(t).Root, "examples", "hub")
	files, err := filepath.Glob(filepath.Join(hub, "*.py"))
	if more, _ := filepath.Glob(filepath.Join(hub, "*", "*.py")); err == nil {
		files = append(files, more...)
	}
	if len(files) != 4 {
		t.Errorf("%d files in Python: %q", len(files), files)
	}
	for _, file := range files {
		const compiles = `import sys; compile(open(sys.argv[1]).read(), sys.argv[1], "exec")`
		if out, err := exec.Command(python, "-I", "-c", compiles, file).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", file, err, out)
		}
	}
	if out, err := exec.Command("sh", "-n", filepath.Join(hub, "start")).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	service := labtest.Read(t, filepath.Join(hub, "vaelab-hub.service"))
	replaced := strings.NewReplacer(`"`, "", "$COURSE", "/srv/vaelab", "$HUB", "/srv/hub")
	lines := strings.Split(strings.TrimSpace(replaced.Replace(only(t, "start"))), "\n")
	if folder := strings.TrimPrefix(lines[0], "cd "); !strings.Contains(service, "\nWorkingDirectory="+folder+"\n") {
		t.Errorf("the service doesn't run in %s, as the recipe does", folder)
	}
	if !strings.Contains(service, "\nOOMPolicy=continue\n") {
		t.Error("a cell that is ended for want of memory would end the hub with all servers")
	}
	if command := lines[len(lines)-1]; !strings.Contains(service, "\nExecStart="+command+"\n") {
		t.Errorf("the service doesn't run %s, as the recipe does", command)
	}
}
