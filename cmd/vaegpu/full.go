package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"vaelab/vaelib/run"
	"vaelab/vaelib/training"
	"vaelab/vaelib/words"
)

// filled is how far a card could be filled.
type filled struct {
	Largest attempt  `json:"largest"` // that was trained
	Tried   attempt  `json:"tried"`   // the last one
	Refused string   `json:"refused"` // the sentence; "" where the limit came before
	Value   bool     `json:"value"`   // the error is a *training.MemoryError
	Before  learnt   `json:"before"`  // the small training
	After   learnt   `json:"after"`   // the same, after the refusal
	Notes   []string `json:"notes,omitempty"`
}

// attempt is a training of one step.
type attempt struct {
	Hidden int   `json:"hidden"`
	Batch  int   `json:"batch"`
	Bytes  int64 `json:"bytes"` // at least
}

// attempts grow without end, as far as settings go: first the batch, which costs the card alone, then the network.
func attempts(quick bool) (list []attempt) {
	hidden := 6400
	if quick {
		hidden = 400
	}
	add := func(hidden, batch int) {
		activations := int64(batch) * int64(2*hidden+2*784)
		list = append(list, attempt{hidden, batch, 4 * (activations + 3*int64(2*hidden*784))})
	}
	for batch := 4096; batch <= 1<<19; batch *= 2 {
		add(hidden, batch)
	}
	for hidden *= 2; hidden <= 65536; hidden *= 2 {
		add(hidden, 1<<19)
	}
	return list
}

// fillTask trains ever larger batches until one is refused, or the limit is reached.
func fillTask(ctx context.Context, t *task) (any, error) {
	d, err := t.data()
	if err != nil {
		return nil, err
	}
	var f filled
	small := func(name string) (learnt, error) {
		config := course()
		config.Epochs = 1
		return train(ctx, t, training.Job{Config: config, Data: d, Root: filepath.Join(t.Folder, name)})
	}
	if f.Before, err = small("before"); err != nil {
		return f, err
	}
	for _, a := range attempts(t.Quick) {
		if t.Most > 0 && a.Bytes > t.Most {
			break
		}
		f.Tried = a
		t.tell(f, words.Errorf("the process ended while it trained %d hidden units with a batch of %d", a.Hidden, a.Batch))
		config := run.Default()
		config.Hidden, config.Batch, config.Epochs = a.Hidden, a.Batch, 1
		if _, err := train(ctx, t, training.Job{Config: config, Data: many(d, a.Batch), Root: filepath.Join(t.Folder, "large")}); err != nil {
			f.Refused, f.Value = err.Error(), errors.As(err, new(*training.MemoryError))
			break
		}
		f.Largest = a
	}
	if f.After, err = small("after"); err != nil {
		return f, words.Errorf("after %d hidden units with a batch of %d: the small training fails: %w", f.Tried.Hidden, f.Tried.Batch, err)
	}
	return f, nil
}

// full is step 7.
func (c *check) full(ctx context.Context) (finding, error) {
	card, err := c.card("")
	if err != nil {
		return finding{}, err
	}
	f, err := ask[filled](ctx, c, card, request{Task: "fill", Folder: c.runs("full"), Most: int64(c.most)})
	says := []string{words.Say("trained: %d hidden units with a batch of %d, %s or more",
		f.Largest.Hidden, f.Largest.Batch, (*size)(&f.Largest.Bytes).String())}
	if f.Refused != "" {
		says = append(says, words.Say("refused: %d hidden units with a batch of %d, %s or more: %s",
			f.Tried.Hidden, f.Tried.Batch, (*size)(&f.Tried.Bytes).String(), f.Refused))
	}
	if err != nil {
		return finding{says, f}, err
	}
	if f.Refused == "" {
		says = append(says, words.Say("Nothing was refused up to %s: a full card was not reached.", c.most.String()))
	}
	return finding{says, f}, f.judge()
}

// judge is an error where the refusal isn't told for what it is, or has left traces.
func (f filled) judge() error {
	switch {
	case f.Refused != "" && !f.Value:
		return words.Errorf("the error isn't known for want of memory: %s", f.Refused)
	case strings.Contains(f.Refused, "goroutine "):
		return words.Errorf("the error shows frames where it should be a sentence")
	case f.Before.Digest == "" || f.Before.Digest != f.After.Digest:
		return words.Errorf("the small training is not the same as before to the last bit: its losses are %s of the loss apart",
			lossesApart(f.After.Test, f.Before.Test))
	}
	return nil
}
