package main

import (
	"context"

	"vaelab/vaelib/words"
)

// resumed is a training that was stopped and went on, beside one that nobody stopped: each in a process of its own.
type resumed struct {
	Stopped learnt `json:"stopped"`
	WentOn  learnt `json:"went_on"`
	Whole   learnt `json:"whole"`
	Same    bool   `json:"same"` // to the last bit
}

// resume is step 8.
func (c *check) resume(ctx context.Context) (finding, error) {
	card, err := c.card("")
	if err != nil {
		return finding{}, err
	}
	var r resumed
	one := request{Task: "train", Folder: c.runs("resumed"), Config: course(), Stop: true}
	if r.Stopped, err = ask[learnt](ctx, c, card, one); err != nil {
		return finding{nil, r}, err
	}
	one.Stop = false
	if r.WentOn, err = ask[learnt](ctx, c, card, one); err != nil {
		return finding{nil, r}, err
	}
	one.Folder = c.runs("whole")
	if r.Whole, err = ask[learnt](ctx, c, card, one); err != nil {
		return finding{nil, r}, err
	}
	r.Same = r.WentOn.Digest == r.Whole.Digest && r.Whole.Digest != ""
	says := []string{
		words.Say("stopped in epoch 2, went on after epoch %d: %s nats", r.WentOn.From, nats(r.WentOn.Test)),
		words.Say("not stopped: %s nats", nats(r.Whole.Test)),
	}
	if r.Same {
		says = append(says, words.Say("the same to the last bit"))
	}
	return finding{says, r}, r.judge(c.cuda, c.quick)
}

// judge is an error where the stop has changed what is learnt. On a card each process tries anew which algorithms are fastest, and
// another one rounds otherwise; a CPU has no such excuse.
func (r resumed) judge(card, quick bool) error {
	if r.WentOn.From != 1 {
		return words.Errorf("it went on after epoch %d, and one was finished", r.WentOn.From)
	}
	if r.Same {
		return nil
	}
	apart, err := sameLosses(r.WentOn.Test, r.Whole.Test, allowed(true, quick).loss)
	if err == nil && !card {
		err = words.Errorf("the weights are not the same to the last bit; the test losses are %s of the loss apart", apart)
	}
	return err
}
