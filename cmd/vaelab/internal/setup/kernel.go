package setup

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"vaelab/vaelib/words"
)

// kernelSpec is Jupyter's kernel.json.
type kernelSpec struct {
	Argv          []string          `json:"argv"`
	DisplayName   string            `json:"display_name"`
	Language      string            `json:"language"`
	InterruptMode string            `json:"interrupt_mode"`
	Env           map[string]string `json:"env"`
}

// envProgram gives the kernel its PATH. In the description's environment it isn't enough: VS Code takes all from there but the PATH, and
// without it the kernel finds no go.
const envProgram = "/usr/bin/env"

// kernelSpec is our kernel: GoNB under the name that GoNB's own installer uses, so that the notebooks open with
// either. It ends with whoever started it, and has a place of its user's own where the clone is a class's. -go_work puts this clone's
// packages within every cell's reach. While the set-up is still building it, the page is open already, so a kernel that is started
// waits for the stamps.
func (l Layout) kernelSpec(host Host, b Backend, waits bool) kernelSpec {
	env := l.CellEnv(host, b)
	argv := []string{envProgram, "PATH=" + env["PATH"], l.seat(), filepath.Join(l.Bin(), "gonb"), "-kernel", "{connection_file}", "-go_work=" + l.Root}
	if runtime.GOOS == "linux" { // where it costs nothing
		argv = append([]string{l.tie()}, argv...)
	}
	if waits {
		const script = `until [ -e "$0" ] && [ -e "$1" ]; do kill -0 $PPID || exit 1; sleep 0.2; done; shift; exec "$@"`
		argv = append([]string{"/bin/sh", "-c", script, l.stampPath("gonb"), l.stampPath("cellgo")}, argv...)
	}
	for key, value := range env {
		env[key] = strings.ReplaceAll(value, "$", "$$") // Jupyter takes $NAME for a variable's value
	}
	return kernelSpec{
		Argv:          argv,
		DisplayName:   "Go (gonb)",
		Language:      "go",
		InterruptMode: "message", // GoNB listens for Jupyter's message, not for a signal
		Env:           env,
	}
}

// writeKernel writes the kernel under a folder of Jupyter data.
func (lab *Lab) writeKernel(data string, waits bool) error {
	text, err := json.MarshalIndent(lab.kernelSpec(lab.Host, lab.Backend, waits), "", "  ")
	if err == nil {
		err = WriteFile(kernelFile(data), append(text, '\n'))
	}
	if err != nil {
		return explain(words.Say("The kernel"), err, "")
	}
	return nil
}

// installKernel writes the kernel into the environment, and says where. A backend asked for by flag gets a kernel of its
// own beside it, so that a lab that is open on another backend keeps its kernel.
func (lab *Lab) installKernel(usual, waits bool) (data string, err error) {
	data = lab.jupyterData()
	if lab.HasKernel() && !usual {
		lab.kernels = lab.Under("jupyter", "backend-"+digest([]string{lab.Backend.Wish})[:8])
		data = lab.kernels
	}
	return data, lab.writeKernel(data, waits)
}

// kernelFile is where Jupyter finds the kernel under a folder of its data.
func kernelFile(data string) string { return filepath.Join(data, "kernels", "gonb", "kernel.json") }

// jupyterData is the environment's own folder of Jupyter data.
func (l Layout) jupyterData() string { return filepath.Join(l.Venv(), "share", "jupyter") }

// HasKernel reports whether the environment has the kernel: whether the lab has been set up.
func (l Layout) HasKernel() bool {
	_, err := os.Stat(kernelFile(l.jupyterData()))
	return err == nil
}
