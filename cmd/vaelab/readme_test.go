package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/vaelib/exercise"
)

// TestCIRunsTheReadmesCommand keeps what is checked before a change goes in and what a newcomer is told to run one and the
// same: flags that only one of them has would hide what the other meets.
func TestCIRunsTheReadmesCommand(t *testing.T) {
	root := labtest.Layout(t).Root
	readme := labtest.Read(t, filepath.Join(root, "README.md"))
	command := regexp.MustCompile(`(?m)^    (go test [^#\n]*?)\s*(#.*)?$`).FindStringSubmatch(readme)
	if command == nil {
		t.Fatal("the README prints no command that tests")
	}
	lines := strings.Split(labtest.Read(t, filepath.Join(root, ".ci", "run")), "\n")
	if !slices.Contains(lines, command[1]) {
		t.Errorf(".ci/run has no line %q", command[1])
	}
	for _, line := range lines {
		if strings.HasPrefix(strings.TrimSpace(line), "go test") && line != command[1] {
			t.Errorf(".ci/run has %q, the README %q", line, command[1])
		}
	}
}

// TestReadmeCountsTheExercises keeps a number that is typed.
func TestReadmeCountsTheExercises(t *testing.T) {
	readme := labtest.Read(t, filepath.Join(labtest.Layout(t).Root, "README.md"))
	if want := fmt.Sprintf("The times include %d exercises", len(exercise.Course())); !strings.Contains(readme, want) {
		t.Errorf("the README doesn't say %q", want)
	}
}
