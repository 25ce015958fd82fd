package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image/color"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
	"vaelab/vaelib/words/wordstest"
)

// program is the built vaetrain: what a person gets, exit code and all.
var program string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "vaetrain")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		program = filepath.Join(dir, "vaetrain.exe")
		if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
			panic(fmt.Sprintf("%v: %s", err, out))
		}
		return m.Run()
	}())
}

// quick are flags of a run on the sample that takes about a second without XLA.
var quick = []string{"-backend", "go", "-hidden", "8", "-batch", "1000", "-epochs", "2"}

func command(t *testing.T, runs string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Env = append(os.Environ(), places.RunsEnv+"="+runs, "GOMLX_BACKEND=go", "GOMLX_NO_AUTO_INSTALL=1")
	return cmd
}

// vaetrain gives the program's output and exit code.
func vaetrain(t *testing.T, runs string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, err bytes.Buffer
	cmd := command(t, runs, args...)
	cmd.Stdout, cmd.Stderr = &out, &err
	var exit *exec.ExitError
	if e := cmd.Run(); e != nil && !errors.As(e, &exit) {
		t.Fatal(e)
	}
	return out.String(), err.String(), cmd.ProcessState.ExitCode()
}

// One call trains, writes pictures and ends with a line of JSON; the next loads the same run and says so.
func TestTrainAndLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for _, kind := range []string{"vae", "ae"} {
		runs, out := t.TempDir(), filepath.Join(t.TempDir(), "new", "pictures")
		flags := append(slices.Clone(quick), "-model", kind, "-json", "-out", out)
		stdout, stderr, code := vaetrain(t, runs, flags...)
		if code != 0 || stderr != "" {
			t.Fatalf("exit code %d: %s", code, stderr)
		}
		trained := lastLine(t, stdout)
		if trained["loaded"] != false || trained["backend"] == "" || trained["epochs"] != 2.0 {
			t.Errorf("the last line says %v", trained)
		}
		loss, sum := trained["test_loss"].(float64), trained["test_reconstruction"].(float64)+trained["test_kl"].(float64)
		if loss < 200 || loss > 600 || loss-sum > 1e-3 || sum-loss > 1e-3 || trained["seconds_per_epoch"].(float64) <= 0 {
			t.Errorf("the last line says %v", trained)
		}
		if isAE := trained["test_kl"] == 0.0; isAE != (kind == "ae") {
			t.Errorf("the KL term of an %s is %v", kind, trained["test_kl"])
		}
		if dir := trained["run_dir"].(string); filepath.Dir(dir) != runs || !strings.HasPrefix(filepath.Base(dir), kind) {
			t.Errorf("the run is kept in %s", dir)
		}
		picturesAreThere(t, out)
		metricsAreThere(t, out, loss)

		stdout, _, code = vaetrain(t, runs, flags...)
		loaded := lastLine(t, stdout)
		if code != 0 || loaded["loaded"] != true || loaded["test_loss"] != loss || !strings.Contains(stdout, "trained before") {
			t.Errorf("the second time, exit code %d:\n%s", code, stdout)
		}
	}
}

// lastLine parses the last line of stdout, which must have all the promised keys.
func lastLine(t *testing.T, stdout string) map[string]any {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(stdout), "\n")
	var values map[string]any
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &values); err != nil {
		t.Fatalf("the last line is %q: %v", lines[len(lines)-1], err)
	}
	for _, key := range []string{"backend", "seconds_per_epoch", "test_loss", "test_reconstruction", "test_kl", "epochs", "run_dir"} {
		if _, ok := values[key]; !ok {
			t.Errorf("the last line lacks %s: %v", key, values)
		}
	}
	return values
}

