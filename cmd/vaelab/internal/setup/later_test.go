package setup

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestFirstPicture holds what is compiled first against what the first notebook's first picture needs: all of it, and
// nothing that isn't needed. It shows data, before anything is trained.
func TestFirstPicture(t *testing.T) {
	text, err := os.ReadFile("../../../../notebooks/01_autoencoder_to_vae.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	var book struct {
		Cells []struct {
			Cell_type string
			Source    []string
		}
	}
	if err := json.Unmarshal(text, &book); err != nil {
		t.Fatal(err)
	}
	imports, used := map[string]string{}, map[string]bool{}
	for _, c := range book.Cells {
		source := strings.Join(c.Source, "")
		if c.Cell_type != "code" {
			continue
		}
		if strings.HasPrefix(source, "import") {
			for _, m := range regexp.MustCompile(`"([^"]+)"`).FindAllStringSubmatch(source, -1) {
				imports[path.Base(m[1])] = m[1]
			}
			continue
		}
		for _, m := range regexp.MustCompile(`\b(\w+)\.[A-Z]`).FindAllStringSubmatch(source, -1) {
			if p, known := imports[m[1]]; known && strings.Contains(p, "/") {
				used["./"+strings.TrimPrefix(p, "vaelab/")] = true
			}
		}
		if strings.Contains(source, "show.Figure(") {
			break
		}
	}
	if got := slices.Sorted(maps.Keys(used)); !slices.Equal(got, firstPackages) {
		t.Errorf("the first picture of the first notebook needs %q, and %q are compiled first", got, firstPackages)
	}
}

// TestNothingHeavyBeforeTheFirstPicture keeps out of the first packages what takes long to compile and draws nothing.
func TestNothingHeavyBeforeTheFirstPicture(t *testing.T) {
	list := exec.CommandContext(t.Context(), "go", append([]string{"list", "-deps", "-tags=minimal,netgo,osusergo"}, firstPackages...)...)
	list.Dir = "../../../.."
	deps, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, heavy := range []string{"gonum.org/v1/gonum/mat", "gonum.org/v1/gonum/lapack/gonum", "github.com/gomlx/gomlx/core/graph", "runtime/cgo"} {
		if slices.Contains(strings.Fields(string(deps)), heavy) {
			t.Errorf("the first picture needs %s", heavy)
		}
	}
}

// TestPageDoesNotWait waits for one step while another goes on, and hears of its failure afterwards.
func TestPageDoesNotWait(t *testing.T) {
	l := Layout{Root: t.TempDir()}
	page := writes(l, "page", "P")
	broken := errors.New("no such compiler")
	pageIsThere := make(chan struct{})
	kernel := &Step{Name: "kernel", Title: "Kernel", Make: func(ctx context.Context, _ *Log) error {
		select {
		case <-pageIsThere:
			return broken
		case <-ctx.Done():
			return ctx.Err()
		}
	}}
	w, err := l.begin(t.Context(), []*Step{page, kernel}, &record{})
	if err != nil {
		t.Fatal(err)
	}
	if results, err := w.wait(page); err != nil || len(results) != 1 || !results[0].Made {
		t.Fatalf("for the page: %+v, %v", results, err)
	}
	close(pageIsThere)
	for range 2 { // the second time all has long ended
		if _, err := w.wait(page, kernel); !errors.Is(err, broken) {
			t.Errorf("for the kernel: %v, want %v", err, broken)
		}
	}
}

// TestKernelWaits starts a kernel that is still being built.
func TestKernelWaits(t *testing.T) {
	l := Layout{Root: t.TempDir()}
	argv := l.kernelSpec(Host{}, Backend{}, true).Argv
	if plain := l.kernelSpec(Host{}, Backend{}, false).Argv; !slices.Equal(argv[len(argv)-len(plain):], plain) {
		t.Fatalf("it waits for %q, not for %q", argv, plain)
	}
	cmd := exec.CommandContext(t.Context(), argv[0], argv[1:]...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond) // without waiting it would have failed by now
	if err := os.MkdirAll(l.Bin(), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(l.Bin(), "gonb"), []byte("#!/bin/sh\necho \"$@\""), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(l.KernelBin(), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, through := range []string{l.tie(), l.seat()} {
		if err := os.WriteFile(through, []byte("#!/bin/sh\nexec \"$@\""), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []string{"gonb", "cellgo"} {
		if err := WriteFile(l.stampPath(step), nil); err != nil {
			t.Fatal(err)
		}
	}
	said := make([]byte, 200)
	n, _ := out.Read(said)
	if err := cmd.Wait(); err != nil || !strings.HasPrefix(string(said[:n]), "-kernel {connection_file} -go_work=") {
		t.Errorf("it says %q, %v", said[:n], err)
	}
}
