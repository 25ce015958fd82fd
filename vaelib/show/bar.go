package show

import (
	"fmt"
	"math"
	"strings"
	"time"

	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// barHTML is the state of a run: a bar, then a line on where it stands and a line on what it is.
func barHTML(p run.Progress) string {
	var b strings.Builder
	b.WriteString(`<div style="max-width:808px;margin:8px 0;font-size:13px;line-height:1.5">`)
	fmt.Fprintf(&b, `<div role="progressbar" aria-valuemin="0" aria-valuemax="100" aria-valuenow="%.0f" `+
		`style="height:8px;border-radius:4px;background:rgba(128,128,128,0.25);overflow:hidden;margin:0 0 6px">`+
		`<div style="height:8px;border-radius:4px;width:%.1f%%;background:%s"></div></div>`,
		100*done(p), 100*done(p), barColor)
	fmt.Fprintf(&b, `<div><b>%s</b> · %s</div>`, escape(where(p)), escape(terms(p)))
	fmt.Fprintf(&b, `<div style="opacity:0.75">%s</div></div>`, escape(what(p)))
	return b.String()
}

func barText(p run.Progress) string {
	return where(p) + " · " + terms(p) + "\n" + what(p)
}

const barColor = "#0072B2"

// done is the part of the run that is done, from 0 to 1.
func done(p run.Progress) float64 {
	if p.Steps <= 0 {
		return 0
	}
	return math.Max(0, math.Min(1, float64(p.Step)/float64(p.Steps)))
}

// stopped stands for the time left of a run that has ended too early.
const stopped time.Duration = -1

// where says how far the run is and how long it will still take.
func where(p run.Progress) string {
	if p.Done() {
		took := p.Elapsed
		if took == 0 {
			for _, e := range p.History {
				took += time.Duration(e.Seconds * float64(time.Second))
			}
			return words.Say("Trained before: %s in %s", epochs(len(p.History)), words.Duration(took))
		}
		return words.Say("Trained: %s in %s", epochs(max(len(p.History), p.Config.Epochs)), words.Duration(took))
	}
	under := min(int(epochsDone(p)), len(p.History)) + 1 // after its last step an epoch is still to be measured
	all := max(1, p.Config.Epochs)
	epoch := min(under, all)
	switch {
	case p.Left == stopped:
		return words.Say("Stopped in epoch %d of %d", epoch, all)
	case p.Left > 0:
		return words.Say("Epoch %d of %d · %s left", epoch, all, left(p))
	case p.Elapsed > 0:
		return words.Say("Epoch %d of %d · %s so far", epoch, all, words.Duration(p.Elapsed))
	}
	return words.Say("Epoch %d of %d", epoch, all)
}

// left is how long the run will still take, one second at least.
func left(p run.Progress) string { return words.Duration(max(p.Left.Round(time.Second), time.Second)) }

// terms are the last measured ones: after an epoch those on test images, before that the running mean.
func terms(p run.Progress) string {
	var t run.Terms
	on := words.Say("training images")
	switch {
	case p.Waiting:
		return words.Say("another process is training this run: waiting for it")
	case len(p.History) > 0:
		t, on = p.History[len(p.History)-1].Test, words.Say("test images")
	case p.Now != (run.Terms{}):
		t = p.Now
	default:
		return words.Say("starting")
	}
	if p.Config.Model == run.AE {
		return words.Say("reconstruction %s nats an image, on %s", nats(t.Reconstruction), on)
	}
	return words.Say("reconstruction %s, KL %s, loss %s nats an image, on %s", nats(t.Reconstruction), nats(t.KL), nats(t.Loss), on)
}

// nats are written with one decimal, as long as the line has room for them: a training that has gone astray has more.
func nats(x float64) string {
	if math.Abs(x) >= 1e7 {
		return strings.Replace(float(x, -1), "e+", "e", 1)
	}
	return float(x, 1)
}

// what names the model, the data and the backend.
func what(p run.Progress) string {
	var parts []string
	switch p.Config.Model {
	case run.VAE:
		parts = append(parts, words.Say("VAE with %s, %s", dimensions(p), p.Config.Aim()))
	case run.AE:
		parts = append(parts, words.Say("AE with %s", dimensions(p)))
	}
	for _, s := range []string{words.Text(p.Data), words.Text(p.Backend)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}

func epochs(n int) string { return words.Count(n, "epoch", "epochs") }

func dimensions(p run.Progress) string {
	return words.Count(p.Config.Latent, "latent dimension", "latent dimensions")
}

// print writes a line when the run starts and one for each epoch, for terminals and logs.
func (t *trainingView) print(p run.Progress) {
	if !t.opened {
		t.opened = true
		t.page.put("", "", what(p))
		if p.Done() {
			t.printed = len(p.History)
			t.page.put("", "", where(p)+" · "+terms(p))
			return
		}
		if p.Waiting {
			t.page.put("", "", terms(p))
		}
	}
	if len(p.History) > t.printed {
		t.printed = len(p.History)
		width := len(fmt.Sprint(p.Config.Epochs))
		line := words.Say("epoch %s of %d", fmt.Sprintf("%*d", width, t.printed), p.Config.Epochs) + " · " + terms(p)
		if p.Left > 0 && !p.Done() {
			line += " · " + words.Say("%s left", left(p))
		}
		t.page.put("", "", line)
	}
	if p.Done() {
		t.page.put("", "", where(p))
	}
}
