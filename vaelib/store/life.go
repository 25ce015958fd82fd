package store

import (
	"encoding/json"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"vaelab/vaelib/internal/atomicfile"
)

// A lock tells nothing of a machine that has vanished while it held one: on a shared disk it may stay for ever, and some disks keep none.
// So whoever trains a run also gives signs of life in its folder, and who waits watches whether they change: by his own watch, since
// machines' clocks differ. Where they don't, he trains without the lock. It only saves time: two that train one run write the same bits,
// each file whole, and neither falls behind the other (see training).

const trainerFile = "trainer.json"

// Signs of life: how often they are given, and how many must be missing for a trainer to count as gone.
const (
	beatEvery = 5 * time.Second
	missing   = 12
)

// Trainer is who trains a run at the moment, as the run's folder says. The zero Trainer is nobody.
type Trainer struct {
	Host string `json:"host"`
	PID  int    `json:"pid"`
	Job  string `json:"job,omitempty"` // Slurm's number of it, where it is one
	Beat uint64 `json:"beat"`          // another number each time
	// Seconds is how often there is another, while it lives.
	Seconds float64 `json:"seconds"`
}

// thisProcess is who it is that trains here.
func thisProcess() Trainer {
	t := Trainer{PID: os.Getpid(), Job: slurmJob(), Seconds: beatEvery.Seconds()}
	t.Host, _ = os.Hostname() // a machine without a name still has a process
	return t
}

// slurmJob is the number of the job that this process belongs to, as squeue writes it; "" outside Slurm.
func slurmJob() string {
	if array := os.Getenv("SLURM_ARRAY_JOB_ID"); array != "" {
		return array + "_" + os.Getenv("SLURM_ARRAY_TASK_ID")
	}
	return os.Getenv("SLURM_JOB_ID")
}

// live gives signs of life until what it returns is called. What can't be written costs others nothing but a wait.
func (f *Folder) live() (end func()) {
	if runtime.GOOS == "js" { // a tab's lock ends with the tab
		return func() {}
	}
	path, me := filepath.Join(f.Path, trainerFile), thisProcess()
	beat := func() {
		me.Beat = rand.Uint64() // another number than before is all that is asked
		_ = atomicfile.WriteSoon(path, func(w io.Writer) error { return json.NewEncoder(w).Encode(me) })
	}
	beat()
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(beatEvery)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				beat()
			case <-stop:
				return
			}
		}
	}()
	return func() {
		close(stop)
		<-stopped
		var there Trainer
		if f.read(trainerFile, &there) && there == me {
			_ = os.Remove(path) // one that stays says nothing new
		}
	}
}

// watch looks for signs of life of whoever trains a run.
type watch struct {
	path  string
	last  string
	since time.Time
	wait  float64 // how much longer this one waits than must be: of several, one gives up first, and its signs keep the others waiting
}

func (f *Folder) watch() *watch {
	return &watch{path: filepath.Join(f.Path, trainerFile), since: time.Now(), wait: 1 + rand.Float64()/2}
}

// look looks once. It says whether there is a sign at all, and whether whoever gave it counts as gone.
func (w *watch) look() (signs, silent bool) {
	text, _ := os.ReadFile(w.path) // none is no sign
	if string(text) != w.last {
		w.last, w.since = string(text), time.Now()
	}
	t := Trainer{Seconds: beatEvery.Seconds()} // of an older version there are no signs
	_ = json.Unmarshal(text, &t)
	return len(text) > 0, time.Since(w.since).Seconds() >= t.Seconds*missing*w.wait
}
