package training

import (
	"sync"

	"github.com/gomlx/compute"
	"github.com/gomlx/gomlx/core/graph"

	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
)

// executors are the compiled graphs of a backend. Runs whose networks have the same shape, and which differ only in what is
// handed to each step, such as the KL weight, share one: compiling takes XLA a second or more, as long as
// three epochs of a small set. They live as long as the process. Several goroutines may use one at once.
type executors struct {
	backend compute.Backend

	mu     sync.Mutex
	shared map[shape]*executor
}

// executor holds the two graphs of a run: the training steps, and the measurement of test images.
type executor struct {
	step, test *graph.Exec
	split      split // of the step; the test set is measured on one device
}

// shape is what the course's own graphs depend on.
type shape struct {
	config        run.Config
	pixels        int
	atOnce, tests int // steps in one execution, and test images
	devices       int
}

// shapeOfJob leaves out of the settings what reaches the graphs as an input, or not at all. The graphs are built from
// what is left, so none of it can be in them by mistake.
func shapeOfJob(job Job, atOnce int) shape {
	c := job.Config
	c.KLWeight, c.Schedule, c.Rate.Nats, c.Rate.Epochs = 0, run.Schedule{}, 0, 0
	c.LearningRate, c.Decay, c.Epochs, c.Seed = 0, run.NoDecay, 0, 0
	return shape{c, pixels(job.Data), min(atOnce, stepsAnEpoch(job)), min(testBatch, job.Data.Test.Len()), job.Devices}
}

// known are the executors of each backend that has been used.
var known sync.Map // of compute.Backend: *executors

func executorsOf(b compute.Backend) *executors {
	x, _ := known.LoadOrStore(b, newExecutors(b))
	return x.(*executors)
}

func newExecutors(b compute.Backend) *executors {
	return &executors{backend: b, shared: map[shape]*executor{}}
}

// of gives the executors for a job. A loss that a learner wrote is compiled anew for each run, and closed with it.
func (x *executors) of(job Job, atOnce int) (e *executor, done func(), err error) {
	if job.Loss != nil {
		e, err = newExecutor(x.backend, job.Config, pixels(job.Data), job.Devices, job.Loss, job.Loss)
		return e, e.close, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	key := shapeOfJob(job, atOnce)
	e, ok := x.shared[key]
	if !ok {
		if e, err = newExecutor(x.backend, key.config, key.pixels, key.devices, model.Objective, model.NegativeELBO); err == nil {
			x.shared[key] = e
		}
	}
	return e, func() {}, err
}

// newExecutor takes the loss that is trained and the loss that test images are measured by.
func newExecutor(b compute.Backend, c run.Config, pixels, devices int, trained, tested model.Loss) (e *executor, err error) {
	e = &executor{}
	if e.split, err = newSplit(devices); err != nil {
		return e, err
	}
	if e.step, err = newStepper(b, c, pixels, trained); err != nil {
		return e, err
	}
	e.split.layOut(e.step)
	e.test, err = newTestExec(b, c, pixels, tested)
	return e, err
}

func (e *executor) close() {
	for _, exec := range []*graph.Exec{e.step, e.test} {
		if exec != nil {
			exec.Finalize()
		}
	}
}
