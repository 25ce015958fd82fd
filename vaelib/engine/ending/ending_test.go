package ending_test

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"vaelab/vaelib/engine/ending"
)

// run lets a shell end in some way and tells of it.
func run(t *testing.T, script string) *ending.Error {
	t.Helper()
	w := ending.NewWatch()
	cmd := exec.Command("/bin/sh", "-c", script)
	cmd.Stderr = &w.Tail
	return w.Tell("the program that computes", cmd.Run(), "run the cell again")
}

// Memory is never named where nothing shows that it was short; the program's own words are.
func TestTell(t *testing.T) {
	for script, want := range map[string]ending.Error{
		`echo "E1125 parse_flags_from_env.cc:234] Unknown flag in XLA_FLAGS: --nonsense" >&2; exit 1`: {Code: 1, Last: "E1125 parse_flags_from_env.cc:234] Unknown flag in XLA_FLAGS: --nonsense"},
		`kill -9 $$`:                      {Code: -1, Signal: syscall.SIGKILL},
		`echo "going" >&2; kill -SEGV $$`: {Code: -1, Signal: syscall.SIGSEGV, Last: "going"},
		`exit 0`:                          {Code: 0},
		`printf 'a\nfatal error: all goroutines are asleep\n\ngoroutine 1 [running]:\nmain.main()\n' >&2; exit 2`: {Code: 2, Last: "fatal error: all goroutines are asleep"},
	} {
		got := run(t, script)
		if got.Code != want.Code || got.Signal != want.Signal || got.Last != want.Last || got.Memory {
			t.Errorf("%s: %+v, want %+v", script, got, want)
		}
		text := got.Error()
		if strings.Contains(text, "memory") || want.Last != "" && !strings.Contains(text, want.Last) || !strings.HasSuffix(text, "run the cell again") {
			t.Errorf("%s: %s", script, text)
		}
		var exit *exec.ExitError
		if errors.As(got, &exit) != (want.Code != 0) {
			t.Errorf("%s: the cause is %v", script, got.Unwrap())
		}
	}
}

func ExampleError() {
	killed := &ending.Error{Program: "the program that computes", Code: -1, Signal: syscall.SIGKILL, Memory: true, Do: "run the cell again: finished epochs are kept"}
	fmt.Println(killed)
	flag := &ending.Error{Program: "the program that computes", Code: 1, Last: "Unknown flag in XLA_FLAGS: --x", Do: "run the cell again"}
	fmt.Println(flag)
	// Output:
	// the program that computes has ended: the system killed it for want of memory; close other programs, or choose a smaller batch or fewer images, and run the cell again: finished epochs are kept
	// the program that computes has ended with code 1: its last words are “Unknown flag in XLA_FLAGS: --x”; mend what they tell of, if they do, and run the cell again
}

// Of what was said, the end is kept.
func TestTail(t *testing.T) {
	var tail ending.Tail
	for i := range 5000 {
		fmt.Fprintf(&tail, "line %d\n", i)
	}
	if got := tail.LastWords(); got != "line 4999" {
		t.Errorf("the last words are %q", got)
	}
}

// A signal that Go tells of is the last word, after what C has said before it.
func TestLastWordsBeforeASignal(t *testing.T) {
	const signal = "SIGABRT: abort\nPC=0x7f m=0 sigcode=18446744073709551610\nsignal arrived during cgo execution\n"
	for said, want := range map[string]string{
		signal:                       "SIGABRT: abort",
		"F0 Check failed\n" + signal: "F0 Check failed; SIGABRT: abort",
		"SIGNALS: none\nthe end\n":   "the end",
	} {
		var tail ending.Tail
		fmt.Fprint(&tail, said)
		if got := tail.LastWords(); got != want {
			t.Errorf("the last words of %q are %q, want %q", said, got, want)
		}
	}
}
