//go:build linux

package slurm

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/vaelib/places"
)

// many is a study of 24 runs.
const many = `{
  "name": "many", "data": ["fashion-mnist-sample"],
  "settings": {"hidden": 16, "batch": 500, "epochs": 6},
  "vary": {"kl_weight": [0.5, 1, 2, 4], "schedule": [{}, {"epochs": 4}], "seed": [1, 2, 3]}
}`

// on is a study with its file, its runs and the program that trains it.
type on struct {
	*cluster
	program, file, runs string
}

// with writes a study's file on the cluster's shared disk, a folder of this machine's.
func (c *cluster) with(t *testing.T, text string) on {
	t.Helper()
	dir := t.TempDir()
	s := on{c, filepath.Join(dir, "vaestudy"), filepath.Join(dir, "study.json"), filepath.Join(dir, "runs")}
	build := exec.Command("go", "build", "-buildvcs=false", "-o", s.program, "vaelab/cmd/vaestudy")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := os.WriteFile(s.file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return s
}

// do runs the program with the study's file.
func (s on) do(t *testing.T, runs string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), s.program, append(append([]string{"-backend", "go"}, args...), s.file)...)
	cmd.Env = append(s.env(), places.RunsEnv+"="+runs, "GOMLX_BACKEND=go", "GOMLX_NO_AUTO_INSTALL=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return string(out)
}

// has waits for what the study's table says.
func (s on) has(t *testing.T, what string) {
	t.Helper()
	s.until(t, what, func() bool { return strings.Contains(s.do(t, s.runs, "-table"), what) })
}

// 24 runs on two nodes, of which one vanishes in the middle with all that it holds, and comes back at the end: nothing is lost, and every
// weight is to the last bit what one machine makes.
func TestANodeVanishes(t *testing.T) {
	c := start(t)
	s := c.with(t, many)
	t.Log(s.do(t, s.runs, "-slurm", "-sbatch", "--partition=all"))
	s.until(t, "a few runs", func() bool { return len(weights(t, s.runs)) >= 5 && len(processes(t, "SLURMD_NODENAME=n2")) > 1 })
	still := c.vanish(t, "n2")
	t.Logf("n2 has vanished with %d processes; %s", len(still), last(s.do(t, s.runs, "-table")))
	s.has(t, "24 runs: 24 done")
	for _, pid := range still {
		_ = syscall.Kill(pid, syscall.SIGCONT)
	}
	c.revive(t, "n2")
	c.until(t, "the queue to be empty", func() bool { return strings.TrimSpace(c.run(t, "squeue", "-h")) == "" })
	s.until(t, "what came back to end", func() bool {
		for _, pid := range still {
			if text, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)); err == nil && bytes.Contains(text, []byte("vaestudy")) {
				return false
			}
		}
		return true
	})
	t.Log(last(s.do(t, s.runs, "-table")))

	alone := filepath.Join(t.TempDir(), "runs")
	s.do(t, alone)
	want, got := weights(t, alone), weights(t, s.runs)
	if len(want) != 24 || len(got) != 24 {
		t.Fatalf("%d runs on one machine, %d on the cluster", len(want), len(got))
	}
	for key := range want {
		if !bytes.Equal(want[key], got[key]) {
			t.Errorf("%s differs", key)
		}
	}
}

// A job whose time is up goes back into the queue and goes on where it was; one whose time is shorter than an epoch fails, and says so.
func TestTheTimeIsUp(t *testing.T) {
	c := start(t)
	s := c.with(t, strings.Replace(`{"name": "long", "data": ["fashion-mnist-sample"], "settings": {"hidden": 256, "epochs": EPOCHS}}`, "EPOCHS", "15", 1))
	t.Log(s.do(t, s.runs, "-slurm", "-sbatch", "--time=2"))
	s.has(t, "1 run: 1 begun")
	logs := func() string {
		files, _ := filepath.Glob(filepath.Join(filepath.Dir(s.file), "study.logs", "*"))
		var all []byte
		for _, name := range files {
			text, _ := os.ReadFile(name)
			all = append(all, text...)
		}
		return string(all)
	}
	if text := logs(); !strings.Contains(text, "finished epochs are kept") {
		t.Errorf("the log says %s", text)
	}
	c.until(t, "the job to be in the queue again", func() bool { return strings.Contains(c.run(t, "squeue", "-h", "-o", "%T"), "PENDING") })
	id := strings.TrimSpace(c.run(t, "squeue", "-h", "-o", "%F"))
	c.until(t, "the run to be done", func() bool {
		if strings.Contains(c.run(t, "squeue", "-h", "-o", "%r"), "BeginTime") { // else Slurm waits two minutes each time
			c.run(t, "scontrol", "update", "jobid="+id+"_0", "starttime=now")
		}
		return strings.Contains(s.do(t, s.runs, "-table"), "1 run: 1 done")
	})
	if text := c.run(t, "scontrol", "show", "job", id); !strings.Contains(text, "Restarts=") || strings.Contains(text, "Restarts=0 ") {
		t.Errorf("the job was never begun again: %s", text)
	}
}

// last is the last line.
func last(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

// weights are the weights of finished runs, by their folders' names, without the header in which seconds stand.
func weights(t *testing.T, runs string) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(runs, "*", "state.safetensors"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if os.IsNotExist(err) || err == nil && len(text) < 8 {
			continue // it is just being replaced
		}
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(filepath.Dir(name))] = text[8+binary.LittleEndian.Uint64(text):]
	}
	return all
}

// The study that docs/cluster.md shows, 100 runs, by the command that the page names, with XLA, and its tables and figure. VAELAB_STUDY
// names a folder for these.
func TestAHundredRuns(t *testing.T) {
	c := start(t)
	root := labtest.Layout(t).Root
	file := filepath.Join(t.TempDir(), "kl-weight.json")
	text := labtest.Read(t, filepath.Join(root, "examples", "study", "kl-weight.json"))
	if shown := labtest.Read(t, filepath.Join(root, "docs", "cluster.md")); !strings.Contains(shown, "```json\n"+text+"```") {
		t.Error("docs/cluster.md shows another file than examples/study/kl-weight.json")
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	out := os.Getenv("VAELAB_STUDY")
	if out == "" {
		out = filepath.Join(t.TempDir(), "results")
	}
	runs := filepath.Join(t.TempDir(), "runs")
	do := func(args ...string) string {
		cmd := labtest.Command(t, append([]string{"study"}, append(args, file)...)...)
		cmd.Env = append(cmd.Env, "SLURM_CONF="+c.conf, places.RunsEnv+"="+runs)
		said, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		return string(said)
	}
	t.Log(do("-slurm", "-tasks", "10"))
	c.until(t, "the queue to be empty", func() bool { return strings.TrimSpace(c.run(t, "squeue", "-h")) == "" })
	said := do("-table", "-out", out)
	if !strings.Contains(said, "100 runs: 100 done") {
		t.Error(said)
	}
	for name, lines := range map[string]int{"epochs.csv": 1 + 100*15, "measures.jsonl": 100 * 6} {
		if text := labtest.Read(t, filepath.Join(out, name)); strings.Count(text, "\n") != lines {
			t.Errorf("%s has %d lines, not %d", name, strings.Count(text, "\n"), lines)
		}
	}
	if info, err := os.Stat(filepath.Join(out, "rate-distortion.png")); err != nil || info.Size() < 10_000 {
		t.Errorf("the figure: %v, %v", info, err)
	}
}
