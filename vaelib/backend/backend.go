package backend

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/gomlx/compute"
	_ "github.com/gomlx/compute/gobackend"

	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Backend is an open GoMLX backend with its names. Make one with [Open] or [OpenDevices], one after the other. The zero
// Backend is closed: whoever is given it answers with an error. Several goroutines may train and compute on one at once, but
// for Close, which is for when they have ended.
type Backend struct {
	run.Backend
	Compute compute.Backend
}

// Close gives back what the backend holds. Nothing can be computed with it, nor with a network on it, afterwards. A Backend that
// was never opened has nothing to give back.
func (b *Backend) Close() {
	if b != nil && b.Compute != nil {
		b.Compute.Finalize()
	}
}

// Open opens the backend that is wished for: "xla", "xla:cuda", "go", or whatever else GOMLX_BACKEND may hold. With
// no wish it is what GOMLX_BACKEND names, or the best one there is; see the package's comment. It is an error if a
// backend asked for by name can't be had: nothing else is put in its place.
func Open(wish string) (*Backend, error) { return OpenDevices(wish, 1) }

// OpenDevices is Open for training over several devices: where XLA computes on the CPU, it poses as so many, so that this can
// be tried on any machine. That is slower than one, since all share the same cores. GPUs are as many as they are.
func OpenDevices(wish string, devices int) (*Backend, error) {
	if devices < 1 {
		return nil, words.Errorf("a backend can't be opened as %d devices: ask for one or more", devices)
	}
	c, err := choose(wish)
	if err != nil {
		return nil, err
	}
	b, err := open(c.config, c.asked, devices)
	if err == nil || !c.best {
		return b, err
	}
	b, goErr := open("go", words.Say("the pure Go backend"), devices)
	if goErr != nil {
		return nil, errors.Join(err, goErr)
	}
	b.Words = words.Say("%s (XLA isn't installed; `go run ./cmd/vaelab setup` installs it, and it trains ten to thirty times faster)", b.Words)
	return b, nil
}

// Name is the name of the backend that [Open] opens for a wish, which a run's identity has. It is known without opening one, unless what
// there is must be tried: so a machine without a GPU can tell which runs are a GPU's.
func Name(wish string) (string, error) {
	c, err := choose(wish)
	if err != nil {
		return "", err
	}
	switch kind := kind(c.config); {
	case kind == "go":
		return run.PureGo.Name, nil
	case !c.best && (kind == "xla" || kind == "xla:cuda"):
		return kind, nil
	}
	b, err := Open(wish)
	if err != nil {
		return "", err
	}
	defer b.Close()
	return b.Name, nil
}

// choice is what a wish comes to.
type choice struct {
	config, asked string // for GoMLX, and in words
	best          bool   // it is the best that there may be, and pure Go does where it isn't there
}

func choose(wish string) (choice, error) {
	named := os.Getenv(compute.ConfigEnvVar)
	if named != "" && (wish == "" || wish == kind(named)) {
		return choice{named, compute.ConfigEnvVar + "=" + named, false}, nil
	}
	if wish != "" && wish != "xla" {
		return choice{wish, words.Say("the backend %s", wish), false}, nil
	}
	plugin, err := places.Plugin()
	if err != nil {
		return choice{}, err
	}
	if plugin != "" {
		return choice{"xla:" + plugin, words.Say("the lab's plugin %s", plugin), false}, nil
	}
	return choice{"xla", "XLA", wish == ""}, nil
}

// kind is what a run's identity calls the backend of a configuration, but for SIMD.
func kind(config string) string {
	name, plugin, _ := strings.Cut(config, ":")
	plugin, _, _ = strings.Cut(plugin, ",") // options follow
	if name == "xla" && strings.Contains(filepath.Base(plugin), "cuda") {
		return "xla:cuda"
	}
	return name
}

func open(config, asked string, devices int) (*Backend, error) {
	_, plugin, _ := strings.Cut(config, ":")
	plugin, _, _ = strings.Cut(plugin, ",")
	if filepath.IsAbs(plugin) {
		if _, err := os.Stat(plugin); err != nil {
			return nil, words.Errorf("%s names an XLA plugin that isn't there: run `go run ./cmd/vaelab setup` to install one, or set %s=go to go on without: %w", asked, compute.ConfigEnvVar, err)
		}
	}
	b, err := openSafely(config, devices)
	if err != nil {
		return nil, words.Errorf("%s can't be opened: run `go run ./cmd/vaelab setup` to mend it, or set %s=go to go on without: %w", asked, compute.ConfigEnvVar, err)
	}
	switch kind := kind(config); kind {
	case "go":
		return &Backend{run.Backend{Name: run.PureGo.Name, Words: words.Text(run.PureGo.Words)}, b}, nil
	case "xla:cuda":
		return &Backend{run.Backend{Name: kind, Words: words.Say("XLA on an NVIDIA GPU")}, b}, nil
	case "xla":
		return &Backend{run.Backend{Name: kind, Words: words.Say("XLA on the CPU")}, b}, nil
	default:
		return &Backend{run.Backend{Name: kind, Words: b.Description()}, b}, nil
	}
}

// openSafely turns the panics of a plugin that doesn't load into errors. It stays in one thread: go-xla v0.4.1 opens a plugin by one call
// of C's and fetches the reason why it doesn't open by a second, and the system keeps that for the thread of the first.
func openSafely(config string, devices int) (b compute.Backend, err error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	if kind(config) == "xla" && openCPU != nil {
		_, rest, _ := strings.Cut(config, ":")
		return openCPU(rest, devices)
	}
	if kind(config) == "go" {
		opening.Lock()
		defer opening.Unlock()
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(max(goWorkers, runtime.GOMAXPROCS(0))))
	}
	return compute.NewWithConfig(config)
}

// goWorkers makes room for the pure Go backend's workers: as it is opened, it takes twice as many as Go runs threads, and
// on two cores that is too few. In GoMLX v0.28 a matrix product waits for workers while it holds one itself, so four large
// ones at once wait for each other without end. How many threads compute is asked anew for each product.
const goWorkers = 32

// opening is held while GOMAXPROCS isn't what it should be, so that two who open at once don't leave it so.
var opening sync.Mutex

// openCPU opens XLA on the CPU, as so many devices, from what follows "xla:" in a configuration; nil where the program has
// no XLA.
var openCPU func(config string, devices int) (compute.Backend, error)
