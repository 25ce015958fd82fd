package lab

import (
	"strings"
	"sync"
	"time"

	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// whole is the progress of several trainings as one: a line that says how many models are ready, what is training, and
// how long all of them will still take.
type whole struct {
	tell    func(text string, done bool)
	backend string
	begun   time.Time

	mu     sync.Mutex // observations come from several goroutines
	models []member
}

// member is one of the trainings.
type member struct {
	config      run.Config
	loaded      bool // trained before
	began       bool
	first, step int // where this process found it, and where it is
	steps       int
	epochs      int // finished
}

func newWhole(tell func(string, bool), backend string) *whole {
	return &whole{tell: tell, backend: words.Text(backend), begun: time.Now()}
}

// add makes room for a training on so many images, and gives the observer for it.
func (w *whole) add(c run.Config, images int, loaded bool) func(run.Progress) {
	i := len(w.models)
	w.models = append(w.models, member{config: c, loaded: loaded, steps: c.Epochs * (images / c.Batch)})
	return func(p run.Progress) {
		w.mu.Lock()
		defer w.mu.Unlock()
		m := &w.models[i]
		if !m.began {
			m.began, m.first = true, len(p.History)*(images/c.Batch)
		}
		m.step, m.steps, m.epochs = p.Step, p.Steps, len(p.History)
		w.tell(w.line(time.Since(w.begun)), false)
	}
}

// line says where the whole is.
func (w *whole) line(elapsed time.Duration) string {
	var ready, made, left int
	var now []string
	for _, m := range w.models {
		switch {
		case m.loaded || m.epochs >= m.config.Epochs:
			ready++
		case m.began:
			now = append(now, words.Say("%s with %d dimensions, seed %d, epoch %d of %d",
				name(run.Identity{Config: m.config}), m.config.Latent, m.config.Seed, m.epochs+1, m.config.Epochs))
		}
		if !m.loaded {
			made, left = made+m.step-m.first, left+m.steps-m.step
		}
	}
	remaining := ""
	if made > 0 && left > 0 {
		t := time.Duration(float64(elapsed) / float64(made) * float64(left))
		remaining = words.Duration(max(time.Second, t.Round(time.Second)))
	}
	training, all := strings.Join(now, words.Say(" and ")), len(w.models)
	switch {
	case len(now) == 0 && remaining == "":
		return words.Say("%d of %d models are ready; on %s.", ready, all, w.backend)
	case len(now) == 0:
		return words.Say("%d of %d models are ready; about %s left; on %s.", ready, all, remaining, w.backend)
	case remaining == "":
		return words.Say("%d of %d models are ready; now %s; on %s.", ready, all, training, w.backend)
	}
	return words.Say("%d of %d models are ready; now %s; about %s left; on %s.", ready, all, training, remaining, w.backend)
}

// end says what has become of all.
func (w *whole) end() {
	loaded := 0
	for _, m := range w.models {
		if m.loaded {
			loaded++
		}
	}
	switch n := len(w.models); {
	case n == 1:
		w.tell(words.Say("The model is ready, trained now with %s.", w.backend), true)
	default:
		w.tell(words.Say("%d models are ready: %d trained now, %d loaded. Computed with %s.", n, n-loaded, loaded, w.backend), true)
	}
}
