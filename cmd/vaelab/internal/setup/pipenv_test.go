package setup

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// variables are those of pip's in an environment.
func variables(env []string) map[string]string {
	set := map[string]string{}
	for _, kv := range env {
		if key, value, _ := strings.Cut(kv, "="); strings.HasPrefix(key, "PIP_") {
			set[key] = value
		}
	}
	return set
}

// Of a user's settings for pip, those that say where packages come from reach it, and no others.
func TestPipsSettings(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pip.conf")
	write(t, file, `[global]
index-url = https://mirror.example/simple
find-links =
    /some/wheels
    /more
timeout = 7
user = true
constraint = /nowhere/constraints.txt
[install]
dry-run = true
target = /elsewhere
index-url = https://install.example/simple
no-binary = :all:
[download]
proxy = http://proxy.example:3128
`)
	for key, value := range map[string]string{
		"PIP_CONFIG_FILE": file, "PIP_CONSTRAINT": "/nowhere/c.txt", "PIP_REQUIRE_HASHES": "0", "PIP_QUIET": "3", "PIP_PREFIX": "/elsewhere",
		"PIP_CERT": "/etc/our.pem", "PIP_RETRIES": "", "PIP_INDEX_URL": "", "PIP_TIMEOUT": "", "PIP_DEFAULT_TIMEOUT": "9",
	} {
		t.Setenv(key, value)
	}
	t.Setenv("PIP_FIND_LINKS", "") // to have it back afterwards
	os.Unsetenv("PIP_FIND_LINKS")
	p, err := findPython(t.Context(), false)
	if err != nil {
		t.Skip(err)
	}
	got := variables(pipEnv(t.Context(), p.Path))
	want := map[string]string{
		"PIP_CONFIG_FILE": "/dev/null", "PIP_INDEX_URL": "https://install.example/simple", "PIP_CERT": "/etc/our.pem",
		"PIP_FIND_LINKS": "/some/wheels /more", "PIP_PROXY": "http://proxy.example:3128", "PIP_TIMEOUT": "7", "PIP_DEFAULT_TIMEOUT": "9",
	}
	if !maps.Equal(got, want) {
		t.Errorf("pip is told %v, want %v", got, want)
	}
}

func TestPipWithoutAFileItCanRead(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pip.conf")
	write(t, file, "this is [no file of pip's\n= =\n")
	for _, kv := range os.Environ() {
		if key, _, _ := strings.Cut(kv, "="); strings.HasPrefix(key, "PIP_") {
			t.Setenv(key, "")
		}
	}
	t.Setenv("PIP_CONFIG_FILE", file)
	p, err := findPython(t.Context(), false)
	if err != nil {
		t.Skip(err)
	}
	if got := slices.Collect(maps.Keys(variables(pipEnv(t.Context(), p.Path)))); !slices.Equal(got, []string{"PIP_CONFIG_FILE"}) {
		t.Errorf("pip is told %v", got)
	}
}
