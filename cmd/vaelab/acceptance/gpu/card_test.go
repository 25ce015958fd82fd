//go:build linux

package gpu

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

// card makes a folder as the set-up's is for a card, whose plugin computes on the CPU (testdata/card.c), and gives what its environment
// needs.
func card(t *testing.T, plugins string) (dir, env string) {
	t.Helper()
	cc, err := exec.LookPath("cc")
	if err != nil {
		t.Skip("there is no C compiler to make a plugin with")
	}
	cpu, err := filepath.Glob(filepath.Join(plugins, "*.so"))
	if err != nil {
		t.Fatal(err)
	}
	module := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/gomlx/go-xla")
	module.Dir = labtest.Layout(t).Root
	xla, err := module.Output()
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	plugin := filepath.Join(dir, "jax_plugins", "xla_cuda13", "xla_cuda_plugin.so")
	if err := os.MkdirAll(filepath.Dir(plugin), 0o755); err != nil {
		t.Fatal(err)
	}
	header := "-I" + filepath.Join(strings.TrimSpace(string(xla)), "pjrt")
	if out, err := exec.Command(cc, "-shared", "-fPIC", "-o", plugin, header, filepath.Join("testdata", "card.c"), "-ldl").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := os.Symlink(cpu[0], filepath.Join(dir, "pjrt_c_api_cpu_plugin.so")); err != nil { // to compare with
		t.Fatal(err)
	}
	return dir, "CARD_CPU=" + cpu[0]
}

// What takes a plugin for a card's makes the steps as on a card: TF32 and without, one device and two.
func TestAsOnACard(t *testing.T) {
	labtest.Long(t)
	program, plugins := built(t)
	dir, env := card(t, plugins)
	said, code := do(t, program, []string{env}, "-plugin", dir, "-quick", "-only", "losses,devices,resume")
	if code != 0 {
		t.Errorf("code %d", code)
	}
	for _, part := range []string{
		"XLA on an NVIDIA GPU with float32", "XLA on an NVIDIA GPU with TF32", "1,250 images, XLA on the CPU: test losses",
		"two devices: ", "went on after epoch 1", "✓ 4 passed, ✗ 0 failed",
	} {
		if !strings.Contains(said, part) {
			t.Errorf("it doesn't say %q", part)
		}
	}
	if strings.Contains(said, "rehearsal") {
		t.Error("a card is called a rehearsal")
	}
}

// A card without memory refuses a training in a sentence, and trains on.
func TestAFullCard(t *testing.T) {
	labtest.Long(t)
	program, plugins := built(t)
	dir, env := card(t, plugins)
	// glibc would set aside address space for each thread, of which there are as many as cores.
	said, code := do(t, program, []string{env, "CARD_BYTES=3000000000", "MALLOC_ARENA_MAX=2"}, "-plugin", dir, "-quick", "-only", "full")
	for _, part := range []string{
		"✓ 7 a full card", "refused: 400 hidden units with a batch of ", "✓ 2 passed",
		"XLA on an NVIDIA GPU has too little memory for this training: choose a smaller Batch",
	} {
		if !strings.Contains(said, part) {
			t.Errorf("it doesn't say %q", part)
		}
	}
	if code != 0 {
		t.Errorf("code %d", code)
	}
}

// A card that takes its process down fails the step, which says where, and the next step begins afresh.
func TestACardThatDies(t *testing.T) {
	labtest.Long(t)
	program, plugins := built(t)
	dir, env := card(t, plugins)
	said, code := do(t, program, []string{env, "CARD_DIES=8"}, "-plugin", dir, "-quick", "-only", "full,resume", "-most", "256M")
	for _, part := range []string{
		"✗ 7 a full card", "the process ended while it trained 400 hidden units with a batch of ", "SIGABRT", "✓ 8 stopped, it goes on", "✗ 1 failed",
	} {
		if !strings.Contains(said, part) {
			t.Errorf("it doesn't say %q", part)
		}
	}
	if code != 1 || strings.Contains(said, "goroutine ") {
		t.Errorf("code %d", code)
	}
}
