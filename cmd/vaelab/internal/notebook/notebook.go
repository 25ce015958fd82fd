// Package notebook executes notebooks without a browser, and makes learners' notebooks from those with solutions.
//
// Execute lets Jupyter's own client drive the same kernel that the page uses, so what passes here passes there.
//
// A notebook with exercises has one source, in the folder solutions, with its answers between two comments:
//
//	func KL(mu, sigma float64) float64 {
//		// BEGIN SOLUTION
//		return (mu*mu + sigma*sigma - 1 - 2*math.Log(sigma)) / 2
//		// END SOLUTION
//	}
//
// The learner's notebook is the same, with a panic in the place of each answer, and quizzes without their letters. Both carry what nbgrader, a program by
// which teachers hand out and grade notebooks, wants to know about a cell; a Pair writes it into both, and says when
// one of them is stale.
package notebook

import (
	"bufio"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"vaelab/cmd/vaelab/internal/child"
	"vaelab/vaelib/words"
)

//go:embed execute.py
var script string

// Options says how to execute.
type Options struct {
	Python  string              // interpreter of the environment with nbclient
	Env     []string            // for the client and the kernel
	Out     string              // folder for the executed copies
	Timeout time.Duration       // for one cell; 0: none
	Pause   time.Duration       // after each cell but the last, as of somebody who reads
	User    *syscall.Credential // as whom the client runs, and the kernel with it; nil: this user. Out is then theirs already
}

// Cell is a cell that ran.
type Cell struct {
	Number  int // counted over all cells of the notebook from 1, as the page shows them from above
	Seconds float64
	Source  string
}

// FirstLine is the first line of the cell that says something; a bare %% only opens the cell's main function.
func (c Cell) FirstLine() string {
	for line := range strings.Lines(c.Source) {
		if line = strings.TrimSpace(line); line != "" && line != "%%" {
			return line
		}
	}
	return ""
}

// Result is what executing a notebook brought.
type Result struct {
	Copy  string // path of the executed copy
	Cells []Cell
	Took  time.Duration
}

// CellError is the cell that stopped a notebook.
type CellError struct {
	Notebook string
	Cell     Cell
	Text     string // what the kernel said
	Copy     string
}

func (e *CellError) Error() string {
	return words.Say("%s: cell %d fails (%q): %s", e.Notebook, e.Cell.Number, e.Cell.FirstLine(), e.Text)
}

// event is a line that the script prints.
type event struct {
	Event   string
	Index   int
	Seconds float64
	Source  string
	Text    string
	Cells   int
}

// Execute runs all cells of a notebook, in its own folder, and stops at the first that fails. each, if it isn't nil,
// is told about every cell that ran, with the number of cells in all.
func Execute(ctx context.Context, path string, opt Options, each func(c Cell, done, all int)) (Result, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return Result{}, words.Errorf("there is no notebook %s: give the path of an .ipynb file", path)
	case info.IsDir():
		return Result{}, words.Errorf("%s is a folder: give the path of an .ipynb file in it", path)
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return Result{}, err
	}
	out, err := filepath.Abs(opt.Out)
	if err != nil {
		return Result{}, err
	}
	r := Result{Copy: filepath.Join(out, filepath.Base(path))}
	if there, err := os.Stat(r.Copy); err == nil && os.SameFile(there, info) {
		return Result{}, words.Errorf("the executed copy would overwrite %s itself: give another folder with -out", path)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return Result{}, words.Errorf("the folder for executed copies can't be made: %w", err)
	}

	says, err := json.Marshal(sayings())
	if err != nil {
		return r, err
	}
	begin := time.Now()
	cmd := exec.CommandContext(ctx, opt.Python, "-c", script, full, r.Copy, fmt.Sprint(int(opt.Timeout.Seconds())), string(says),
		fmt.Sprint(opt.Pause.Seconds()))
	cmd.Dir, cmd.Env = filepath.Dir(full), opt.Env
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: opt.User}
	var noise strings.Builder // the kernel logs here; of use only if all else is silent
	cmd.Stderr = &noise
	cmd.Cancel = func() error { return child.Signal(cmd, syscall.SIGINT) }
	cmd.WaitDelay = 10 * time.Second
	lines, err := cmd.StdoutPipe()
	if err != nil {
		return r, err
	}
	release, err := child.Start(cmd)
	if err != nil {
		return r, words.Errorf("the Python that drives the notebook can't be started: %w", err)
	}
	defer release()
	told, all := error(nil), 0
	for scan := newScanner(lines); scan.Scan(); {
		var e event
		if json.Unmarshal(scan.Bytes(), &e) != nil {
			continue
		}
		cell := Cell{Number: e.Index + 1, Seconds: e.Seconds, Source: e.Source}
		switch e.Event {
		case "opened":
			all = e.Cells
		case "cell":
			r.Cells = append(r.Cells, cell)
			if each != nil {
				each(cell, len(r.Cells), all)
			}
		case "failed":
			told = &CellError{Notebook: path, Cell: cell, Text: e.Text, Copy: r.Copy}
		case "unreadable":
			told = words.Errorf("%s is not a notebook that can be executed: %s", path, e.Text)
		case "broken":
			told = words.Errorf("%s can't be executed: %s", path, e.Text)
		}
	}
	err = cmd.Wait()
	r.Took = time.Since(begin)
	_ = child.Signal(cmd, syscall.SIGKILL) // whatever outlived the client
	switch {
	case ctx.Err() != nil:
		return r, context.Cause(ctx)
	case told != nil:
		return r, told
	case err != nil:
		return r, words.Errorf("%s can't be executed: %w: %s", path, err, lastLine(noise.String()))
	}
	return r, nil
}

func newScanner(r interface{ Read([]byte) (int, error) }) *bufio.Scanner {
	s := bufio.NewScanner(r)
	s.Buffer(nil, 16<<20) // a cell's source is in one line
	return s
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}
