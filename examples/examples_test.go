package examples

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The README shows what these programs do: line by line, but for what it leaves out.
func TestTheReadmesExample(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile("train/main.go")
	if err != nil {
		t.Fatal(err)
	}
	_, block, found := strings.Cut(string(readme), "```go\n")
	block, _, closed := strings.Cut(block, "```")
	if !found || !closed || strings.Count(block, "\n") < 5 {
		t.Fatalf("the README's example is %q", block)
	}
	lines := map[string]bool{}
	for line := range strings.Lines(string(program)) {
		lines[strings.TrimSpace(line)] = true
	}
	for line := range strings.Lines(block) {
		if line = strings.TrimSpace(line); !lines[line] {
			t.Errorf("examples/train lacks the README's line %q", line)
		}
	}
}

// In a module of one's own, with the README's two lines in its go.mod, the examples build without a network; the one without
// GoMLX runs, and trains nothing.
func TestInAModuleOfOnesOwn(t *testing.T) {
	if testing.Short() {
		t.Skip("links GoMLX")
	}
	clone, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	command := func(args ...string) string {
		t.Helper()
		cmd := exec.Command("go", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOPROXY=off", "GOWORK=off", "GOFLAGS=-mod=mod")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	for _, name := range []string{"train", "divergence"} {
		program, err := os.ReadFile(filepath.Join(name, "main.go"))
		if err == nil {
			err = os.MkdirAll(filepath.Join(dir, name), 0o755)
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name, "main.go"), program, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	sums, err := os.ReadFile("../go.sum")
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "go.sum"), sums, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	command("mod", "init", "mine")
	command("mod", "edit", "-require=vaelab@v0.0.0", "-replace=vaelab="+clone)
	command("build", "-o", filepath.Join(dir, "trains"), "./train")
	if said := command("run", "./divergence"); !strings.Contains(said, "agrees with the estimate") {
		t.Errorf("it says %q", said)
	}
}
