package setup

import (
	"archive/zip"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Of a wheel's files those with the given names are unpacked, wherever they lie in it, and nothing else.
func TestUnzipTo(t *testing.T) {
	dir := t.TempDir()
	archive := filepath.Join(dir, "a.whl")
	file, err := os.Create(archive)
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(file)
	for name, text := range map[string]string{"jax/plugin.so": "library", "jax-1.dist-info/LICENSE": "licence", "jax/other.py": "code", "plugin.so/": "", "../evil/LICENSES": "no"} {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(dir, "new", "whole")
	if err := unzipTo(archive, to, "plugin.so", "LICENSE", "THIRD_PARTY_NOTICES"); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	entries, err := os.ReadDir(to)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(to, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		got[e.Name()] = string(text)
	}
	if want := map[string]string{"plugin.so": "library", "LICENSE": "licence"}; !maps.Equal(got, want) {
		t.Errorf("unpacked are %q, want %q", got, want)
	}
	write(t, archive, "no archive")
	if err := unzipTo(archive, to, "plugin.so"); err == nil || !strings.Contains(err.Error(), "zip") {
		t.Errorf("words in a wheel's place give %v", err)
	}
}

// A plugin is there when it can be loaded, whichever way it came.
func TestAPluginIsALibrary(t *testing.T) {
	l := Layout{Root: t.TempDir()}
	for _, path := range []string{l.pluginPath(), l.cudaPath()} {
		check := isLibrary(path)
		if err := check(t.Context(), nil); err == nil {
			t.Errorf("%s isn't there, and is found good", path)
		}
		write(t, path, "<html>Please log in</html>")
		if err := check(t.Context(), nil); err == nil {
			t.Errorf("%s is a page, and is found good", path)
		}
		write(t, path, "\x7fELF…")
		if err := check(t.Context(), nil); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}
