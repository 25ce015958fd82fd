package main

import (
	"context"

	"vaelab/vaelib/training"
	"vaelab/vaelib/words"
)

// shared is a training on one device, and on two that share each batch.
type shared struct {
	One   learnt `json:"one"`
	Two   learnt `json:"two"`
	Apart gap    `json:"losses_apart"`
}

func devicesTask(ctx context.Context, t *task) (any, error) {
	d, err := t.data()
	if err != nil {
		return nil, err
	}
	var s shared
	job := training.Job{Config: course(), Data: d, Root: t.Folder}
	if s.One, err = train(ctx, t, job); err != nil {
		return s, words.Errorf("on one device: %w", err)
	}
	job.Devices = 2
	if s.Two, err = train(ctx, t, job); err != nil {
		return s, words.Errorf("on two devices: %w", err)
	}
	return s, nil
}

// twoDevices is step 5. A CPU poses as two.
func (c *check) twoDevices(ctx context.Context) (finding, error) {
	if c.cuda && c.devices < 2 {
		return finding{}, notHere(words.Say("there is one device"))
	}
	card, err := c.card("")
	if err != nil {
		return finding{}, err
	}
	s, err := ask[shared](ctx, c, card, request{Task: "devices", Folder: c.runs("devices"), Devices: 2})
	if err != nil {
		return finding{nil, s}, err
	}
	bound := allowed(c.cuda, c.quick).loss
	s.Apart, err = sameLosses(s.Two.Test, s.One.Test, bound)
	says := []string{
		words.Say("one device: %s nats, %s s", nats(s.One.Test), words.Fixed(s.One.Total, 1)),
		words.Say("two devices: %s nats, %s s; apart by %s of the loss (allowed: %s)",
			nats(s.Two.Test), words.Fixed(s.Two.Total, 1), s.Apart.String(), words.Significant(bound, 2)),
	}
	if !c.cuda {
		says = append(says, words.Say("The CPU poses as two devices, which share its cores."))
	}
	return finding{says, s}, err
}
