package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"

	"gonum.org/v1/gonum/stat"

	"vaelab/cmd/internal/bench"
	"vaelab/vaelib/figure"
)

// drawGrowth draws what the growth measurement has found, and tells how each axis grows.
func drawGrowth(_ context.Context, args []string) error {
	f := flag.NewFlagSet("bench draw", flag.ContinueOnError)
	from, out := f.String("from", "", "`file` with a list of points"), f.String("out", "", "`folder` for the pictures")
	if err := readFlags(f, args); err != nil {
		return err
	}
	text, err := os.ReadFile(*from)
	if err != nil {
		return err
	}
	var points []bench.Point
	if err := json.Unmarshal(text, &points); err != nil {
		return fmt.Errorf("%s holds no list of points: %w", *from, err)
	}
	if err := os.MkdirAll(*out, 0o755); err != nil {
		return err
	}
	titles := map[string]string{"images": "Training images", "hidden": "Hidden width", "latent": "Latent dimensions", "batch": "Images a step"}
	var times, memories []figure.Figure
	for _, axis := range bench.Axes {
		var at, seconds, memory []float64
		for _, p := range points {
			if p.Axis == axis.Name {
				at, seconds, memory = append(at, float64(p.At)), append(seconds, p.Seconds), append(memory, p.Memory)
			}
		}
		if len(at) < 4 {
			continue
		}
		trend := bench.Trend{Axis: axis.Name}
		panel := func(values []float64, unit string) (figure.Figure, float64) {
			factor, exponent := powerLaw(at[len(at)/2:], values[len(at)/2:])
			law := func(x float64) float64 { return factor * math.Pow(x, exponent) }
			return figure.Plot(
				figure.Dots("measured", at, values),
				figure.Line(fmt.Sprintf("power %.2f", exponent), law, at[len(at)/2], at[len(at)-1]),
				figure.X(axis.Name), figure.Y(unit), figure.LogX(), figure.LogY(),
				figure.Title("%s", titles[axis.Name])), exponent
		}
		var fig figure.Figure
		fig, trend.Time = panel(seconds, "seconds an epoch")
		times = append(times, fig)
		fig, trend.Memory = panel(memory, "peak memory, MB")
		memories = append(memories, fig)
		if err := tell(trend); err != nil {
			return err
		}
	}
	for name, figs := range map[string][]figure.Figure{"growth-time": times, "growth-memory": memories} {
		png, err := figure.Beside(figs...).PNG()
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(*out, name+".png"), png, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// powerLaw fits y = factor·x^exponent by least squares on both logarithms.
func powerLaw(x, y []float64) (factor, exponent float64) {
	lx, ly := make([]float64, len(x)), make([]float64, len(y))
	for i := range x {
		lx[i], ly[i] = math.Log(x[i]), math.Log(y[i])
	}
	constant, slope := stat.LinearRegression(lx, ly, nil, false)
	return math.Exp(constant), slope
}
