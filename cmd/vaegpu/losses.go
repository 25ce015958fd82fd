package main

import (
	"context"
	"errors"
	"maps"
	"math"
	"slices"

	"vaelab/vaelib/inference"
	"vaelab/vaelib/store"
	"vaelab/vaelib/words"
)

// looked are codes and pictures of a trained network.
type looked struct {
	Codes    []float64 `json:"codes"`    // μ of some test images
	Pictures []float64 `json:"pictures"` // grey levels of the pictures of fixed codes
}

// lookTask opens the run that another backend has trained.
func lookTask(ctx context.Context, t *task) (any, error) {
	d, err := t.data()
	if err != nil {
		return nil, err
	}
	of, err := store.Describe(d)
	if err != nil {
		return nil, err
	}
	id, err := of.Identity(t.Config, t.Of)
	if err != nil {
		return nil, err
	}
	r, found, err := store.Find(t.Folder, id)
	if err == nil && !found {
		err = words.Errorf("the run of %s isn't there", t.Of)
	}
	if err != nil {
		return nil, err
	}
	coder, err := inference.Open(t.backend.Compute, r)
	if err != nil {
		return nil, err
	}
	defer coder.Close()
	codes, err := coder.Encode(ctx, d.Test.First(100))
	if err != nil {
		return nil, err
	}
	pictures, err := coder.Decode(ctx, [][]float64{{0, 0}, {1, 1}, {-1, 1}, {1, -1}, {-1, -1}, {2, 0}, {0, 2}, {-2, -2}})
	if err != nil {
		return nil, err
	}
	var l looked
	for _, mean := range codes.Mean {
		l.Codes = append(l.Codes, mean...)
	}
	for _, p := range pictures {
		for _, grey := range p.Pix {
			l.Pictures = append(l.Pictures, float64(grey))
		}
	}
	return l, nil
}

// compared is a training on the card beside that of the CPU.
type compared struct {
	Rounding string `json:"rounding"` // float32, or TF32 in matrix products
	Images   int    `json:"images"`
	CPU      learnt `json:"cpu"`
	Card     learnt `json:"card"`
	Losses   gap    `json:"losses_apart"`
	Codes    gap    `json:"codes_apart"`
	Pictures gap    `json:"pictures_apart"`
}

// losses is step 2. A few steps show an error as it is made, and are compared closely; the whole sample shows what becomes of it. A card
// rounds the factors of matrix products to TF32 unless it is told not to, so each is compared twice: without, and as it usually is.
func (c *check) losses(ctx context.Context) (what finding, err error) {
	var all []compared
	var wrong []error
	for _, short := range []bool{true, false} {
		if c.quick && !short {
			continue
		}
		some, says, err := c.beside(ctx, short)
		all, what.says, wrong = append(all, some...), append(what.says, says...), append(wrong, err)
	}
	what.figures = all
	return what, errors.Join(wrong...)
}

// beside trains on the CPU and on the card, in each way that the card rounds.
func (c *check) beside(ctx context.Context, short bool) (all []compared, says []string, err error) {
	cpu, err := c.cpu()
	if err != nil {
		return nil, nil, err
	}
	name := "whole"
	if short {
		name = "short"
	}
	r := request{Task: "train", Folder: c.runs("cpu-" + name), Config: course(), Quick: short}
	d, err := r.data()
	if err != nil {
		return nil, nil, err
	}
	reference, err := ask[learnt](ctx, c, cpu, r)
	if err != nil {
		return nil, nil, words.Errorf("on the CPU: %w", err)
	}
	r.Task, r.Of = "look", reference.Backend
	seen, err := ask[looked](ctx, c, cpu, r)
	if err != nil {
		return nil, nil, words.Errorf("on the CPU: %w", err)
	}
	says = []string{words.Say("%s images, %s: test losses %s nats, %s s",
		words.Thousands(d.Train.Len()), reference.Words, nats(reference.Test), words.Fixed(reference.Total, 1))}
	ways := map[string]string{"float32": ""} // how the card rounds, and the option for it
	if c.cuda {
		ways = map[string]string{"float32": ",tf32=false", "TF32": ""}
	}
	var wrong []error
	for _, rounding := range slices.Sorted(maps.Keys(ways)) {
		far := gap(math.Inf(1)) // until it is measured
		one := compared{Rounding: rounding, Images: d.Train.Len(), CPU: reference, Losses: far, Codes: far, Pictures: far}
		most := allowed(rounding == "TF32", short)
		trainIt := request{Task: "train", Folder: c.runs("card-" + name + rounding), Config: course(), Quick: short}
		if err := one.measure(ctx, c, ways[rounding], trainIt, r, seen, most); err != nil {
			wrong = append(wrong, words.Errorf("%s images with %s: %w", words.Thousands(d.Train.Len()), rounding, err))
		}
		all = append(all, one)
		if one.Card.Words == "" {
			continue
		}
		says = append(says,
			words.Say("… %s with %s: test losses %s nats, %s s", one.Card.Words, rounding, nats(one.Card.Test), words.Fixed(one.Card.Total, 1)),
			words.Say("apart: losses by %v of the loss (allowed: %v), codes by %v of the largest (%v), pictures by %v levels of grey (%v)",
				one.Losses, gap(most.loss), one.Codes, gap(most.code), one.Pictures, gap(most.picture)))
	}
	return all, says, errors.Join(wrong...)
}

// measure trains on the card, has it look at what the CPU has trained, and judges both.
func (o *compared) measure(ctx context.Context, c *check, options string, train, look request, seen looked, most bounds) error {
	card, err := c.card(options)
	if err != nil {
		return err
	}
	if o.Card, err = ask[learnt](ctx, c, card, train); err != nil {
		return err
	}
	looks, err := ask[looked](ctx, c, card, look)
	if err != nil {
		return err
	}
	var lossErr, lookErr error
	o.Losses, lossErr = sameLosses(o.Card.Test, o.CPU.Test, most.loss)
	o.Codes, o.Pictures, lookErr = sameLooks(looks, seen, most)
	return errors.Join(lossErr, lookErr)
}
