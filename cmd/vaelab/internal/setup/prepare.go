package setup

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vaelab/vaelib/places"
	"vaelab/vaelib/words"
)

// Options says how much of the lab a command needs.
type Options struct {
	Backend string // a value that Wish returned
	Jupyter bool   // with JupyterLab and the kernel; training alone needs neither
	Later   bool   // don't wait for what a page can open without: Finish does

	class bool // other users are to use it
}

// Teller is told what the set-up does.
type Teller interface {
	Observer
	Say(text string) // a line of its own
}

// Lab is a clone whose set-up is done.
type Lab struct {
	Layout
	Host    Host
	Backend Backend
	Made    int // steps that had to be made

	kernels string       // a folder of Jupyter data that goes before the environment's own; empty in most cases
	kernel  func() error // waits for the kernel, of a lab that doesn't wait for it before the page
}

// Room that the set-up takes at most, with Go's and pip's caches on the same disk.
const (
	roomCPU  = 3 << 30
	roomCUDA = 10 << 30
)

// Prepare makes what is missing.
func Prepare(ctx context.Context, l Layout, opt Options, tell Teller) (*Lab, error) {
	if err := l.ours(); err != nil {
		return nil, err
	}
	if err := l.ensureTemp(); err != nil {
		return nil, err
	}
	host, err := l.findHost(ctx, opt)
	if err != nil {
		return nil, err
	}
	unlock, err := l.lock(ctx, "setup", func() {
		tell.Say(words.Say("Another vaelab is setting up this clone: waiting until it is done."))
	})
	if err != nil {
		return nil, err
	}
	keep := false // the lock, for Finish
	defer func() {
		if !keep {
			unlock()
		}
	}()

	p, err := l.plan(host, opt)
	if err != nil {
		return nil, err
	}
	if err := p.checkSpace(); err != nil {
		return nil, err
	}
	w, err := l.begin(ctx, p.steps, tell)
	if err != nil {
		return nil, err
	}
	awaited := p.steps
	if opt.Later {
		awaited = p.page
	}
	results, err := w.wait(awaited...)
	if err != nil {
		_, _ = w.wait(p.steps...) // none goes on behind the error
		return nil, err
	}
	lab := &Lab{Layout: l, Host: host}
	for _, r := range results {
		if r.Made {
			lab.Made++
		}
	}
	plugin, says := p.outcome(results)
	if lab.Backend, err = l.chooseBackend(opt.Backend, plugin, says, host); err != nil {
		return nil, err
	}
	if !opt.Jupyter {
		return lab, nil
	}
	data, err := lab.installKernel(p.usual, opt.Later)
	if opt.Later && err == nil {
		keep = true
		lab.kernel = func() error {
			defer unlock()
			if _, err := w.wait(p.steps...); err != nil {
				return err
			}
			return lab.writeKernel(data, false)
		}
	}
	return lab, err
}

// findHost looks for Go and Python; in a class's clone, for such as its learners can use.
func (l Layout) findHost(ctx context.Context, opt Options) (Host, error) {
	opt.class = l.isClass()
	h, err := findHost(ctx, opt)
	if err == nil && opt.class {
		err = l.forClass(&h)
	}
	return h, err
}

func findHost(ctx context.Context, opt Options) (h Host, err error) {
	if h.Go, err = findGo(ctx); err != nil {
		return h, err
	}
	if opt.Backend != PureGo && h.Go.CCompiler == "" {
		return h, noCompiler(h.Go.NoC)
	}
	h.Python, err = findPython(ctx, opt.class)
	if err != nil && !opt.Jupyter && (opt.Backend == PureGo || opt.Backend == Auto) {
		return h, nil // training in pure Go needs no Python
	}
	return h, err
}

// plan is the list of steps for some options, with what is needed to say afterwards which backend came of it.
type plan struct {
	layout Layout
	host   Host
	steps  []*Step
	page   []*Step // those without which no page opens
	plugin string  // the plugin that the steps bring, or ""
	says   string  // what it is, or why there is none
	step   *Step   // the one that brings it
	usual  bool    // the backend is the one that a start without flags takes
	room   uint64
}

