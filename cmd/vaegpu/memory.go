package main

import (
	"context"
	"encoding/csv"
	"errors"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// gpu is what nvidia-smi says of a card, in MiB.
type gpu struct {
	Name   string `json:"name"`
	Driver string `json:"driver"`
	Total  int    `json:"total_mib"`
	Used   int    `json:"used_before_mib"` // by all programs
	Most   int    `json:"used_most_mib"`   // the same while a model trained
}

// memory is step 6. nvidia-smi belongs to the driver; where it isn't, nothing else is asked.
func (c *check) memory(ctx context.Context) (finding, error) {
	cards, err := smi(ctx)
	if errors.Is(err, exec.ErrNotFound) {
		return finding{}, notHere(words.Say("what memory the card has can't be told without nvidia-smi, which comes with the driver"))
	}
	if err != nil {
		return finding{}, err
	}
	card, err := c.card("")
	if err != nil {
		return finding{}, err
	}
	config := course()
	config.Hidden, config.Latent, config.Batch = 1600, 20, 1024
	done := make(chan error, 1)
	go func() {
		_, err := ask[learnt](ctx, c, card, request{Task: "train", Folder: c.runs("memory"), Config: config})
		done <- err
	}()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for running := true; running; {
		select {
		case err = <-done:
			running = false
		case <-tick.C:
			if now, err := smi(ctx); err == nil && len(now) == len(cards) {
				for i := range cards {
					cards[i].Most = max(cards[i].Most, now[i].Used)
				}
			}
		}
	}
	says := []string{words.Say("while a network of %d hidden units trained with batches of %d, the other programs' memory included:",
		config.Hidden, config.Batch)}
	for _, g := range cards {
		says = append(says, words.Say("%s, driver %s: %d MiB, of which %d were used before and %d at most", g.Name, g.Driver, g.Total, g.Used, g.Most))
	}
	return finding{says, cards}, err
}

// smi asks nvidia-smi.
func smi(ctx context.Context) ([]gpu, error) {
	out, err := exec.CommandContext(ctx, "nvidia-smi",
		"--query-gpu=name,driver_version,memory.total,memory.used", "--format=csv,noheader,nounits").Output()
	if errors.Is(err, exec.ErrNotFound) {
		return nil, err
	}
	if err != nil {
		return nil, words.Errorf("nvidia-smi fails, so the driver isn't as it should be: %w: %s", err, strings.TrimSpace(string(out)))
	}
	return readSMI(string(out))
}

// readSMI reads a line for each card.
func readSMI(text string) (list []gpu, err error) {
	lines := csv.NewReader(strings.NewReader(text))
	lines.TrimLeadingSpace = true
	rows, err := lines.ReadAll()
	for _, row := range rows {
		var g gpu
		if len(row) != 4 {
			return nil, words.Errorf("nvidia-smi says %q, which isn't understood", strings.TrimSpace(text))
		}
		g.Name, g.Driver = row[0], row[1]
		total, totalErr := strconv.Atoi(row[2])
		used, usedErr := strconv.Atoi(row[3])
		if totalErr != nil || usedErr != nil { // "[N/A]" where memory is shared with the CPU
			return nil, notHere(words.Say("nvidia-smi doesn't tell this card's memory: %s", strings.TrimSpace(text)))
		}
		g.Total, g.Used, g.Most = total, used, used
		list = append(list, g)
	}
	if err != nil || len(list) == 0 {
		return nil, words.Errorf("nvidia-smi says %q, which isn't understood", strings.TrimSpace(text))
	}
	return list, nil
}

// nats are the losses after each epoch, for people.
func nats(epochs []run.Terms) string {
	var list []string
	for _, e := range epochs {
		list = append(list, words.Fixed(e.Loss, 2))
	}
	return strings.Join(list, ", ")
}
