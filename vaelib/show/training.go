package show

import (
	"sync"
	"time"

	"vaelab/vaelib/figure"
	"vaelab/vaelib/run"
)

// How often the page is told, at most. Drawing the curves takes a few hundredths of a second of one core, the bar
// nothing.
const (
	barEvery    = 125 * time.Millisecond
	curvesEvery = 500 * time.Millisecond
)

// Training returns an observer that shows a run while it trains: a bar with the epoch, the time left, the backend
// and the data, the present terms in nats an image, and the loss curves. They change in place, and their last state
// stays in the notebook. The observer costs the training next to nothing: it hands the news to a goroutine that
// draws when it is time. When the run is done, the observer returns once the last state is on the page.
//
//	job := training.Job{Config: config, Data: data, Observe: show.Training()}
//	done := show.Must(training.Train(ctx, backend, job))
//
// Use a new observer for each run. On a terminal it prints a line for each epoch.
func Training() func(run.Progress) {
	t := &trainingView{page: here, barID: uniqueID(), curvesID: uniqueID(), now: time.Now}
	unfinished = t
	return t.observe
}

// unfinished is the last run that is shown, for Stopped.
var unfinished *trainingView

// Stopped marks the run that is shown as stopped, if it hasn't finished: its bar promises nothing more. Check and Must do
// so with an error; it is for errors that are shown in another way.
func Stopped() {
	if unfinished != nil {
		unfinished.stop()
	}
}

// stop leaves a bar that promises nothing more.
func (t *trainingView) stop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.finished || !t.following {
		return
	}
	t.finished = true
	t.stopped = true
	if len(t.latest.History) == 0 {
		t.page.put(t.curvesID, "", "") // there is nothing to see on them
	} else {
		t.curves(t.latest)
	}
	t.bar(t.latest)
}

// trainingView shows one run. Observations arrive on the training's goroutine; the page is written on that of
// follow, and under mu.
type trainingView struct {
	page            page
	barID, curvesID string
	now             func() time.Time

	mu         sync.Mutex
	latest     run.Progress
	fresh      bool // latest has not been shown yet
	following  bool
	finished   bool
	stopped    bool // before its end
	barAt      time.Time
	curvesAt   time.Time
	curvesSeen news
	printed    int // epochs, on a terminal
	opened     bool
}

// news is what makes curves worth drawing again.
type news struct {
	epochs int
	now    run.Terms
}

func (t *trainingView) observe(p run.Progress) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.finished {
		return
	}
	t.latest, t.fresh = p, true
	switch {
	case !t.page.live():
		t.print(p)
		t.finished = p.Done()
	case p.Done():
		t.finished = true
		t.bar(p)
		t.curves(p)
		t.page.sync()
	case !t.following:
		t.following = true
		t.bar(p)
		t.curves(p)
		go t.follow()
	}
}

// follow shows the latest news, as often as the page may be told, until the run is done.
func (t *trainingView) follow() {
	tick := time.NewTicker(barEvery / 2)
	defer tick.Stop()
	for range tick.C {
		if !t.show() {
			return
		}
	}
}

// show brings the page up to date, as far as it is time to, and reports whether the run goes on. The curves are
// drawn without the lock, which an observation would have to wait for.
func (t *trainingView) show() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.finished {
		return false
	}
	now := t.now()
	if t.fresh && now.Sub(t.barAt) >= barEvery {
		t.bar(t.latest)
	}
	p := t.latest
	if t.curvesSeen == newsOf(p) || now.Sub(t.curvesAt) < curvesEvery {
		return true
	}
	t.mu.Unlock()
	markup, plain, err := render(curves(p), figure.Figure.PNG)
	t.mu.Lock()
	if t.finished {
		return false
	}
	t.putCurves(p, markup, plain, err)
	return true
}

func newsOf(p run.Progress) news { return news{len(p.History), p.Now} }

func (t *trainingView) bar(p run.Progress) {
	if t.stopped {
		p.Left = stopped
	}
	t.page.put(t.barID, barHTML(p), barText(p))
	t.barAt, t.fresh = t.now(), false
}

func (t *trainingView) curves(p run.Progress) {
	markup, plain, err := render(curves(p), figure.Figure.PNG)
	t.putCurves(p, markup, plain, err)
}

func (t *trainingView) putCurves(p run.Progress, markup, plain string, err error) {
	t.curvesAt, t.curvesSeen = t.now(), newsOf(p)
	if err != nil {
		markup, plain = escape(Sentence(err.Error())), Sentence(err.Error()) // a picture is no reason to stop training
	}
	t.page.put(t.curvesID, markup, plain)
}

// curves is the run so far.
func curves(p run.Progress) figure.Figure {
	opts := []figure.Option{figure.Epochs(max(1, p.Config.Epochs))}
	if at := epochsDone(p); !p.Done() && at > float64(len(p.History)) && p.Now != (run.Terms{}) {
		opts = append(opts, figure.Now(at, p.Now))
	}
	return figure.Curves(p.History, opts...)
}

// epochsDone is how many epochs have been trained, the part of the one under way included.
func epochsDone(p run.Progress) float64 {
	if p.Steps <= 0 {
		return 0
	}
	return float64(p.Step) * float64(p.Config.Epochs) / float64(p.Steps)
}
