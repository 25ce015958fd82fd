package setup

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"vaelab/vaelib/where"
)

// Options says how much of the lab a command needs.
type Options struct {
	Backend string // a value that Wish returned
	Jupyter bool   // with JupyterLab and the kernel; training alone needs neither
	Later   bool   // leave what a page can open without to Finish
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

	kernels string // a folder of Jupyter data that goes before the environment's own; empty in most cases
}

// Room that the set-up takes at most, with Go's and pip's caches on the same disk.
const (
	roomCPU  = 3 << 30
	roomCUDA = 10 << 30
)

// Prepare makes what is missing.
func Prepare(ctx context.Context, l Layout, opt Options, tell Teller) (*Lab, error) {
	if err := l.ensureTemp(); err != nil {
		return nil, err
	}
	host, err := findHost(ctx, opt)
	if err != nil {
		return nil, err
	}
	unlock, err := l.lock(ctx, "setup", func() {
		tell.Say("Another vaelab is setting up this clone: waiting until it is done.")
	})
	if err != nil {
		return nil, err
	}
	defer unlock()

	p, err := l.plan(host, opt)
	if err != nil {
		return nil, err
	}
	if err := p.checkSpace(); err != nil {
		return nil, err
	}
	results, err := l.runSteps(ctx, p.steps, tell)
	if err != nil {
		return nil, err
	}
	lab := &Lab{Layout: l, Host: host}
	for _, r := range results {
		if r.Made {
			lab.Made++
		}
	}
	plugin, words := p.outcome(results)
	if lab.Backend, err = l.chooseBackend(opt.Backend, plugin, words, host); err != nil {
		return nil, err
	}
	if opt.Jupyter {
		err = lab.installKernel(p.usual)
	}
	return lab, err
}

func findHost(ctx context.Context, opt Options) (Host, error) {
	var h Host
	var err error
	if h.Go, err = findGo(ctx); err != nil {
		return h, err
	}
	if opt.Backend != PureGo && h.Go.CCompiler == "" {
		return h, noCompiler()
	}
	h.Python, err = findPython(ctx)
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
	plugin string // the plugin that the steps bring, or ""
	words  string // what it is, or why there is none
	step   *Step  // the one that brings it
	usual  bool   // the backend is the one that a start without flags takes
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
		p.words = "there is no Python to bring XLA's plugin with"
	case opt.Backend == XLACuda:
		p.room = roomCUDA
		p.plugin = l.cudaPath()
		p.step, err = l.cuda(host)
	default:
		p.plugin = l.pluginPath()
		p.step, p.words, err = l.plugin(host, opt.Backend)
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
	makers := []func() (*Step, error){
		func() (*Step, error) { return l.jupyter(host.Python) },
		func() (*Step, error) { return l.gonb(host.Go) },
		func() (*Step, error) { return l.kernelTools(host.Go) },
	}
	if !opt.Later {
		makers = append(makers, func() (*Step, error) { return l.libraries(host.Go, l.CellEnv(host, backend)) })
	}
	for _, make := range makers {
		s, err := make()
		if err != nil {
			return nil, err
		}
		p.steps = append(p.steps, s)
	}
	return p, nil
}

// outcome settles, after the steps, which plugin there is, and says what it is or why there is none.
func (p *plan) outcome(results []Result) (plugin, words string) {
	for _, r := range results {
		if r.Step == p.step && r.Error != nil {
			var f *Failure
			if errors.As(r.Error, &f) {
				return "", lowerFirst(f.What)
			}
			return "", r.Error.Error()
		}
	}
	return p.plugin, p.words
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

// installKernel writes the kernel into the environment. A backend asked for by flag gets a kernel of its own beside
// it, so that a lab that is open on another backend keeps its kernel.
func (lab *Lab) installKernel(usual bool) error {
	data := lab.jupyterData()
	if lab.HasKernel() && !usual {
		lab.kernels = lab.Under("jupyter", "backend-"+digest([]string{lab.Backend.Wish})[:8])
		data = lab.kernels
	}
	if err := lab.writeKernel(data, lab.Host, lab.Backend); err != nil {
		return explain("The kernel", err, "")
	}
	return nil
}

// Finish makes what a page can open without: the course's packages, compiled, and then gopls. Cells that are run before the
// first is done compile what they need themselves. It keeps quiet if another vaelab is at it.
func (lab *Lab) Finish(ctx context.Context, tell Teller) error {
	libraries, err := lab.libraries(lab.Host.Go, lab.CellEnv(lab.Host, lab.Backend))
	if err != nil {
		return err
	}
	gopls, err := lab.gopls(lab.Host.Go)
	if err != nil || lab.upToDate(libraries) && lab.upToDate(gopls) {
		return err
	}
	gopls.Needs = []string{libraries.Name}
	unlock, err := lab.lock(ctx, "later", func() {})
	if err != nil {
		return err
	}
	defer unlock()
	results, err := lab.runSteps(ctx, []*Step{libraries, gopls}, tell)
	for _, r := range results {
		if err == nil {
			err = r.Error
		}
	}
	return err
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

// Unattended adds to an environment for Jupyter what is to be known where nobody sits at the page: programs and commands of
// cells read an empty input, where they would wait for somebody to type without end.
func (lab *Lab) Unattended(env []string) ([]string, error) {
	script := filepath.Join(lab.KernelBin(), "no-input.sh")
	if err := writeFile(script, []byte("# Read by bash before a command of a cell: nobody is there to type.\nunset BASH_ENV\nexec </dev/null\n")); err != nil {
		return nil, explain("The kernel", err, "")
	}
	quoted := strings.NewReplacer(`\`, `\\`, "$", `\$`, "`", "\\`").Replace(script) // bash expands it as between quotation marks
	return append(env, "VAELAB_STDIN=none", "BASH_ENV="+quoted), nil
}

func (lab *Lab) jupyterFolders() map[string]string {
	env := map[string]string{
		"JUPYTER_CONFIG_DIR":      lab.Under("jupyter", "config"),
		"JUPYTER_DATA_DIR":        lab.Under("jupyter", "data"),
		"JUPYTER_RUNTIME_DIR":     lab.Under("jupyter", "runtime"),
		"JUPYTERLAB_SETTINGS_DIR": lab.Under("jupyter", "settings"),
		"IPYTHONDIR":              lab.Under("jupyter", "ipython"),
		where.RootEnv:             lab.Root,
	}
	maps.Copy(env, lab.caches())
	return env
}
