package peerbench

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"vaelab/cmd/internal/bench"
	"vaelab/cmd/vaelab/internal/setup"
)

// trainer builds the program that measures, once for all tests.
var trainer = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "vaelab-race-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "vaebench")
	if out, err := exec.Command("go", "build", "-o", path, "vaelab/cmd/vaebench").CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := trainer(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// small is a course of a second or two, in pure Go.
func small(t *testing.T) Course {
	t.Helper()
	path, err := trainer()
	if err != nil {
		t.Fatal(err)
	}
	env := setup.Environ(map[string]string{"GOMLX_BACKEND": "go", "GOMLX_NO_AUTO_INSTALL": "1"})
	return Course{
		Ours: Contestant{Name: "vaebench", Command: []string{path}, Env: env}, Env: setup.Environ(nil),
		Dir: t.TempDir(), Pairs: 2, Sample: true, Say: func(string) {},
		Epochs: 2, Sweep: 1, Hidden: 2, Rounds: 1, Samples: 20000,
	}
}

// images writes 300 random ones for training and for testing, as bench data would, and says so in the report.
func images(t *testing.T, c Course, r *Report) {
	t.Helper()
	rng := rand.New(rand.NewPCG(1, 2))
	for _, name := range []string{"train", "t10k"} {
		text := []byte{0, 0, 8, 3, 0, 0, 300 / 256, 300 % 256, 0, 0, 0, 28, 0, 0, 0, 28}
		for range 300 * 28 * 28 {
			text = append(text, byte(rng.Uint32()))
		}
		if err := os.WriteFile(filepath.Join(c.Dir, name+"-images-idx3-ubyte"), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r.Data = bench.Data{Title: "noise", Train: 300, Test: 300}
}

// Without a peer ours is measured alone, and every row has a number.
func TestWithoutPeers(t *testing.T) {
	if testing.Short() {
		t.Skip("trains")
	}
	c := small(t)
	var r Report
	images(t, c, &r)
	c.SIMD = c.Ours
	for _, part := range []func(context.Context, *Report) error{c.Training, c.Sweeping, c.Estimating, c.PureGo} {
		if err := part(t.Context(), &r); err != nil {
			t.Fatal(err)
		}
	}
	if len(r.Rows) < 14 {
		t.Errorf("%d rows: %+v", len(r.Rows), r.Rows)
	}
	for _, row := range r.Rows {
		if !(row.Ours > 0) || row.Peer != 0 || row.Ratio != 0 {
			t.Errorf("%+v", row)
		}
	}
	losses := map[float64]bool{}
	for _, s := range r.OneByOne {
		if strings.Contains(s.What, "test loss") {
			losses[s.Value] = true
		}
	}
	if len(losses) != c.Pairs {
		t.Errorf("%d turns have the losses %v: each turn has a seed of its own", c.Pairs, losses)
	}
	if want := 3 * c.Pairs; len(r.OneByOne) < want {
		t.Errorf("%d turns are kept, want %d or more", len(r.OneByOne), want)
	}
}

// A peer is timed line by line like ours. A script of the shell stands for Python here.
func TestWithAPeer(t *testing.T) {
	if testing.Short() {
		t.Skip("draws samples")
	}
	c := small(t)
	fake := filepath.Join(t.TempDir(), "python")
	script := `#!/bin/sh
for name in "log ratio" "low variance" importance; do
  echo "{\"name\":\"$name\",\"cores\":1,\"per_second\":1e3}"
done
`
	if err := os.WriteFile(fake, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	c.Python = []string{fake}
	var r Report
	if err := c.Estimating(t.Context(), &r); err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, row := range r.Rows {
		if row.Peer != 0 {
			compared++
			if row.Peer != 0.001 || row.Ratio <= 1 {
				t.Errorf("%+v", row)
			}
		}
	}
	if compared != 3 {
		t.Errorf("%d rows are compared: %+v", compared, r.Rows)
	}
	// One that tells too few epochs has not done the same work.
	r = Report{}
	images(t, c, &r)
	if err := os.WriteFile(fake, []byte("#!/bin/sh\necho '{\"epoch\":1,\"seconds\":1}'\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := c.Training(t.Context(), &r); err == nil || !strings.Contains(err.Error(), "jax trained 1 epochs, not 2") {
		t.Errorf("too few epochs give %v", err)
	}
}

// The peers' own programs run, where the peers are installed, and learn what ours learns: after one epoch of the sample
// the course's network is at 300 nats with any seed.
func TestPeersRun(t *testing.T) {
	layout, err := setup.FindRoot(".")
	if err != nil {
		t.Fatal(err)
	}
	python := layout.Under("peers", "bin", "python")
	if _, err := os.Stat(python); err != nil || testing.Short() {
		t.Skip("no peers here (go run ./cmd/vaelab bench -peers installs them)")
	}
	c := small(t)
	c.Python = []string{python}
	var r Report
	if err := c.Prepare(t.Context(), &r); err != nil {
		t.Fatal(err)
	}
	jax, err := c.script("vae.py", vaePy, c.Dir, "1", "20")
	if err != nil {
		t.Fatal(err)
	}
	turn, err := take[bench.Epoch](t.Context(), jax, "1", "1", "4") // seed 1, KL weights 1 and 4
	if err != nil {
		t.Fatal(err)
	}
	if other, err := take[bench.Epoch](t.Context(), jax, "2", "1"); err != nil || other.Lines[0].TestLoss == turn.Lines[0].TestLoss {
		t.Errorf("with another seed, JAX tells %+v, %v", other.Lines, err)
	}
	if len(turn.Lines) != 2 || math.Abs(turn.Lines[0].TestLoss-300) > 8 || turn.Lines[1].TestLoss < turn.Lines[0].TestLoss {
		t.Errorf("JAX tells %+v", turn.Lines)
	}
	numpy, err := c.script("estimators.py", estimatorsPy, "200000", "1")
	if err != nil {
		t.Fatal(err)
	}
	if rates, err := take[bench.Rate](t.Context(), numpy); err != nil || len(rates.Lines) < 3 {
		t.Errorf("NumPy tells %+v, %v", rates.Lines, err)
	}
}
