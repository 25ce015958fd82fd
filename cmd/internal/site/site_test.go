package site

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestPatchesFit: the sources of the Go that runs the tests are as the patches expect them.
func TestPatchesFit(t *testing.T) {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	_, skipped, err := overlay(strings.TrimSpace(string(out)), t.TempDir())
	if err != nil || len(skipped) > 0 {
		t.Errorf("%v, %v", skipped, err)
	}
}

// TestOtherSourcesStayAsTheyAre: of another Go nothing is changed that isn't understood.
func TestOtherSourcesStayAsTheyAre(t *testing.T) {
	root := t.TempDir()
	for _, p := range patches {
		path := filepath.Join(root, "src", p.file)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("package other\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	path, skipped, err := overlay(root, t.TempDir())
	if err != nil || len(skipped) != len(patches) {
		t.Errorf("%v, %v", skipped, err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != `{"Replace":{}}` {
		t.Errorf("%s, %v", text, err)
	}
}

func TestSplit(t *testing.T) {
	member := func(name, data string) string {
		head := name + strings.Repeat(" ", 16-len(name)) + "0           0     0     644     " + strings.TrimSpace(string(rune('0'+len(data)))) + strings.Repeat(" ", 9) + "`\n"
		if len(data)%2 == 1 {
			data += "\n"
		}
		return head + data
	}
	exported, linked, err := split([]byte(archiveHead + member(definitions, "abc") + member("_go_.o", "four") + member("asm.o", "x")))
	if err != nil || string(exported) != archiveHead+member(definitions, "abc") || string(linked) != archiveHead+member("_go_.o", "four")+member("asm.o", "x") {
		t.Errorf("%q\n%q\n%v", exported, linked, err)
	}
	for _, bad := range []string{"", "ELF", archiveHead + "short", archiveHead + member("a", "abcd")[:62]} {
		if _, _, err := split([]byte(bad)); err == nil {
			t.Errorf("%q is split", bad)
		}
	}
}

func TestWhatIsReplaced(t *testing.T) {
	empty, other, site := t.TempDir(), t.TempDir(), t.TempDir()
	for _, path := range []string{filepath.Join(other, "thesis.tex"), filepath.Join(site, "vaelab", "site.json")} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for folder, may := range map[string]bool{empty: true, other: false, site: true, filepath.Join(t.TempDir(), "new", "one"): true} {
		if err := mayReplace(folder); (err == nil) != may {
			t.Errorf("%s: %v", folder, err)
		}
	}
}

// TestEveryPartOfTheKernelIsShipped: each import of the kernel's modules leads to a file that is shipped, or to Go's own.
func TestEveryPartOfTheKernelIsShipped(t *testing.T) {
	entries, err := kernel.ReadDir("kernel")
	if err != nil || len(entries) < 10 {
		t.Fatalf("%d files, %v", len(entries), err)
	}
	shipped := []string{"wasm_exec.js", "zstddec.mjs"}
	for _, e := range entries {
		shipped = append(shipped, e.Name())
	}
	for _, e := range entries {
		text, err := kernel.ReadFile("kernel/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, quote := range []string{`from "./`, `import "./`, `new URL("`, `import(folder + "`} {
			for _, rest := range strings.Split(string(text), quote)[1:] {
				name, _, _ := strings.Cut(rest, `"`)
				if strings.HasSuffix(name, "js") && !slices.Contains(shipped, name) {
					t.Errorf("%s asks for %s, which isn't there", e.Name(), name)
				}
			}
		}
	}
}
