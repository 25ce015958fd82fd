//go:build linux

package training

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/run"
)

// XLA is refused memory: the error is a value and a sentence, and the same backend trains on as if nothing had been. The system
// refuses it by a limit, which is for the whole process, so the test is in one of its own.
func TestTooLittleMemory(t *testing.T) {
	testbackend.XLA(t)
	const alone = "VAELAB_TEST_MEMORY"
	if os.Getenv(alone) == "" {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
		cmd.Env = append(os.Environ(), alone+"=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return
	}
	b := testbackend.XLA(t)
	if b.Name != "xla" {
		t.Skipf("a limit of the process's memory is none of the memory of %s", b.Words)
	}
	small := job(t)
	before := train(t, b, small)

	const images = 1 << 19
	large := small
	large.Data.Train = repeated(small.Data.Train, images)
	large.Config.Batch, large.Config.Hidden, large.Config.Epochs = images, 2048, 1 // one array of activations alone is 4 GiB
	limit(t, 3<<30)
	_, err := Train(t.Context(), b, large)
	var wants *MemoryError
	if !errors.As(err, &wants) || wants.Config.Batch != images || wants.Backend != b.Words {
		t.Fatalf("the error is %v", err)
	}
	for _, part := range []string{"too little memory", "choose a smaller Batch (it is 524288) or Hidden (it is 2048)", "ut of memory"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("it doesn't say %q: %v", part, err)
		}
	}
	if strings.Contains(err.Error(), "goroutine") || strings.Contains(err.Error(), "Exec:") {
		t.Errorf("it is no sentence: %v", err)
	}
	small.Root = t.TempDir()
	after := train(t, b, small)
	if !slices.EqualFunc(before.State.Arrays, after.State.Arrays, func(a, b run.Array) bool { return slices.Equal(a.Data, b.Data) }) {
		t.Error("the next training is another than before")
	}
}

// repeated are n images.
func repeated(s datasets.Images, n int) datasets.Images {
	size := s.Width * s.Height
	s.Pixels, s.Labels = slices.Repeat(s.Pixels, n/s.Len()+1)[:n*size], nil
	return s
}

// limit lets the process have so much address space more than it has now.
func limit(t *testing.T, more uint64) {
	t.Helper()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Fatal(err)
	}
	var pages uint64
	if _, err := fmt.Sscan(string(text), &pages); err != nil {
		t.Fatal(err)
	}
	var limits syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_AS, &limits); err != nil {
		t.Fatal(err)
	}
	limits.Cur = min(limits.Max, pages*uint64(os.Getpagesize())+more)
	if err := syscall.Setrlimit(syscall.RLIMIT_AS, &limits); err != nil {
		t.Fatal(err)
	}
}

// Other errors stay what they are.
func TestOtherErrorsAreNotAboutMemory(t *testing.T) {
	tr := &trainer{job: Job{Config: tiny.Config()}, backend: testbackend.Go(t)}
	for _, err := range []error{nil, errors.New("PJRT error (code=13): no kernel image is available"), errors.New("PJRT error (code=80): x")} {
		if got := tr.wanting(err); !errors.Is(got, err) || errors.As(got, new(*MemoryError)) {
			t.Errorf("%v becomes %v", err, got)
		}
	}
}
