// Package labtest is what tests share that use the course as a person does: the clone's own lab, the command, and the
// runs that notebooks train.
//
// Such tests are spread over packages, so that Go runs them side by side and none comes near its limit of ten minutes for
// each. What they share is made once, by whichever needs it first, and lies in .vaelab/tests: the others wait for it.
//
// There are three tiers. With -short, tests that need the lab are skipped: Lab does it. Without, each runs with the small
// budget. What takes long runs only where Long allows it.
package labtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/words"
)

// LongEnv names the environment variable that lets the long tests run: VAELAB_LONG=1.
const LongEnv = "VAELAB_LONG"

// Long skips a test that takes long, unless long tests are asked for.
func Long(t testing.TB) {
	t.Helper()
	if !IsLong() {
		t.Skipf("takes long: %s=1 runs it (see CONTRIBUTING.md)", LongEnv)
	}
}

// IsLong says whether long tests are asked for.
func IsLong() bool { return os.Getenv(LongEnv) == "1" }

// Until is a context that ends shortly before Go ends the test, so that there is time to say what was waited for; where Go has no
// limit, after ten minutes.
func Until(ctx context.Context, t testing.TB) (context.Context, context.CancelFunc) {
	limit := time.Now().Add(10 * time.Minute)
	if timed, ok := t.(interface{ Deadline() (time.Time, bool) }); ok {
		if deadline, ok := timed.Deadline(); ok {
			limit = deadline.Add(-10 * time.Second)
		}
	}
	return context.WithDeadline(ctx, limit)
}

// Layout is the clone under test.
func Layout(t testing.TB) setup.Layout {
	t.Helper()
	l, err := setup.FindRoot(".")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Lab is the clone's own lab, made by the same code as a person's where something is missing. With -short the test is
// skipped.
func Lab(t testing.TB) *setup.Lab {
	t.Helper()
	if testing.Short() {
		t.Skip("needs the lab, which -short leaves alone")
	}
	lab, err := labOnce()
	if err != nil {
		t.Fatalf("the set-up fails: %v", err)
	}
	return lab
}

var labOnce = sync.OnceValues(func() (*setup.Lab, error) {
	layout, err := setup.FindRoot(".")
	if err != nil {
		return nil, err
	}
	return setup.Prepare(context.Background(), layout, setup.Options{Jupyter: true}, Teller{})
})

// Teller shows the set-up's steps to whoever waits for a test with -v.
type Teller struct{}

func (Teller) Started(s *setup.Step) {}
func (Teller) Ended(r setup.Result) {
	fmt.Fprintf(os.Stderr, "  %7.1f s %s\n", r.Took.Seconds(), r.Step.Title)
}
func (Teller) Say(text string) { fmt.Fprintln(os.Stderr, text) }

// Command is a call of vaelab from the clone's root. It keeps what it trains with the other tests' runs, and trains for
// few epochs where a notebook names two numbers of them: what is tested here isn't what models learn. It speaks English, whatever the
// system does, and ends with the test.
func Command(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	path, err := commandOnce()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Dir = Layout(t).Root
	cmd.Env = append(os.Environ(), "GOMLX_BACKEND=", "VAELAB_RUNS="+Runs(t), words.Env+"=en", Budget())
	return cmd
}

// Budget is the setting for how long notebooks train: the least, but in long tests, or where the environment says.
func Budget() string {
	const name = "VAELAB_BUDGET" // as vaelib/lab reads it
	switch wish := os.Getenv(name); {
	case wish != "":
		return name + "=" + wish
	case IsLong():
		return name + "=full"
	}
	return name + "=least"
}

// commandOnce builds the command, where it is missing or older than its sources: Go knows.
var commandOnce = sync.OnceValues(func() (string, error) {
	layout, err := setup.FindRoot(".")
	if err != nil {
		return "", err
	}
	path := layout.Under("tests", "vaelab")
	return path, alone(layout, "vaelab", func() error {
		cmd := exec.Command("go", "build", "-o", path, "./cmd/vaelab")
		cmd.Dir = layout.Root
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("the command can't be built: %w: %s", err, out)
		}
		return nil
	})
})

// alone lets one test program at a time do something in the clone.
func alone(layout setup.Layout, name string, do func() error) error {
	if err := os.MkdirAll(layout.Under("tests"), 0o755); err != nil {
		return err
	}
	lock := flock.New(layout.Under("tests", name+".lock"))
	if err := lock.Lock(); err != nil {
		return err
	}
	defer lock.Unlock()
	return do()
}

// Outcome runs a command to its end.
func Outcome(t testing.TB, cmd *exec.Cmd) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}
