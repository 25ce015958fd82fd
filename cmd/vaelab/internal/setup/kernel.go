package setup

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// kernelSpec is Jupyter's kernel.json.
type kernelSpec struct {
	Argv          []string          `json:"argv"`
	DisplayName   string            `json:"display_name"`
	Language      string            `json:"language"`
	InterruptMode string            `json:"interrupt_mode"`
	Env           map[string]string `json:"env"`
}

// kernelSpec is our kernel: GoNB under the name that GoNB's own installer uses, so that the notebooks open with
// either. It ends with whoever started it. -go_work puts this clone's packages within every cell's reach.
func (l Layout) kernelSpec(host Host, b Backend) kernelSpec {
	var tied []string
	if runtime.GOOS == "linux" { // where it costs nothing
		tied = []string{l.tie()}
	}
	env := l.CellEnv(host, b)
	for key, value := range env {
		env[key] = strings.ReplaceAll(value, "$", "$$") // Jupyter takes $NAME for a variable's value
	}
	return kernelSpec{
		Argv:          append(tied, filepath.Join(l.Bin(), "gonb"), "-kernel", "{connection_file}", "-go_work="+l.Root),
		DisplayName:   "Go (gonb)",
		Language:      "go",
		InterruptMode: "message", // GoNB listens for Jupyter's message, not for a signal
		Env:           env,
	}
}

// writeKernel writes the kernel under a folder of Jupyter data.
func (l Layout) writeKernel(data string, host Host, b Backend) error {
	text, err := json.MarshalIndent(l.kernelSpec(host, b), "", "  ")
	if err != nil {
		return err
	}
	return writeFile(kernelFile(data), append(text, '\n'))
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