func (l Layout) plan(host Host, opt Options) (*plan, error) {
	p := &plan{layout: l, host: host, usual: opt.Backend == Auto, room: roomCPU}
	if host.Python.Path != "" {
		p.steps = append(p.steps, l.environment(host.Python))
	}
	var err error
	switch {
	case opt.Backend == PureGo || ownPlugin(opt.Backend) != "":
	case host.Python.Path == "":
		p.says = words.Say("there is no Python to bring XLA's plugin with")
	case opt.Backend == XLACuda:
		p.room = roomCUDA
		p.plugin = l.cudaPath()
		p.step, err = l.cuda(host)
	default:
		p.plugin = l.pluginPath()
		p.step, p.says, err = l.plugin(host, opt.Backend)
	}
	if err != nil {
		return nil, err
	}
	if p.step != nil {
		p.steps = append(p.steps, p.step)
	} else {
		p.plugin = ""
	}
	if !opt.Jupyter {
		return p, nil
	}
	backend, err := l.chooseBackend(opt.Backend, p.plugin, "", host)
	if err != nil {
		backend = Backend{} // said after the steps, with the reason
	}
	jupyter, err := l.jupyter(host.Python)
	if err != nil {
		return nil, err
	}
	p.steps = append(p.steps, jupyter)
	p.page = slices.Clone(p.steps)
	for _, make := range []func(GoTool) (*Step, error){l.gonb, l.kernelTools} {
		s, err := make(host.Go)
		if err != nil {
			return nil, err
		}
		p.steps = append(p.steps, s)
	}
	if !opt.Later {
		libraries, err := l.libraries(host.Go, l.CellEnv(host, backend))
		if err != nil {
			return nil, err
		}
		p.steps = append(p.steps, libraries...)
	}
	return p, nil
}

// outcome settles, after the steps, which plugin there is, and says what it is or why there is none.
func (p *plan) outcome(results []Result) (plugin, says string) {
	for _, r := range results {
		if r.Step == p.step && r.Error != nil {
			var f *Failure
			if errors.As(r.Error, &f) {
				return "", lowerFirst(f.What)
			}
			return "", r.Error.Error()
		}
	}
	return p.plugin, p.says
}

func lowerFirst(s string) string {
	if strings.HasPrefix(s, "There") {
		return "t" + s[1:]
	}
	return s
}

// checkSpace looks at the disks only if something big is to be made.
func (p *plan) checkSpace() error {
	for _, s := range p.steps {
		if _, err := os.Stat(p.layout.stampPath(s.Name)); err == nil {
			continue
		}
		if s == p.step || s.Name == "jupyter" || strings.HasPrefix(s.Name, "libraries") {
			return checkSpace(p.room, p.layout.Dir(), p.host.Go.Cache)
		}
	}
	return nil
}

// JupyterEnv is the environment for Jupyter's programs: all that they write goes under .vaelab, and kernels of the
// user's own don't stand in for ours.
func (lab *Lab) JupyterEnv() []string {
	more := lab.jupyterFolders()
	if lab.kernels != "" {
		more["JUPYTER_PATH"] = lab.kernels
	}
	return Environ(more)
}

// Unattended adds to an environment for Jupyter what is to be known where nobody sits at the page: commands of cells read an
// empty input, where they would wait for somebody to type without end. Cells' programs always do: see cmd/vaelab/internal/cellgo.
func (lab *Lab) Unattended(env []string) ([]string, error) {
	script := filepath.Join(lab.KernelBin(), "no-input.sh")
	if err := WriteFile(script, []byte("# Read by bash before a command of a cell: nobody is there to type.\nunset BASH_ENV\nexec </dev/null\n")); err != nil {
		return nil, explain(words.Say("The kernel"), err, "")
	}
	quoted := strings.NewReplacer(`\`, `\\`, "$", `\$`, "`", "\\`").Replace(script) // bash expands it as between quotation marks
	return append(env, "BASH_ENV="+quoted), nil
}

func (lab *Lab) jupyterFolders() map[string]string {
	env := map[string]string{
		"JUPYTER_CONFIG_DIR":      lab.Under("jupyter", "config"),
		"JUPYTER_DATA_DIR":        lab.Under("jupyter", "data"),
		"JUPYTER_RUNTIME_DIR":     lab.Under("jupyter", "runtime"),
		"JUPYTERLAB_SETTINGS_DIR": lab.settings(),
		"IPYTHONDIR":              lab.Under("jupyter", "ipython"),
		places.RootEnv:            lab.Root,
		words.Env:                 "", // a notebook's first cell says in which language its kernel speaks
	}
	env["npm_config_cache"] = lab.Under("cache", "npm") // JupyterLab asks npm for its settings
	return env
}
