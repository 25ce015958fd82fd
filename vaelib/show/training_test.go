package show

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// progress is a run of 4 epochs of 10 steps, at one of its steps.
func progress(step int) run.Progress {
	c := run.Default()
	c.Epochs = 4
	p := run.Progress{
		Config: c, Backend: "XLA on CPU", Data: "Fashion-MNIST sample, 10,000 images",
		Step: step, Steps: 40, Elapsed: time.Duration(step) * time.Second, Left: time.Duration(40-step) * time.Second,
		Now: run.Terms{Loss: 300 - float64(step), Reconstruction: 296 - float64(step), KL: 4},
	}
	for e := 1; e <= step/10; e++ {
		p.History = append(p.History, run.Epoch{Epoch: e, Seconds: 10,
			Train: run.Terms{Loss: 291, Reconstruction: 287, KL: 4},
			Test:  run.Terms{Loss: 280 - float64(e), Reconstruction: 275 - float64(e), KL: 5}})
	}
	return p
}

// count is how many times a block was written.
func count(r *recorder, id string) (n int) {
	for _, b := range r.blocks {
		if b.id == id {
			n++
		}
	}
	return n
}

func last(r *recorder, id string) (b block) {
	for _, c := range r.blocks {
		if c.id == id {
			b = c
		}
	}
	return b
}

func TestTrainingTellsThePageSeldom(t *testing.T) {
	page := &recorder{}
	clock := time.Unix(0, 0)
	v := &trainingView{page: page, barID: "bar", curvesID: "curves", now: func() time.Time { return clock }}
	v.following = true // the test turns the handle itself
	// A fast training: 100 observations a second for 10 seconds, looked at 100 times a second.
	for i := range 1000 {
		clock = clock.Add(10 * time.Millisecond)
		v.observe(progress(i * 39 / 1000))
		if !v.show() {
			t.Fatal("stopped too early")
		}
	}
	if n := count(page, "bar"); n < 60 || n > 81 {
		t.Errorf("the bar was written %d times in 10 s", n)
	}
	if n := count(page, "curves"); n < 15 || n > 21 {
		t.Errorf("the curves were drawn %d times in 10 s", n)
	}
	// Without news, nothing is drawn.
	before := count(page, "curves")
	for range 1000 {
		clock = clock.Add(10 * time.Millisecond)
		v.show()
	}
	if n := count(page, "curves"); n > before+1 {
		t.Errorf("the curves were drawn %d times without news", n-before)
	}
	// The end is shown at once, and for good.
	v.observe(progress(40))
	if !page.synced || !strings.Contains(last(page, "bar").html, "Trained: 4 epochs in 40 s") {
		t.Errorf("the last state: synced %v, %s", page.synced, last(page, "bar").html)
	}
	if !strings.Contains(last(page, "curves").plain, "271.0 after epoch 4") {
		t.Errorf("the last curves: %s", last(page, "curves").plain)
	}
	total := len(page.blocks)
	if v.show() || len(page.blocks) != total {
		t.Error("something was written after the end")
	}
	v.observe(progress(40))
	if len(page.blocks) != total {
		t.Error("a second end was shown")
	}
}

func TestTrainingFollowsByItself(t *testing.T) {
	page := &recorder{}
	on(t, page)
	observe := Training()
	for step := range 41 {
		observe(progress(step))
	}
	ids := map[string]bool{}
	for _, b := range page.blocks {
		ids[b.id] = true
		wellFormed(t, b.html)
	}
	if len(ids) != 2 || ids[""] {
		t.Errorf("blocks %v: want a bar and curves, each replaced in place", ids)
	}
	end := page.blocks[len(page.blocks)-2:]
	if !strings.Contains(end[0].plain, "Trained: 4 epochs") || !page.synced {
		t.Errorf("the last state: %q, synced %v", end[0].plain, page.synced)
	}
}

func TestAnErrorStopsTheBar(t *testing.T) {
	page := &recorder{}
	on(t, page)
	exit = func(int) {}
	t.Cleanup(func() { exit = os.Exit })
	observe := Training()
	observe(progress(24))
	observe(progress(25))
	Check(errors.New("the loss is NaN"))
	n := len(page.blocks)
	if got := page.blocks[n-2].plain; !strings.HasPrefix(got, "Stopped in epoch 3 of 4 ·") {
		t.Errorf("the bar says %q", got)
	}
	if got := page.blocks[n-1].plain; got != "Error: The loss is NaN." || !page.synced {
		t.Errorf("the error reads %q, synced %v", got, page.synced)
	}
	unfinished.show()
	observe(progress(26))
	if len(page.blocks) != n {
		t.Error("something was written after the error")
	}
}

