package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestOwnPreprocessors finds the settings of a course that would leave verdicts unseen.
func TestOwnPreprocessors(t *testing.T) {
	for settings, told := range map[string]bool{
		graderConfig: false,
		"c.Autograde.autograde_preprocessors = [Execute]":                     true,
		"  c.Autograde.autograde_preprocessors=mine":                          true,
		"# c.Autograde.autograde_preprocessors = [Execute]":                   false,
		"c.Autograde.autograde_preprocessors.append(Mine)":                    false,
		"if c.Autograde.autograde_preprocessors == []:\n\tprint('a default')": false,
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "nbgrader_config.py"), []byte(settings), 0o644); err != nil {
			t.Fatal(err)
		}
		if line := ownPreprocessors(dir); (line != "") != told {
			t.Errorf("%q is told %q", settings, line)
		}
	}
	if line := ownPreprocessors(t.TempDir()); line != "" {
		t.Errorf("without settings it is told %q", line)
	}
}
