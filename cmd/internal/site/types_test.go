package site

import (
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// TestTypesOfTheKernel has the types of the kernel's JavaScript checked, and of that which makes pages alive, where TypeScript's compiler
// is at hand: by the command in VAELAB_TSC, or where npx finds it without fetching anything.
func TestTypesOfTheKernel(t *testing.T) {
	t.Run("kernel", func(t *testing.T) { typed(t, kernel) })
	t.Run("live", func(t *testing.T) { typed(t, os.DirFS(filepath.Join("pages", "assets", "live"))) })
}

// typed checks the scripts of a folder.
func typed(t *testing.T, scripts fs.FS) {
	t.Helper()
	tsc := strings.Fields(os.Getenv("VAELAB_TSC"))
	if len(tsc) == 0 {
		tsc = []string{"npx", "--no-install", "tsc"}
	}
	if out, err := exec.Command(tsc[0], append(tsc[1:], "--version")...).CombinedOutput(); err != nil || !strings.HasPrefix(string(out), "Version ") {
		if os.Getenv("VAELAB_TSC") != "" {
			t.Fatalf("VAELAB_TSC, %s, doesn't run: %v\n%s", strings.Join(tsc, " "), err, out)
		}
		t.Skip("TypeScript's compiler isn't here: npm install typescript, and name it by VAELAB_TSC=…/node_modules/.bin/tsc")
	}
	dir := t.TempDir()
	args := append(tsc[1:], "--noEmit", "--allowJs", "--checkJs", "--strict", "false", "--target", "es2022", "--module", "es2022", "--lib", "es2022,dom,dom.iterable")
	err := fs.WalkDir(scripts, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Base(name) == "LICENSE" {
			return err
		}
		data, err := fs.ReadFile(scripts, name)
		if err != nil {
			return err
		}
		if strings.HasPrefix(name, "zstddec/") {
			data = append([]byte("// @ts-nocheck\n"), data...) // it isn't ours
		}
		args = append(args, path.Base(name))
		return os.WriteFile(filepath.Join(dir, path.Base(name)), data, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "wasm_exec.js"), []byte("export {};\n"), 0o644); err != nil { // Go's own
		t.Fatal(err)
	}
	globals, err := filepath.Abs(filepath.Join("kernel", "globals.d.ts"))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(tsc[0], append(args, globals)...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
