package command

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/setup"
)

//go:embed tab.py
var tabProgram string

// No gopls runs in a kernel until somebody presses Tab; then it completes what cells may call, is gone when nobody asks any more,
// comes again, and ends with a kernel that is killed.
func TestCompletion(t *testing.T) {
	labtest.Long(t)
	if _, err := os.Stat("/proc/self/environ"); err != nil {
		t.Skip("no /proc here")
	}
	made := labtest.Lab(t)
	gopls := made.Layout.Under("gopls", "gopls")
	if _, err := os.Stat(gopls); err != nil {
		t.Skip("gopls isn't built: go run ./cmd/vaelab setup builds it")
	}
	mark := fmt.Sprintf("VAELAB_MARK=%d-completion", os.Getpid())
	runs := func() bool { // the real one: what stands by for it has its path among its arguments
		return slices.ContainsFunc(marked(mark, gopls), func(process string) bool {
			_, command, _ := strings.Cut(process, " ")
			return strings.HasPrefix(command, gopls+" ")
		})
	}
	script := filepath.Join(t.TempDir(), "tab.py")
	if err := os.WriteFile(script, []byte(tabProgram), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), made.Layout.Python(), script)
	cmd.Env = setup.Environ(map[string]string{"JUPYTER_PATH": filepath.Join(made.Layout.Venv(), "share", "jupyter"), "VAELAB_GOPLS_IDLE": "3s"})
	cmd.Env = append(cmd.Env, mark)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewScanner(out)
	if !said.Scan() || said.Text() != "ready" {
		t.Fatalf("the kernel says %q", said.Text())
	}
	if runs() {
		t.Error("gopls runs though nobody has asked for it")
	}
	for range 2 {
		for !slices.Contains(tab(t, in, said, "import \"vaelab/vaelib/kl\"\n\nfunc f() {\n\tkl.AtW"), "AtWork") {
			// the packages are still being read
		}
		for runs() { // until the span is over, as long as Go lets the test
			time.Sleep(50 * time.Millisecond)
		}
	}
	for !slices.Contains(tab(t, in, said, "import \"vaelab/vaelib/kl\"\n\nfunc f() {\n\tkl.Bal"), "Balance") {
		continue
	}
	signal(t, one(t, mark, "gonb -kernel"), 9)
	for runs() || len(marked(mark, "standby")) > 0 {
		time.Sleep(20 * time.Millisecond)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
}

// tab presses Tab at the end of a text and gives what completes it.
func tab(t *testing.T, in io.Writer, said *bufio.Scanner, text string) []string {
	t.Helper()
	line, err := json.Marshal(text)
	if err == nil {
		_, err = in.Write(append(line, '\n'))
	}
	if err != nil {
		t.Fatal(err)
	}
	var answer struct{ Matches []string }
	if !said.Scan() {
		t.Fatalf("the kernel answers no more: %v", said.Err())
	}
	if err := json.Unmarshal(said.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	return answer.Matches
}
