package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/engine/ending"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// taskEnv is set where this program is to compute and not to judge.
const taskEnv = "VAEGPU_TASK"

// request is what a process is asked to compute.
type request struct {
	Task    string
	Answer  string     // file for the answer
	Folder  string     // that keeps its runs
	Devices int        // to open; 0: one
	Quick   bool       // fewer images
	Config  run.Config // of the training
	Of      string     // name of the backend whose run is looked at
	Stop    bool       // in the midst of the second epoch
	Most    int64      // bytes of a training; 0: without end
}

// answer is what comes back. A value may come with an error: what was found until then.
type answer struct {
	Error string
	Value json.RawMessage
}

// ask has another process compute in a place.
func ask[Value any](ctx context.Context, c *check, in place, r request) (v Value, err error) {
	self, err := os.Executable()
	if err != nil {
		return v, words.Errorf("this program doesn't know where it lies: %w", err)
	}
	c.asked++
	r.Answer = filepath.Join(c.temp, fmt.Sprintf("answer-%d.json", c.asked))
	r.Quick = r.Quick || c.quick
	text, err := json.Marshal(r)
	if err != nil {
		return v, err
	}
	cmd := exec.CommandContext(ctx, self)
	cmd.Env = append(in.environ(), taskEnv+"="+r.Task)
	cmd.Stdin = bytes.NewReader(text)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 30 * time.Second
	watch := ending.NewWatch()
	said := &beforeFrames{to: &watch.Tail}
	cmd.Stderr = said
	ran := cmd.Run()
	said.rest()
	if ctx.Err() != nil {
		return v, ctx.Err()
	}
	var a answer
	told, err := os.ReadFile(r.Answer)
	if err == nil {
		err = json.Unmarshal(told, &a)
	}
	if err == nil && len(a.Value) > 0 {
		err = json.Unmarshal(a.Value, &v)
	}
	if ran != nil && cmd.ProcessState != nil && cmd.ProcessState.ExitCode() != exitFailed { // it has gone down
		down := watch.Tell(words.Mark("the process that computes"), ran, words.Mark("call the program again"))
		if a.Error == "" {
			return v, down
		}
		return v, words.Errorf("%s: %w", a.Error, down)
	}
	if ran != nil && a.Error == "" {
		return v, words.Errorf("the process that computes has said nothing: %w", ran)
	}
	if err == nil && a.Error != "" {
		err = errors.New(a.Error) // said there
	}
	return v, err
}

// task is a request where it is computed.
type task struct {
	request
	backend *backend.Backend
}

// tasks are what can be asked.
var tasks = map[string]func(context.Context, *task) (any, error){
	"open": openTask, "train": trainTask, "look": lookTask, "speed": speedTask, "sweep": sweepTask, "devices": devicesTask, "fill": fillTask,
}

// answerOne does what is asked for, and gives the exit code.
func answerOne(ctx context.Context, from io.Reader) int {
	t := &task{}
	if err := json.NewDecoder(from).Decode(&t.request); err != nil || tasks[t.Task] == nil {
		fmt.Fprintln(os.Stderr, words.Say("vaegpu: %s is not for people to set", taskEnv))
		return exitUsage
	}
	b, err := backend.OpenDevices("", max(1, t.Devices))
	if err != nil {
		if inner := errors.Unwrap(errors.Unwrap(err)); inner != nil {
			err = inner // without the sentence round it, whose advice is for a clone
		}
		return t.tell(nil, words.Errorf("the plugin can't be opened: is it whole, of this machine's kind, and are its libraries below the folder? %w", err))
	}
	t.backend = b
	v, err := tasks[t.Task](ctx, t)
	return t.tell(v, err)
}

// tell writes the answer, and gives the exit code. What takes a plugin down can still come after it: what was told stays.
func (t *task) tell(v any, failed error) int {
	var a answer
	if failed != nil {
		a.Error = failed.Error()
	}
	value, err := json.Marshal(v)
	if err == nil {
		a.Value = value
		value, err = json.Marshal(a)
	}
	if err == nil {
		err = os.WriteFile(t.Answer, value, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, words.Say("vaegpu: the answer can't be written: %v", err))
	}
	if err != nil || failed != nil {
		return exitFailed
	}
	return 0
}