func picturesAreThere(t *testing.T, dir string) {
	t.Helper()
	for _, name := range []string{"curves", "map", "plane", "restored", "samples"} {
		content, err := os.ReadFile(filepath.Join(dir, name+".png"))
		if err != nil {
			t.Error(err)
			continue
		}
		img, err := png.Decode(bytes.NewReader(content))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		tones := map[color.Color]bool{}
		for y := range img.Bounds().Dy() {
			for x := range img.Bounds().Dx() {
				tones[img.At(x, y)] = true
			}
		}
		if size := img.Bounds().Size(); size.X < 400 || size.Y < 150 || len(tones) < 10 {
			t.Errorf("%s is %v with %d colours", name, size, len(tones))
		}
	}
}

func metricsAreThere(t *testing.T, dir string, loss float64) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "metrics.json"))
	if err != nil {
		t.Fatal(err)
	}
	var metrics struct {
		run.Identity
		History []run.Epoch
	}
	if err := json.Unmarshal(text, &metrics); err != nil {
		t.Fatal(err)
	}
	if metrics.Hidden != 8 || len(metrics.History) != 2 || metrics.History[1].Test.Loss != loss {
		t.Errorf("metrics.json holds %s", text)
	}
}

// A wrong flag or value ends with a code and a sentence that names the flag, and trains nothing.
func TestWrongFlags(t *testing.T) {
	damaged := t.TempDir()
	for _, name := range []string{"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"} {
		if err := os.WriteFile(filepath.Join(damaged, name), []byte("damaged"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	runs := t.TempDir()
	for flags, want := range map[string]string{
		"-nosuch":                          "flag provided but not defined: -nosuch", // what follows lists all flags
		"-kl many":                         `invalid value "many" for flag -kl`,
		"-kl":                              "flag needs an argument: -kl",
		"-kl -1":                           "-kl is -1",
		"-kl NaN":                          "-kl is NaN",
		"-lr 0":                            "-lr is 0",
		"-lr Inf":                          "-lr is +Inf",
		"-latent 0":                        "-latent is 0",
		"-hidden -5":                       "-hidden is -5",
		"-epochs 0":                        "-epochs is 0",
		"-batch 0":                         "-batch is 0",
		"-batch 10001":                     "-batch is 10001, but there are only 10000",
		"-seed -1":                         `invalid value "-1" for flag -seed`,
		"-model gan":                       `-model is "gan": write vae or ae`,
		"-decoder poisson":                 `-decoder is "poisson": write bernoulli, gaussian or laplace`,
		"-decoder gaussian -pixel-sigma 0": "-pixel-sigma is 0",
		"-schedule rising":                 "write linear:5",
		"-schedule cyclic:4":               "write linear:5",
		"-schedule cyclic:1.5:1":           "write linear:5",
		"-schedule linear:20":              "-schedule is linear:20: the weight must rise",
		"-schedule cyclic:4:2":             "-schedule is cyclic:4:2: the weight must rise in a share",
		"-free-bits -1":                    "-free-bits is -1",
		"-rate much":                       "write 12 (nats)",
		"-rate 12:5:0":                     "-rate is 12 nats with a pull of 0",
		"-rate 12 -free-bits 1":            "leave -schedule and -free-bits out",
		"-sigma learned":                   "set -decoder to gaussian",
		"-decoder gaussian -sigma best":    "write learned or optimal",
		"-decay steps":                     "write linear or cosine",
		"-layers dense":                    `-layers is "dense": write conv, or leave it out`,
		"-layers conv -hidden 0 -decoder gaussian": "set -hidden to 1 or more",
		"-hidden 0":                        "set -decoder to gaussian",
		"-data cats":                       `"cats"`,
		"-backend abacus":                  "abacus",
		"-backend xla:/no/p.so":            "/no/p.so",
		"-devices 0":                       "-devices is 0: write 1 or more",
		"-backend go -devices 2":           "-devices is 2, but pure Go",
		"stray":                            `"stray" is not a flag`,
		"-data mnist -data-dir " + damaged: "train-images-idx3-ubyte",
		"-data mnist -data-dir /nowhere":   "/nowhere",
		"-data-dir " + damaged:             damaged,
		"-pictures /nowhere":               "the folder /nowhere can't be made a data set: there is no such folder",
		"-pictures=":                       "no folder is named",
		"-pictures " + damaged:             "there are no pictures in it: files that end in .png, .jpg or .jpeg are read",
		"-pictures " + damaged + "/train-labels-idx1-ubyte": "it is a file: name the folder that it lies in",
		"-pictures . -data mnist":                           "-pictures and -data each name what to train on: give one of them",
		"-pictures . -data-dir .":                           "-pictures and -data-dir each name what to train on",
		"-pictures . -size 7":                               "-size is 7: choose from 8 to 128 pixels",
		"-pictures . -size 129":                             "-size is 129: choose from 8 to 128 pixels",
		"-pictures . -size 0":                               "-size is 0: choose 28, or what you wish",
		"-size 20":                                          "-size is about pictures of your own: name their folder with -pictures",
		"-invert":                                           "-invert is about pictures of your own",
	} {
		stdout, stderr, code := vaetrain(t, runs, strings.Fields(flags)...)
		if code <= 0 || code == 130 || !strings.Contains(stderr, want) || strings.Contains(stderr, "goroutine ") {
			t.Errorf("%s ends with code %d, want a failure with %q:\n%s%s", flags, code, want, stdout, stderr)
		}
	}
	if left, err := os.ReadDir(runs); err != nil || len(left) > 0 {
		t.Errorf("runs were begun: %v, %v", left, err)
	}
}

// Every flag of a schedule reaches its setting.
func TestScheduleFlags(t *testing.T) {
	want := run.Default()
	want.Schedule, want.FreeBits, want.Decoder, want.Sigma, want.Decay, want.Hidden =
		run.Cyclic(4, 0.5), 0.25, run.Gaussian, run.LearnedSigma, run.CosineDecay, 0
	for flags, want := range map[string]run.Config{
		"-schedule cyclic:4:0.5 -free-bits 0.25 -decoder gaussian -sigma learned -decay cosine -hidden 0": want,
		"-schedule linear:2.5":           with(func(c *run.Config) { c.Schedule = run.Linear(2.5) }),
		"-free-bits 16 -free-over image": with(func(c *run.Config) { c.FreeBits, c.FreeOver = 16, run.EachImage }),
		"-given 392":                     with(func(c *run.Config) { c.Given = 392 }),
		"-prior learned -balance 1:0.1":  with(func(c *run.Config) { c.Prior, c.Balance = run.LearnedPrior, run.Balance{Prior: 1, Posterior: 0.1} }),
		"-layers conv":                   with(func(c *run.Config) { c.Layers = run.Convolutional }),
		"-rate 12":                       with(func(c *run.Config) { c.Rate = run.TargetRate{Nats: 12, Pull: 10} }),
		"-rate 12:5:30":                  with(func(c *run.Config) { c.Rate = run.TargetRate{Nats: 12, Epochs: 5, Pull: 30} }),
	} {
		s, err := parse(strings.Fields(flags))
		if err != nil || s.config != want {
			t.Errorf("%s gives %+v, %v", flags, s.config, err)
		}
	}
}

func with(change func(c *run.Config)) run.Config {
	c := run.Default()
	change(&c)
	return c
}

// A linear network with a learned σ and an annealed weight trains, loads and is drawn like any other.
func TestALinearNetwork(t *testing.T) {
	runs, out := t.TempDir(), t.TempDir()
	flags := append(slices.Clone(quick), "-hidden", "0", "-decoder", "gaussian", "-sigma", "learned", "-schedule", "linear:1", "-json", "-out", out)
	for _, loaded := range []bool{false, true} {
		stdout, stderr, code := vaetrain(t, runs, flags...)
		if code != 0 || stderr != "" {
			t.Fatalf("exit code %d: %s", code, stderr)
		}
		if last := lastLine(t, stdout); last["loaded"] != loaded {
			t.Errorf("the last line says %v", last)
		}
	}
}

func TestHelp(t *testing.T) {
	_, stderr, code := vaetrain(t, t.TempDir(), "-h")
	if code != 0 || !strings.Contains(stderr, "-kl") || !strings.Contains(stderr, "go run ./cmd/vaelab train") {
		t.Errorf("-h ends with code %d:\n%s", code, stderr)
	}
}

// Ctrl-C ends with code 130 and says how to go on; the next call goes on after the epochs that were finished: it
// keeps them, the seconds that they took included, and adds to them.
func TestInterruptAndGoOn(t *testing.T) {
	runs := t.TempDir()
	first := interrupted(t, runs, 1)
	next := interrupted(t, runs, len(first)+1)
	if len(next) <= len(first) || !slices.Equal(next[:len(first)], first) {
		t.Errorf("after %+v the next call has the history %+v", first, next)
	}
}

// interrupted trains until the program has told of an epoch, and gives the history that it has kept.
func interrupted(t *testing.T, runs string, epoch int) (kept []run.Epoch) {
	t.Helper()
	cmd := command(t, runs, append(slices.Clone(quick), "-epochs", "100000")...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines, reached := bufio.NewScanner(stdout), false; !reached && lines.Scan(); {
		words := strings.Fields(lines.Text())
		reached = len(words) > 1 && words[0] == "epoch" && words[1] == strconv.Itoa(epoch)
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, stdout)
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 130 || !strings.Contains(stderr.String(), "run it again to go on") {
		t.Errorf("interrupted, it ends with code %d: %s", code, stderr.String())
	}
	files, _ := filepath.Glob(filepath.Join(runs, "*", "metrics.json"))
	if len(files) != 1 {
		t.Fatalf("the runs' histories are %v, want one", files)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &kept); err != nil {
		t.Fatal(err)
	}
	return kept
}

func TestMedianWithoutTheFirst(t *testing.T) {
	for _, c := range []struct {
		seconds []float64
		want    float64
	}{{[]float64{9}, 9}, {[]float64{9, 2}, 2}, {[]float64{9, 2, 4}, 3}, {[]float64{9, 5, 1, 2}, 2}} {
		var history []run.Epoch
		for _, s := range c.seconds {
			history = append(history, run.Epoch{Seconds: s})
		}
		if got := secondsPerEpoch(history); got != c.want {
			t.Errorf("of %v: %v, want %v", c.seconds, got, c.want)
		}
	}
}

// Help and wrong flags are told in the language that -lang or the environment names, and are out of no language's reach.
func TestFlagsInAnotherLanguage(t *testing.T) {
	clone := wordstest.Veil(t)
	for flags, want := range map[string]int{
		"-h": 0, "-nosuch": 2, "-kl": 2, "-kl many": 2, "-rate much": 2, "-schedule rising": 2, "-balance 1": 2, "-lang xx": 2, "stray": 1, "-devices 0": 1,
		"-pictures . -data mnist": 1, "-pictures . -size 0": 1, "-size 20": 1,
	} {
		for _, named := range []bool{false, true} {
			cmd := command(t, t.TempDir(), strings.Fields(flags)...)
			cmd.Env = append(cmd.Env, places.RootEnv+"="+clone)
			if named && flags != "-lang xx" {
				cmd.Args = append([]string{cmd.Args[0], "-lang", "zh"}, cmd.Args[1:]...)
			} else {
				cmd.Env = append(cmd.Env, words.Env+"=zh")
			}
			said, _ := cmd.CombinedOutput() // its code is looked at
			if code := cmd.ProcessState.ExitCode(); code != want || len(said) == 0 {
				t.Errorf("%s ends with code %d, want %d: %s", flags, code, want, said)
			}
			for line := range strings.Lines(string(said)) {
				if strings.HasPrefix(line, "  -") || strings.HasPrefix(line, "    go run") { // a flag with a type of Go's; an example
					continue
				}
				if english := wordstest.Phrases(line, "fashion-mnist-sample, fashion-mnist, mnist"); len(english) > 0 {
					t.Errorf("%s is told in English: %q: %q", flags, line, english)
				}
			}
		}
	}
}
