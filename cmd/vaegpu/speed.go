package main

import (
	"context"
	"slices"

	"vaelab/cmd/internal/bench"
	"vaelab/vaelib/run"
	"vaelab/vaelib/training"
	"vaelab/vaelib/words"
)

// pace is how fast one size of network trains.
type pace struct {
	Hidden  int     `json:"hidden"`
	Batch   int     `json:"batch"`
	Seconds float64 `json:"seconds"`    // the fastest epoch after the first
	Extra   float64 `json:"compiling"`  // seconds of the first epoch beyond that: compiling, and whatever else comes once
	Images  float64 `json:"per_second"` // images
	Rate    float64 `json:"flops"`      // of the matrix products, a second
}

// speedTask trains each size as `vaelab bench -growth` does, and keeps the fastest epoch after the first.
func speedTask(ctx context.Context, t *task) (any, error) {
	widths, batches, epochs := []int{400, 1600, 6400}, []int{128, 512, 2048}, 4
	if t.Quick {
		widths, batches, epochs = []int{100, 400}, []int{128, 512}, 3
	}
	d, err := t.data()
	if err != nil {
		return nil, err
	}
	var all []pace
	for _, hidden := range widths {
		for _, batch := range batches {
			config := run.Default()
			config.Hidden, config.Batch, config.Latent, config.Epochs = hidden, batch, 20, epochs
			l, err := train(ctx, t, training.Job{Config: config, Data: d, Root: t.Folder})
			if err != nil {
				return all, words.Errorf("with %d hidden units and batches of %d: %w", hidden, batch, err)
			}
			steps := d.Train.Len() / batch
			p := pace{Hidden: hidden, Batch: batch, Seconds: slices.Min(l.Seconds[1:])}
			p.Extra = max(0, l.Seconds[0]-p.Seconds)
			p.Images = float64(steps*batch) / p.Seconds
			p.Rate = bench.EpochOperations(d.Train.Width*d.Train.Height, hidden, config.Latent, batch, steps) / p.Seconds
			all = append(all, p)
		}
	}
	return all, nil
}

// speed is step 3. How fast a card ought to be nobody can say, so it fails only where training does.
func (c *check) speed(ctx context.Context) (finding, error) {
	card, err := c.card("")
	if err != nil {
		return finding{}, err
	}
	all, err := ask[[]pace](ctx, c, card, request{Task: "speed", Folder: c.runs("speed")})
	var says []string
	for _, p := range all {
		says = append(says, words.Say(
			"%d hidden units, batches of %d: %s s an epoch, %s more in the first, %s images/s, %s GFLOP/s in matrix products",
			p.Hidden, p.Batch, words.Significant(p.Seconds, 3), words.Significant(p.Extra, 2), words.Thousands(int(p.Images)), words.Significant(p.Rate/1e9, 3)))
	}
	return finding{says, all}, err
}