// An epoch whose steps are done isn't over before it is measured; one that fails then, as the first, leaves no empty curves behind.
func TestStoppedBeforeTheFirstMeasure(t *testing.T) {
	page := &recorder{}
	on(t, page)
	observe := Training()
	p := progress(10) // all steps of the first epoch
	p.History = nil
	observe(p)
	Stopped()
	last := map[string]string{}
	for _, b := range page.blocks {
		last[b.id] = b.plain
	}
	var said []string
	for _, plain := range last {
		if plain != "" {
			said = append(said, plain)
		}
	}
	if len(said) != 1 || !strings.HasPrefix(said[0], "Stopped in epoch 1 of 4 ·") {
		t.Errorf("the page says %q", said)
	}
}

// An error that is shown as a note stops the bar, too, and adds nothing else; a run that has finished stays finished.
func TestStopped(t *testing.T) {
	page := &recorder{}
	on(t, page)
	observe := Training()
	observe(progress(24))
	observe(progress(25))
	Stopped()
	Stopped()
	if got := page.blocks[len(page.blocks)-1].plain; !strings.HasPrefix(got, "Stopped in epoch 3 of 4 ·") {
		t.Errorf("the bar says %q", got)
	}
	observe = Training()
	observe(progress(40))
	n := len(page.blocks)
	Stopped()
	if len(page.blocks) != n {
		t.Errorf("after its end the bar says %q", page.blocks[len(page.blocks)-1].plain)
	}
}

func TestBarSaysWhereARunIs(t *testing.T) {
	for _, c := range []struct {
		p    run.Progress
		want []string
	}{
		{run.Progress{}, []string{"Trained before: 0 epochs", "starting"}},
		{progress(3), []string{"Epoch 1 of 4 · 37 s left", "reconstruction 293.0, KL 4.0, loss 297.0 nats an image, on training images"}},
		{progress(25), []string{"Epoch 3 of 4 · 15 s left", "reconstruction 273.0, KL 5.0, loss 278.0 nats an image, on test images"}},
		{progress(40), []string{"Trained: 4 epochs in 40 s", "VAE with 2 latent dimensions, KL weight 1 · Fashion-MNIST sample, 10,000 images · XLA on CPU"}},
		{loaded(), []string{"Trained before: 4 epochs in 40 s"}},
	} {
		got := barText(c.p)
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%q lacks %q", got, want)
			}
		}
		wellFormed(t, barHTML(c.p))
	}
	p := progress(3)
	p.Data = nasty
	if tags := wellFormed(t, barHTML(p)); tags["script"] != nil {
		t.Error("the data's name became markup")
	}
}

// loaded is a run that was trained earlier: done at the first observation, no time spent.
func loaded() run.Progress {
	p := progress(40)
	p.Elapsed, p.Left = 0, 0
	return p
}

func TestDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second:                 "0 s",
		420 * time.Millisecond:       "0.4 s",
		9960 * time.Millisecond:      "10 s",
		59600 * time.Millisecond:     "1 min 0 s",
		200 * time.Second:            "3 min 20 s",
		2*time.Hour + 5*time.Minute:  "2 h 5 min",
		time.Hour - time.Millisecond: "1 h 0 min",
	} {
		if got := words.Duration(d); got != want {
			t.Errorf("%v is written %q, want %q", d, got, want)
		}
	}
}

func ExampleTraining() {
	observe := Training()
	for _, step := range []int{0, 5, 10, 15, 20, 30, 40} {
		observe(progress(step))
	}
	// Output:
	// VAE with 2 latent dimensions, KL weight 1 · Fashion-MNIST sample, 10,000 images · XLA on CPU
	// epoch 1 of 4 · reconstruction 274.0, KL 5.0, loss 279.0 nats an image, on test images · 30 s left
	// epoch 2 of 4 · reconstruction 273.0, KL 5.0, loss 278.0 nats an image, on test images · 20 s left
	// epoch 3 of 4 · reconstruction 272.0, KL 5.0, loss 277.0 nats an image, on test images · 10 s left
	// epoch 4 of 4 · reconstruction 271.0, KL 5.0, loss 276.0 nats an image, on test images
	// Trained: 4 epochs in 40 s
}
