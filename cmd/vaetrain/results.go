package main

import (
	"encoding/json"
	"os"
	"path/filepath"

	"vaelab/cmd/internal/bench"
	"vaelab/vaelib/figure"
	"vaelab/vaelib/lab"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// result is the line of JSON: losses on the test images, in nats an image.
type result struct {
	Backend         string  `json:"backend"`
	SecondsPerEpoch float64 `json:"seconds_per_epoch"` // median after the first, which includes compilation
	TestLoss        float64 `json:"test_loss"`
	Reconstruction  float64 `json:"test_reconstruction"`
	KL              float64 `json:"test_kl"`
	Epochs          int     `json:"epochs"`
	RunDir          string  `json:"run_dir"`
	Loaded          bool    `json:"loaded"` // trained before, not now
}

func summary(m *lab.Model, backend string, loaded bool) result {
	t := m.Last().Test
	return result{backend, secondsPerEpoch(m.State.History), t.Loss, t.Reconstruction, t.KL, m.State.Epochs(), m.Dir, loaded}
}

func secondsPerEpoch(history []run.Epoch) float64 {
	if len(history) > 1 {
		history = history[1:]
	}
	var seconds []float64
	for _, e := range history {
		seconds = append(seconds, e.Seconds)
	}
	return bench.Median(seconds)
}

// draw writes the model's pictures and its metrics into a folder.
func draw(m *lab.Model, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return words.Errorf("the folder for pictures can't be made: %w", err)
	}
	pictures := map[string]figure.Figure{
		"curves": m.Curves(), "restored": m.Pairs(1), "samples": m.Samples(40, m.Seed),
	}
	if m.Latent == 2 {
		pictures["map"], pictures["plane"] = m.Map(), m.Plane(15)
	}
	for name, f := range pictures {
		png, err := f.PNG()
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
			return err
		}
	}
	text, err := json.MarshalIndent(struct {
		run.Identity
		History []run.Epoch `json:"history"`
	}{m.Identity, m.State.History}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "metrics.json"), append(text, '\n'), 0o644)
}
