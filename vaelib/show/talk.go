package show

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"time"

	"vaelab/vaelib/words"
)

// An answering page can send something back.
type answering interface {
	page
	// mayAnswer reports whether there can be somebody at the page.
	mayAnswer() bool
	// listen calls hear, on any goroutine and in any order, with what arrives for an address, and gives the name by which the page
	// knows the kernel. What the page needs for it is put into a block, until something else is put there.
	listen(block, address string, hear func(message string)) (kernel string)
	// ask looks for the page once more.
	ask()
}

// answers is the page, where there can be somebody at it.
func answers() (window answering, ok bool) {
	window, ok = here.(answering)
	return window, ok && window.mayAnswer()
}

// moving is what is under way, for Check to put it away before it ends the cell; nil where nothing is.
var moving interface{ putAway() }

// limits are how long each kind of silence may last.
type limits struct {
	lay       time.Duration // until the kernel has a line to a page; if it goes on later, it has none
	answer    time.Duration // until that page answers; then it is asked once more, and again
	silence   time.Duration // since a sign of life: a page that is closed sends none, one in the background few
	untouched time.Duration // since something was moved or drawn
}

// The kernel itself looks for a page for 3 s, and shows nothing meanwhile.
var patience = limits{lay: 2500 * time.Millisecond, answer: 2 * time.Second, silence: 2 * time.Minute, untouched: 5 * time.Minute}

// talk is what a cell's program and the controls that it has put on its page have to say to each other.
type talk struct {
	limits   limits
	block    string                              // where the controls stand
	controls func(address, kernel string) string // as HTML
	hear     func(text string) (new bool)        // keeps what the page sends, on any goroutine
	news     func() (touched bool, why string)   // there was something new; why that ends the talk, "" where it doesn't
	idle     string                              // why it ends when nobody has touched anything for long
	lost     func() error                        // shows what stands there while no page answers, which may still come
	rested   <-chan time.Time                    // when rest is to be called; nil for never
	rest     func()
}

// hold keeps the talk up until something ends it. why is what; "" where no page has ever answered.
func (t *talk) hold(ctx context.Context, window answering) (why string, err error) {
	answered, tries := false, 2
	news := make(chan struct{}, 1)
	address := "/vaelab/" + t.block
	begin := time.Now()
	kernel := window.listen(t.block, address, func(text string) {
		if t.hear(text) {
			select {
			case news <- struct{}{}:
			default: // it will find this message too
			}
		}
	})
	window.put(t.block, t.controls(address, kernel), "")

	goesOn := make(chan time.Duration, 1)
	go func() {
		window.sync()
		goesOn <- time.Since(begin)
	}()

	limit := time.NewTimer(t.limits.lay + t.limits.answer)
	defer limit.Stop()
	untouched := time.NewTimer(3*(t.limits.lay+t.limits.answer) + t.limits.untouched)
	defer untouched.Stop()
	ask := func() {
		tries--
		window.ask()
		limit.Reset(t.limits.lay + t.limits.answer)
	}
	for why == "" {
		select {
		case <-ctx.Done():
			why = words.Say("the kernel was interrupted")
		case took := <-goesOn:
			switch {
			case answered:
			case took <= t.limits.lay:
				limit.Reset(t.limits.answer)
			default:
				if err := t.lost(); err != nil {
					return "", err
				}
				tries = 1
				ask()
			}
		case <-limit.C:
			if answered || tries == 0 {
				why = words.Say("the page has not answered for a while")
				break
			}
			ask()
		case <-t.rested:
			t.rest()
		case <-untouched.C:
			why = t.idle
		case <-news:
			limit.Reset(t.limits.silence)
			var touched bool
			touched, why = t.news()
			if touched || !answered {
				answered = true
				untouched.Reset(t.limits.untouched)
			}
		}
	}
	if !answered {
		return "", nil
	}
	return why, nil
}

// sayJS is the page's end of the talk.
//
//go:embed say.js
var sayJS string

// script has a script take the controls of a block over, with the page's end of the talk, and more that it needs.
func script(js, block, address, kernel string, more ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<script>(%s)((%s)(%q, %q, %q)", strings.TrimSpace(js), strings.TrimSpace(sayJS), block, address, kernel)
	for _, m := range more {
		fmt.Fprintf(&b, ", %q", m)
	}
	b.WriteString(")</script>")
	return b.String()
}
