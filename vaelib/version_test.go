package vaelib_test

import (
	"os"
	"regexp"
	"testing"

	"vaelab/vaelib"
)

func TestVersionIsTheChangelogs(t *testing.T) {
	text, err := os.ReadFile("../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	first := regexp.MustCompile(`(?m)^## (\S+)`).FindSubmatch(text)
	if first == nil || string(first[1]) != vaelib.Version {
		t.Errorf("CHANGELOG.md begins with %q, Version is %s", first, vaelib.Version)
	}
}
